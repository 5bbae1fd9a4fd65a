import * as fc from 'fast-check';
import { splitSentences } from '../../knowledge/sentences.ts';

function sentencesOf(text: string, breaks: readonly number[] = []): string[] {
  return splitSentences(text, breaks).map(({ start, end }) => text.slice(start, end));
}

describe('splitSentences', () => {
  it.each([
    ['Rest today. Walk tomorrow.', ['Rest today.', 'Walk tomorrow.']],
    [
      'Does it sting? A little! Most people nod off.',
      ['Does it sting?', 'A little!', 'Most people nod off.'],
    ],
    ['Really?! Yes.', ['Really?!', 'Yes.']],
    [
      'Use a mild cream, e.g. Arnica, or i.e. nothing.',
      ['Use a mild cream, e.g. Arnica, or i.e. nothing.'],
    ],
    ['Dr. Ruiz sees you. Bring a towel.', ['Dr. Ruiz sees you.', 'Bring a towel.']],
    ['Heat vs. Ice is an old debate.', ['Heat vs. Ice is an old debate.']],
    [
      'Needles are approx. 0.25 mm thick. They bend.',
      ['Needles are approx. 0.25 mm thick.', 'They bend.'],
    ],
    [
      'It is legal in most U.S. States. It varies.',
      ['It is legal in most U.S. States.', 'It varies.'],
    ],
    ['It came to the U.S. The rules differ.', ['It came to the U.S.', 'The rules differ.']],
    ['See No. 3 below. No. It does not.', ['See No. 3 below.', 'No.', 'It does not.']],
    ['See Fig. 2 for the spot. Press there.', ['See Fig. 2 for the spot.', 'Press there.']],
    ['Ask at St. Anne ward. They know.', ['Ask at St. Anne ward.', 'They know.']],
    ['J. Ruiz wrote it. R. T. Okafor agreed.', ['J. Ruiz wrote it.', 'R. T. Okafor agreed.']],
    ['Eat vitamin C. Take it with food.', ['Eat vitamin C.', 'Take it with food.']],
    ['She said “wait.” Then she left.', ['She said “wait.”', 'Then she left.']],
    ['He asked "why?" and left.', ['He asked "why?" and left.']],
    [
      'Rest (not long. Just a day) and go on. Done.',
      ['Rest (not long. Just a day) and go on.', 'Done.'],
    ],
    ['It hurts (a bit.) Then it stops.', ['It hurts (a bit.)', 'Then it stops.']],
    ['Well... maybe. We will see... Later.', ['Well... maybe.', 'We will see...', 'Later.']],
    ['It lasts 1.5 hours. 24 hours at most.', ['It lasts 1.5 hours.', '24 hours at most.']],
    ['Drink water.Then rest.', ['Drink water.', 'Then rest.']],
    [
      'An open (bracket. Never closes. Still splits.',
      ['An open (bracket.', 'Never closes.', 'Still splits.'],
    ],
    ['¿Duele? No mucho. Un poco.', ['¿Duele?', 'No mucho.', 'Un poco.']],
    ['🦵 Knees ache. 🙂 They heal.', ['🦵 Knees ache.', '🙂 They heal.']],
    ['  … ', []],
  ])('splits %j', (text, expected) => {
    expect(sentencesOf(text)).toEqual(expected);
  });

  it('ends a sentence where something was cut out', () => {
    expect(sentencesOf('It helps healing.', [8])).toEqual(['It helps', 'healing.']);
    expect(sentencesOf('It helps healing.', [16])).toEqual(['It helps healing']);
  });

  it('finds spans in order, apart from each other, without white space around them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(40)), (text, breaks) => {
        let done = 0;
        for (const { start, end } of splitSentences(text, breaks)) {
          const quote = text.slice(start, end);
          expect(start).toBeGreaterThanOrEqual(done);
          expect(quote).toBe(quote.trim());
          expect(breaks.some((at) => at > start && at < end)).toBe(false);
          done = end;
        }
        expect(done).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('leaves out no word', () => {
    const piece = fc.constantFrom(
      'word',
      'Word',
      '3.5',
      'e.g.',
      '.',
      '?',
      '!',
      '…',
      ' ',
      '\n',
      '(',
      ')',
      '“',
      '”',
      '🙂',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const words = (source: string) => source.match(/[\p{L}\p{N}]+/gu) ?? [];
        expect(words(sentencesOf(text).join(' '))).toEqual(words(text));
      }),
    );
  });
});

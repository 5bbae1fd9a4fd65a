import * as fc from 'fast-check';
import { piecesOf } from '../../../bot/safety/pieces.ts';

function textsOf(utterance: string): string[] {
  return piecesOf(utterance).map(({ start, end }) => utterance.slice(start, end));
}

describe('piecesOf', () => {
  it.each([
    ['a line', 'my arm is numb', ['my arm is numb']],
    ['a sentence', '  My arm is numb! ', ['  My arm is numb! ']],
    ['two', 'It hurts. What now?', ['It hurts. What now?', 'It hurts.', ' What now?']],
    [
      'lines without a stop',
      'my arm is numb\nmy hand too',
      ['my arm is numb\nmy hand too', 'my arm is numb', 'my hand too'],
    ],
    [
      'what trails off',
      'So tired… cannot sleep?!',
      ['So tired… cannot sleep?!', 'So tired…', ' cannot sleep?!'],
    ],
    [
      'other letters',
      'Me duele aquí. ¿Qué hago?',
      ['Me duele aquí. ¿Qué hago?', 'Me duele aquí.', ' ¿Qué hago?'],
    ],
  ])('are the message and its sentences: %s', (_, utterance, pieces) => {
    expect(textsOf(utterance)).toEqual(pieces);
  });

  it.each(['', ' ', '?', 'ok', 'Hello!', 'Hi. Thanks!', '3.5 mm', '🙂🙂', '\uD800'])(
    'are none where no two words stand together: "%s"',
    (utterance) => {
      expect(piecesOf(utterance)).toEqual([]);
    },
  );

  it('leave out a sentence of one word, and all but the whole where one sentence is left', () => {
    expect(textsOf('Hi. My arm is numb. Help me.')).toEqual([
      'Hi. My arm is numb. Help me.',
      ' My arm is numb.',
      ' Help me.',
    ]);
    expect(textsOf('Hi. My arm is numb. Thanks!')).toEqual(['Hi. My arm is numb. Thanks!']);
  });

  it('leave out the whole where it is longer than the encoder reads, unless it is one sentence', () => {
    const end = ' My arm is numb.';
    const long = (length: number) => `It ${'x'.repeat(length - end.length - 4)}.${end}`;
    expect(long(600)).toHaveLength(600);
    expect(textsOf(long(600))).toHaveLength(3);
    expect(textsOf(long(601))).toEqual([long(601).slice(0, -end.length), end]);
    const one = `my arm is ${'x'.repeat(700)}`;
    expect(textsOf(one)).toEqual([one]);
  });

  it('are the first four and the last four of many sentences', () => {
    const sentences = Array.from({ length: 9 }, (_, at) => `Line ${'abcdefghi'[at]} is here.`);
    const [whole, ...rest] = textsOf(sentences.join(''));
    expect(whole).toBe(sentences.join(''));
    expect(rest).toEqual([...sentences.slice(0, 4), ...sentences.slice(5)]);
    expect(textsOf(sentences.slice(1).join(''))).toEqual([
      sentences.slice(1).join(''),
      ...sentences.slice(1),
    ]);
  });

  it('are at most nine slices, in reading order, whatever is said', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('ay', '. ', '\n', '…', 'é '),
    );
    const utterance = fc.array(word, { maxLength: 80 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(utterance, (utterance) => {
        const pieces = piecesOf(utterance);
        expect(pieces.length).toBeLessThanOrEqual(9);
        for (const { start, end } of pieces) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(utterance.length);
          expect(utterance.slice(start, end)).toMatch(/\p{L}[^\p{L}]+\p{L}/u);
        }
        const sentences = pieces.filter(({ end, start }) => end - start < utterance.length);
        for (const [at, { start }] of sentences.entries()) {
          expect(start).toBeGreaterThanOrEqual(sentences[at - 1]?.end ?? 0);
        }
      }),
    );
  });
});

import { createSpeller } from '../../../bot/safety/spelling.ts';
import type { Phrasebook } from '../../../knowledge/phrasebook.ts';

const numbered = (words: readonly string[]) => new Map(words.map((word, at) => [word, at]));
const speller = createSpeller({
  words: numbered(['breathing', 'bleeding', 'chest', 'face', 'needle', 'sangrando']),
  stems: numbered(['collaps']),
} as unknown as Phrasebook);

describe('the speller', () => {
  it.each([
    ['chesst', 'chest'],
    ['hcest', 'chest'],
    ['bleding', 'bleeding'],
    ['fase', 'face'],
    ['collapsng', 'collapsing'],
    ['sangrano', 'sangrando'],
  ])('takes %s for %s', (typed, meant) => {
    expect(speller.correct(typed, 1)).toBe(meant);
  });

  it('forgives a second slip in a long word when asked to', () => {
    expect(speller.correct('breethng', 2)).toBe('breathing');
    expect(speller.correct('breethng', 1)).toBeUndefined();
  });

  it('leaves alone what is near to nothing, or too short or long to tell', () => {
    for (const typed of ['garden', 'fce', 'b', 'x'.repeat(40)]) {
      expect(speller.correct(typed, 2)).toBeUndefined();
    }
  });

  it('finds every word again behind any one letter left out', () => {
    for (const word of ['breathing', 'bleeding', 'chest', 'needle', 'sangrando']) {
      for (let at = 1; at < word.length; at++) {
        expect(speller.correct(word.slice(0, at) + word.slice(at + 1), 1)).toBe(word);
      }
    }
  });
});

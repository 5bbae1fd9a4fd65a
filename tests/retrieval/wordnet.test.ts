import { stemOf } from '../../retrieval/terms.ts';
import { relativesIn } from '../../retrieval/wordnet.ts';

const corpus = new Set(
  ['walk', 'garment', 'pain', 'doctor', 'needle', 'cold', 'water'].map(stemOf),
);
const relatives = relativesIn(corpus);
const nearOf = (word: string) => relatives.get(stemOf(word))?.map(({ stem }) => stem) ?? [];

describe('relativesIn', () => {
  it.each([
    ['stroll', 'walk'],
    ['underwear', 'garment'],
    ['chilly', 'cold'],
    ['surgeon', 'doctor'],
  ])('puts %s near %s', (word, near) => {
    expect(nearOf(word)).toContain(stemOf(near));
  });

  it('puts nothing near words that the corpus uses, and only such words near others', () => {
    for (const [stem, near] of relatives) {
      expect(corpus.has(stem)).toBe(false);
      expect(near.every((relative) => corpus.has(relative.stem))).toBe(true);
    }
  });

  it('gives up to four, each once, nearest first, weighted in (0, 1]', () => {
    for (const near of relatives.values()) {
      const weights = near.map(({ weight }) => weight);
      expect(near.length).toBeGreaterThan(0);
      expect(near.length).toBeLessThanOrEqual(4);
      expect(new Set(near.map(({ stem }) => stem)).size).toBe(near.length);
      expect(weights).toEqual(weights.toSorted((a, b) => b - a));
      expect(Math.min(...weights)).toBeGreaterThan(0);
      expect(Math.max(...weights)).toBeLessThanOrEqual(1);
    }
  });

  it('leaves words alone that have nothing to do with the corpus', () => {
    expect(nearOf('algebra')).toEqual([]);
    expect(relativesIn(new Set())).toEqual(new Map());
  });
});

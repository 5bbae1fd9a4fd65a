import * as fc from 'fast-check';
import { isStopWord, rarity, spokenCount, stemOf, stemsOf } from '../../retrieval/terms.ts';

describe('stemOf', () => {
  it.each([
    ['needles', 'needle'],
    ['needling', 'needle'],
    ['bruised', 'bruising'],
    ["runner's", 'runner'],
    ["dont's", 'dont'],
  ])('reduces %s and %s to one stem', (a, b) => {
    expect(stemOf(a)).toBe(stemOf(b));
  });

  it('leaves numbers as they are', () => {
    expect(['24', '2026', '700'].map(stemOf)).toEqual(['24', '2026', '700']);
  });

  it('takes any word, before and after its memory was emptied', () => {
    const before = stemOf('needles');
    for (let i = 0; i <= 50_001; i++) stemOf(`word${i}`);
    expect(stemOf('needles')).toBe(before);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (word) => {
        expect(typeof stemOf(word)).toBe('string');
      }),
    );
  });
});

describe('stemsOf', () => {
  it('keeps the reading order and drops what carries no subject', () => {
    expect(stemsOf('What is the point of resting a knee?')).toEqual(['point', 'rest', 'knee']);
  });

  it('keeps the small words that decide which passage is meant', () => {
    const kept = 'before after during not long many who where why'.split(' ');
    expect(kept.filter(isStopWord)).toEqual([]);
    expect(stemsOf(kept.join(' '))).toHaveLength(kept.length);
  });
});

describe('rarity', () => {
  it('rises from common to rare', () => {
    const rarities = ['the', 'after', 'needle', 'acupuncture'].map(rarity);
    expect(rarities).toEqual(rarities.toSorted((a, b) => a - b));
    expect(new Set(rarities).size).toBe(4);
  });

  it('is 8 for a word nobody was heard to say', () => {
    expect(spokenCount('qzxv')).toBe(0);
    expect(rarity('qzxv')).toBe(8);
  });

  it('stays within [1, 8]', () => {
    const word = fc.oneof(fc.constantFrom('the', 'you', 'I', 'a'), fc.string());
    fc.assert(
      fc.property(word, (word) => {
        expect(rarity(word)).toBeGreaterThanOrEqual(1);
        expect(rarity(word)).toBeLessThanOrEqual(8);
      }),
    );
  });
});

import * as fc from 'fast-check';
import { editDistance, Spelling } from '../../retrieval/spelling.ts';

/** Optimal string alignment by its definition. */
function naiveDistance(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  const isSame = a.at(-1) === b.at(-1);
  const shorterA = a.slice(0, -1);
  const shorterB = b.slice(0, -1);
  const costs = [
    naiveDistance(shorterA, b) + 1,
    naiveDistance(a, shorterB) + 1,
    naiveDistance(shorterA, shorterB) + (isSame ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    costs.push(naiveDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...costs);
}

describe('editDistance', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

  it('is the naive distance up to the limit, and above it beyond', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, limit) => {
        const slips = naiveDistance(a, b);
        if (slips <= limit) expect(editDistance(a, b, limit)).toBe(slips);
        else expect(editDistance(a, b, limit)).toBeGreaterThan(limit);
      }),
      { numRuns: 400 },
    );
  });

  it('does not care which word comes first', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 9)).toBe(editDistance(b, a, 9));
      }),
    );
  });

  it('counts two swapped letters as one slip', () => {
    expect(editDistance('brusie', 'bruise', 2)).toBe(1);
  });
});

describe('Spelling', () => {
  const spelling = new Spelling(
    new Map([
      ['needle', 9],
      ['needling', 30],
      ['acupuncture', 5],
      ['pneumothorax', 2],
      ['bruise', 4],
      ['bruises', 1],
    ]),
  );

  it('corrects a slip to the word of the articles', () => {
    expect(spelling.correct('brusie')).toBe('bruise');
    expect(spelling.correct('neeedle')).toBe('needle');
  });

  it('leaves words of the articles alone', () => {
    for (const word of ['needle', 'pneumothorax']) expect(spelling.correct(word)).toBeUndefined();
  });

  it('leaves English words alone that the articles do not use', () => {
    for (const word of ['needed', 'noodle', 'cruise', 'bruised']) {
      expect(spelling.isKnown(word)).toBe(true);
      expect(spelling.correct(word)).toBeUndefined();
    }
  });

  it('forgives two slips from eight letters on, and one below', () => {
    expect(spelling.correct('acupunchre')).toBe('acupuncture');
    expect(spelling.correct('pnemothorx')).toBe('pneumothorax');
    expect(spelling.correct('acupnchre')).toBeUndefined();
    expect(spelling.correct('brsui')).toBeUndefined();
    expect(spelling.correct('nedling')).toBe('needling');
    expect(spelling.correct('nedlng')).toBeUndefined();
  });

  it('never touches digits or words of three letters', () => {
    expect(spelling.correct('needl3')).toBeUndefined();
    expect(spelling.correct('1234567890')).toBeUndefined();
    expect(new Spelling(new Map([['rest', 1]])).correct('rst')).toBeUndefined();
  });

  it('prefers fewer slips, then the word the articles use more', () => {
    const similar = new Spelling(
      new Map([
        ['tendonotix', 9],
        ['tendonotis', 1],
        ['tendonites', 5],
      ]),
    );
    expect(similar.correct('tendonotiss')).toBe('tendonotis');
    expect(
      new Spelling(
        new Map([
          ['qaxer', 1],
          ['qater', 7],
        ]),
      ).correct('qazer'),
    ).toBe('qater');
  });
});

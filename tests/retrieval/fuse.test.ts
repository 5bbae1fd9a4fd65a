import * as fc from 'fast-check';
import { DENSE_WEIGHT, fuse } from '../../retrieval/fuse.ts';

const scores = fc.record({
  lexical: fc.double({ min: 0, max: 80, noNaN: true }),
  dense: fc.double({ min: -1, max: 1, noNaN: true }),
});
const weight = fc.double({ min: 0, max: 3, noNaN: true });

describe('fuse', () => {
  it('divides each side by its best and adds them up', () => {
    const fused = fuse([
      { lexical: 10, dense: 0.4 },
      { lexical: 5, dense: 0.8 },
    ]);
    expect(fused).toEqual([1 + DENSE_WEIGHT / 2, 0.5 + DENSE_WEIGHT]);
  });

  it('stays within [0, 1 + weight]', () => {
    fc.assert(
      fc.property(fc.array(scores), weight, (list, weight) => {
        for (const score of fuse(list, weight)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1 + weight);
        }
      }),
    );
  });

  it('keeps the order of a list fused with itself', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000));
    fc.assert(
      fc.property(shares, (list) => {
        const fused = fuse(list.map((share) => ({ lexical: share, dense: share })));
        const order = (values: number[]) =>
          values
            .map((value, at) => ({ value, at }))
            .sort((a, b) => b.value - a.value || a.at - b.at);
        expect(order(fused).map(({ at }) => at)).toEqual(order(list).map(({ at }) => at));
      }),
    );
  });

  it('puts a chunk found by both above one found by one with the same score', () => {
    const found = fc.record({
      lexical: fc.double({ min: 0.01, max: 80, noNaN: true }),
      dense: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(found, fc.array(scores), ({ lexical, dense }, others) => {
        const list = [{ lexical, dense }, { lexical, dense: 0 }, { lexical: 0, dense }, ...others];
        const [both, wordsOnly, senseOnly] = fuse(list) as [number, number, number];
        expect(both).toBeGreaterThan(wordsOnly);
        expect(both).toBeGreaterThan(senseOnly);
      }),
    );
  });

  it('counts a negative cosine as none', () => {
    fc.assert(
      fc.property(fc.array(scores), (list) => {
        const without = list.map(({ lexical, dense }) => ({ lexical, dense: Math.max(0, dense) }));
        expect(fuse(list)).toEqual(fuse(without));
      }),
    );
  });

  it('gives 0 where neither side has found anything', () => {
    expect(fuse([])).toEqual([]);
    expect(fuse([{ lexical: 0, dense: -0.2 }])).toEqual([0]);
  });
});

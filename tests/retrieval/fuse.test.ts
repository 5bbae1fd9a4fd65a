import * as fc from 'fast-check';
import { DENSE_WEIGHT, fuse } from '../../retrieval/fuse.ts';

const scores = fc.record({
  lexical: fc.double({ min: 0, max: 80, noNaN: true }),
  dense: fc.double({ min: -1, max: 1, noNaN: true }),
});
/** In [0, 1], as `Likeness.sections` has it; in steps that a double tells apart in a sum. */
const asked = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
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

  it('adds four times the share of the best in being asked, and three times in the echo', () => {
    const fused = fuse([
      { lexical: 10, dense: 0.8, asked: 0.3, echo: 0.2 },
      { lexical: 10, dense: 0.8, asked: 0.6 },
      { lexical: 10, dense: 0.8, echo: 0.4 },
      { lexical: 10, dense: 0.8 },
    ]);
    const both = 1 + DENSE_WEIGHT;
    expect(fused).toEqual([both + 4 / 2 + 3 / 2, both + 4, both + 3, both]);
  });

  it('puts what is asked nearer the question first, where words and sense find both alike', () => {
    fc.assert(
      fc.property(scores, asked, asked, (found, one, other) => {
        const [first, second] = fuse([
          { ...found, asked: one },
          { ...found, asked: other },
        ]) as [number, number];
        expect(Math.sign(first - second)).toBe(Math.sign(one - other));
      }),
    );
  });

  it('is not moved by how near the questions are, only by their shares', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(scores, asked)), (list) => {
        const near = list.map(([found, asked]) => ({ ...found, asked }));
        const far = list.map(([found, asked]) => ({ ...found, asked: asked / 4 }));
        expect(fuse(far)).toEqual(fuse(near));
      }),
    );
  });

  it('counts asked as none where no section is known by its questions', () => {
    fc.assert(
      fc.property(fc.array(scores), (list) => {
        expect(fuse(list.map((found) => ({ ...found, asked: 0 })))).toEqual(fuse(list));
      }),
    );
  });

  it('stays within [0, 1 + weight + 3 + 4] with all four', () => {
    const all = fc.tuple(scores, asked, fc.double({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(all), weight, (list, weight) => {
        const four = list.map(([found, asked, echo]) => ({ ...found, asked, echo }));
        for (const score of fuse(four, weight)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1 + weight + 3 + 4);
        }
      }),
    );
  });

  it('gives 0 where neither side has found anything', () => {
    expect(fuse([])).toEqual([]);
    expect(fuse([{ lexical: 0, dense: -0.2 }])).toEqual([0]);
  });
});

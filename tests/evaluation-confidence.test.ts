import * as fc from 'fast-check';
import { type Judged, reliability, riskCurve } from './evaluation/confidence.ts';

const judged = (confidence: number, isRight: boolean): Judged => ({ confidence, isRight });

const anyAnswers = fc.array(
  fc
    .record({ confidence: fc.integer({ min: 0, max: 20 }), isRight: fc.boolean() })
    .map(({ confidence, isRight }) => judged(confidence / 20, isRight)),
  { minLength: 1, maxLength: 60 },
);

describe('riskCurve', () => {
  it('counts what is answered and wrong from the most confident answer down', () => {
    const { points } = riskCurve(
      [judged(0.5, false), judged(0.9, true), judged(0.7, true), judged(0.6, false)],
      8,
    );
    expect(points.map(({ least }) => least)).toEqual([0.9, 0.7, 0.6, 0.5]);
    expect(points.map(({ coverage }) => coverage.share)).toEqual([0.125, 0.25, 0.375, 0.5]);
    expect(points.map(({ wrong }) => [wrong.found, wrong.of])).toEqual([
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 4],
    ]);
  });

  it('has the mean share wrong over all depths as its area', () => {
    const { area, overall, least } = riskCurve([judged(0.9, false), judged(0.8, true)], 2);
    expect(area).toBeCloseTo((1 + 1 / 2) / 2, 12);
    expect(least).toBeCloseTo((0 + 1 / 2) / 2, 12);
    expect(overall).toBe(0.5);
  });

  it('takes answers of one confidence together, whatever their order', () => {
    const answers = [judged(0.8, false), judged(0.8, true), judged(0.8, true), judged(0.8, false)];
    const { points, area } = riskCurve(answers, 4);
    expect(points).toHaveLength(1);
    expect(area).toBeCloseTo(0.5, 12);
    expect(riskCurve(answers.toReversed(), 4).area).toBeCloseTo(0.5, 12);
  });

  it('is never below the best order there is, and that order reaches it', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { area, least } = riskCurve(answers, answers.length);
        expect(area).toBeGreaterThanOrEqual(least - 1e-9);
        const sure = answers.map(({ isRight }) => judged(isRight ? 0.9 : 0.1, isRight));
        const best = riskCurve(
          sure.map((each, at) => judged(each.confidence - at / 1e6, each.isRight)),
          sure.length,
        );
        expect(best.area).toBeCloseTo(least, 9);
      }),
    );
  });

  it('ends at everything answered', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const last = riskCurve(answers, 2 * answers.length).points.at(-1);
        expect(last?.coverage.share).toBe(0.5);
        expect(last?.wrong.found).toBe(answers.filter(({ isRight }) => !isRight).length);
      }),
    );
  });

  it('has no area without an answer', () => {
    const { points, area } = riskCurve([], 5);
    expect(points).toEqual([]);
    expect(area).toBeNaN();
  });
});

describe('reliability', () => {
  it('sorts into ten bins, a confidence of 1 into the last', () => {
    const { bins } = reliability([
      judged(0, false),
      judged(0.05, false),
      judged(0.95, true),
      judged(1, true),
    ]);
    expect(bins.map(({ right }) => right.of)).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(bins[9]).toMatchObject({ from: 0.9, to: 1, confidence: 0.975, right: { found: 2 } });
    expect(bins[1]?.confidence).toBeNaN();
  });

  it('weighs the distance of each bin by its size', () => {
    const answers = [judged(0.9, true), judged(0.9, true), judged(0.9, false), judged(0.2, true)];
    expect(reliability(answers).error).toBeCloseTo((3 * (0.9 - 2 / 3) + (1 - 0.2)) / 4, 12);
  });

  it('finds no error where confidence is what it says', () => {
    const answers = [judged(0.5, true), judged(0.5, false), judged(1, true)];
    expect(reliability(answers).error).toBe(0);
  });
});

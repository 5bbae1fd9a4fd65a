import { Adam } from '../../knowledge/adam.ts';

/** Walks down from `start` where the loss is `(value - 3) ** 2`. */
function walked(start: number, steps: number, rate: number, decay = 0): number {
  const learned = new Adam(Float32Array.of(start));
  for (let step = 0; step < steps; step += 1) {
    learned.slopes[0] = 2 * (learned.values[0]! - 3);
    learned.step(rate, decay);
  }
  return learned.values[0]!;
}

describe('Adam', () => {
  it('takes a first step of the rate, however steep the slope', () => {
    expect(walked(100, 1, 0.1)).toBeCloseTo(99.9, 4);
    expect(walked(3.001, 1, 0.1)).toBeCloseTo(2.901, 3);
  });

  it('comes to where the slope is 0', () => {
    expect(walked(-2, 600, 0.05)).toBeCloseTo(3, 1);
  });

  it('pulls towards 0 by rate and decay where there is no slope', () => {
    const learned = new Adam(Float32Array.of(2, -1));
    learned.step(0.1, 0.5);
    expect([...learned.values].map((value) => Number(value.toFixed(4)))).toEqual([1.9, -0.95]);
  });

  it('uses slopes once', () => {
    const learned = new Adam(Float32Array.of(1));
    learned.slopes[0] = 1;
    learned.step(0.1);
    expect(learned.slopes[0]).toBe(0);
  });
});

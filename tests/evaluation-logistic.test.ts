import { type Example, fitLogistic } from './evaluation/logistic.ts';

const example = (value: number, isAnswerable: boolean, importance = 1): Example => ({
  features: Float64Array.of(value, 1),
  isAnswerable,
  importance,
});
const chance = (weights: Float64Array, value: number) =>
  1 / (1 + Math.exp(-((weights[0] ?? 0) * value + (weights[1] ?? 0))));

describe('fitLogistic', () => {
  const low = [-1, -0.5, 0.2].map((value) => example(value, false));
  const high = [0.8, 0.3, -0.4].map((value) => example(value, true));

  it('gives the more of a chance the more a feature speaks for it', () => {
    const weights = fitLogistic([...low, ...high]);
    expect(weights[0]).toBeGreaterThan(0);
    expect(chance(weights, 1)).toBeGreaterThan(0.5);
    expect(chance(weights, -1)).toBeLessThan(0.5);
  });

  it('stands where nothing can be gained on either side', () => {
    const examples = [...low, ...high];
    const weights = fitLogistic(examples);
    const slope = examples.reduce(
      (sum, { features, isAnswerable }) =>
        sum + (chance(weights, features[0] ?? 0) - Number(isAnswerable)) * (features[0] ?? 0),
      0,
    );
    // What the penalty of 1 pulls the other way.
    expect(slope + (weights[0] ?? 0)).toBeCloseTo(0, 6);
  });

  it('counts both sides alike, however many each has', () => {
    const many = Array.from({ length: 9 }, () => low).flat();
    const [weight, constant] = fitLogistic([...many, ...high]);
    const mirrored = fitLogistic([...low, ...Array.from({ length: 9 }, () => high).flat()]);
    expect(weight).toBeCloseTo(mirrored[0] ?? 0, 6);
    expect(constant).toBeCloseTo(mirrored[1] ?? 0, 6);
  });
});

import { type Example, fitLogistic } from './logistic.ts';
import { createRandom } from '../support/random-vectors.ts';

const random = createRandom(3);

/** Answerable with the chance that the weights say, over one feature in [-2, 2) and the constant. */
function drawn(count: number, slope: number, height: number): Example[] {
  return Array.from({ length: count }, () => {
    const value = 4 * random() - 2;
    const chance = 1 / (1 + Math.exp(-(slope * value + height)));
    return {
      features: Float64Array.of(value, 1),
      isAnswerable: random() < chance,
      importance: 1,
    };
  });
}

describe('fitLogistic', () => {
  it('finds the weights that made the chances', () => {
    const [slope, height] = fitLogistic(drawn(4_000, 1.5, 0));
    expect(slope).toBeGreaterThan(1.3);
    expect(slope).toBeLessThan(1.7);
    expect(Math.abs(height ?? 9)).toBeLessThan(0.15);
  });

  it('counts both sides alike, however many there are of each', () => {
    const few = (isAnswerable: boolean, count: number) =>
      Array.from({ length: count }, () => ({
        features: Float64Array.of(0, 1),
        isAnswerable,
        importance: 1,
      }));
    const [, height] = fitLogistic([...few(true, 90), ...few(false, 10)]);
    expect(height).toBeCloseTo(0, 3);
  });

  it('does not run away where the sides are apart', () => {
    const apart = [-2, -1, 1, 2].map((value) => ({
      features: Float64Array.of(value, 1),
      isAnswerable: value > 0,
      importance: 1,
    }));
    const [slope] = fitLogistic(apart);
    expect(slope).toBeGreaterThan(0);
    expect(slope).toBeLessThan(10);
  });
});

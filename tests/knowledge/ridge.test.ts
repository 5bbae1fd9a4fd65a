import { dot, fitRidge } from '../../knowledge/ridge.ts';

const rows = (...lines: number[][]) => lines.map((line) => Float64Array.from(line));
const features = rows([1, 0, 1], [0, 1, 1], [1, 1, 1], [0.5, 0, 1], [0, 0.2, 1]);
const targets = rows([1], [-1], [1], [1], [-1]);
const importance = Float64Array.of(1, 2, 1, 1, 0.5);

describe('fitRidge', () => {
  it('finds the weights that made the targets, where nothing is penalised', () => {
    const made = features.map((row) => Float64Array.of(2 * row[0]! - 3 * row[1]! + 0.5));
    const [weights] = fitRidge(features, made, importance, 1e-9).weights;
    expect(weights?.[0]).toBeCloseTo(2, 2);
    expect(weights?.[1]).toBeCloseTo(-3, 2);
    expect(weights?.[2]).toBeCloseTo(0.5, 2);
  });

  it('tells each example what weights learned without it would', () => {
    const { leftOut } = fitRidge(features, targets, importance, 0.7);
    for (const [at, row] of features.entries()) {
      const without = <T>(all: ArrayLike<T>) => Array.from(all).filter((_, i) => i !== at);
      const { weights } = fitRidge(
        without(features),
        without(targets),
        Float64Array.from(without(importance)),
        0.7,
      );
      expect(leftOut[at]?.[0]).toBeCloseTo(dot(weights[0] ?? [], row), 9);
    }
  });

  it('gives the same weights each time', () => {
    const once = fitRidge(features, targets, importance, 1);
    expect(fitRidge(features, targets, importance, 1)).toEqual(once);
  });
});

import { dot, factorise, solve } from '../../knowledge/linear-algebra.ts';

export interface Example {
  /** The last is the constant 1. */
  readonly features: Float64Array;
  readonly isAnswerable: boolean;
  /** Above 0; within each side only their ratio counts. */
  readonly importance: number;
}

/** Newton steps; far fewer are needed until nothing moves. */
const STEPS = 40;
const PENALTY = 1;

/**
 * Logistic regression, both sides counting half: each step is a least squares of its own (Hastie et
 * al., Elements of Statistical Learning, 4.4.1). Coefficients in the order of the features.
 */
export function fitLogistic(examples: readonly Example[]): Float64Array {
  const half = examples.length / 2;
  const totals = { true: 0, false: 0 };
  for (const { isAnswerable, importance } of examples) totals[`${isAnswerable}`] += importance;
  const rows = examples.map(({ features }) => features);
  let weights: Float64Array = new Float64Array(rows[0]?.length ?? 0);
  for (let step = 0; step < STEPS; step++) {
    const aims: number[] = [];
    const importances = Float64Array.from(examples, ({ features, isAnswerable, importance }) => {
      const sum = dot(weights, features);
      const chance = 1 / (1 + Math.exp(-sum));
      const slope = Math.max(1e-6, chance * (1 - chance));
      aims.push(sum + (Number(isAnswerable) - chance) / slope);
      return (slope * importance * half) / totals[`${isAnswerable}`];
    });
    weights = leastSquares(rows, aims, importances);
  }
  return weights;
}

/** Weighted least squares with a penalty on all but the constant, solved exactly. */
function leastSquares(
  rows: readonly Float64Array[],
  aims: readonly number[],
  importances: Float64Array,
): Float64Array {
  const width = rows[0]?.length ?? 0;
  const squares = new Float64Array(width * width);
  const moment = new Float64Array(width);
  for (const [at, row] of rows.entries()) {
    for (let i = 0; i < width; i += 1) {
      const scaled = (importances[at] ?? 0) * row[i]!;
      moment[i]! += scaled * (aims[at] ?? 0);
      for (let j = 0; j <= i; j += 1) squares[i * width + j]! += scaled * row[j]!;
    }
  }
  for (let i = 0; i < width - 1; i += 1) squares[i * width + i]! += PENALTY;
  // Not nothing at all, where all examples agree.
  squares[width * width - 1]! += 1e-3;
  return solve(factorise(squares, width), moment, width);
}

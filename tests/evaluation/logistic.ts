import { dot, fitRidge } from '../../knowledge/ridge.ts';

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
    const aims: Float64Array[] = [];
    const importances = Float64Array.from(examples, ({ features, isAnswerable, importance }) => {
      const sum = dot(weights, features);
      const chance = 1 / (1 + Math.exp(-sum));
      const slope = Math.max(1e-6, chance * (1 - chance));
      aims.push(Float64Array.of(sum + (Number(isAnswerable) - chance) / slope));
      return (slope * importance * half) / totals[`${isAnswerable}`];
    });
    weights = fitRidge(rows, aims, importances, PENALTY).weights[0] ?? weights;
  }
  return weights;
}

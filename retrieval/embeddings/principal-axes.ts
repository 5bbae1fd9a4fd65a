import { dot } from '../../knowledge/linear-algebra.ts';

/** Rounds of orthogonal iteration; the axes need to span what varies, not to be told apart. */
const ROUNDS = 12;

/**
 * The `count` axes along which vectors, all of one length, lie furthest from zero: orthogonal, of
 * length 1. Orthogonal iteration (Golub and Van Loan, Matrix Computations, 8.2.4). Deterministic.
 */
export function principalAxes(vectors: readonly Float32Array[], count: number): Float64Array[] {
  const length = vectors[0]?.length ?? 0;
  const moments = Array.from({ length }, () => new Float64Array(length));
  for (const vector of vectors) {
    for (const [i, row] of moments.entries()) {
      const value = vector[i]!;
      for (let j = 0; j < length; j += 1) row[j]! += value * vector[j]!;
    }
  }
  let axes = orthogonal(moments.slice(0, count));
  for (let round = 0; round < ROUNDS; round += 1) {
    axes = orthogonal(axes.map((axis) => Float64Array.from(moments, (row) => dot(row, axis))));
  }
  return axes;
}

/** Modified Gram-Schmidt; what adds nothing to those before it is left out. */
function orthogonal(rows: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = [];
  for (const row of rows) {
    const rest = row.slice();
    for (const axis of found) {
      const share = dot(axis, rest);
      for (let i = 0; i < rest.length; i += 1) rest[i]! -= share * axis[i]!;
    }
    const norm = Math.sqrt(dot(rest, rest));
    if (norm > 1e-9 * Math.sqrt(dot(row, row))) found.push(rest.map((value) => value / norm));
  }
  return found;
}

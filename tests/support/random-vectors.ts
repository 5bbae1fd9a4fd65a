import { randomFrom } from '../../knowledge/random.ts';
import { VectorMatrix } from '../../retrieval/vector.ts';

/** Rows of length 1 in random directions. */
export function randomVectors(rows: number, dimension: number, seed: number): VectorMatrix {
  const random = randomFrom(seed);
  const values = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row++) {
    // Sums of four uniform numbers are near enough to a bell to point everywhere alike.
    const vector = Array.from(
      { length: dimension },
      () => random() + random() - random() - random(),
    );
    const norm = Math.hypot(...vector);
    values.set(
      vector.map((value) => value / norm),
      row * dimension,
    );
  }
  return new VectorMatrix(values, dimension);
}

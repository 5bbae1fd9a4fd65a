import { VectorMatrix } from '../../retrieval/vector.ts';

/** Mulberry32: the same numbers in [0, 1) for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Rows of length 1 in random directions. */
export function randomVectors(rows: number, dimension: number, seed: number): VectorMatrix {
  const random = createRandom(seed);
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

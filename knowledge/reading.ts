/** A text as an encoder reads it. */
export interface Reading {
  /** Of length 1. */
  readonly vector: Float32Array;
  /** The most that each filter in use says of any token, and 0 where it says less; empty without filters. */
  readonly peaks: Float32Array;
  /** Its tokens as a matcher holds them against others', one behind the other; empty without one. */
  readonly tokens: Int8Array;
}

export interface TokenReading {
  /** Of length 1. */
  readonly vector: Float32Array;
  /** What the encoder says of each token, as many numbers as a vector has, one token behind the other. */
  readonly states: Float32Array;
}

/**
 * Learned detectors of what a token says in its context: a column each of a matrix with one row per
 * number of a state, whose rows lie one behind the other, and a bias each.
 */
export interface Filters {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** What each filter says of each row of `width` numbers, one row behind the other. */
export type Product = (rows: Float32Array, width: number, filters: Filters) => Float32Array;

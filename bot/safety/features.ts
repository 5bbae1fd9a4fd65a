import type { Reading } from '../../knowledge/reading.ts';
import type { Traits } from './traits.ts';

/** What makes the kinds of features alike in size, so that one rate learns them all. */
const VECTOR_SCALE = 4;
const TRAIT_SCALE = 3;

/** Where each stem that counts stands. */
export type Places = ReadonlyMap<string, number>;

export function placesOf(stems: readonly string[]): Places {
  return new Map(stems.map((stem, place) => [stem, place]));
}

/** What the class weights of `Learned` stand for, in their order. */
export function featuresOf({ vector, peaks }: Reading, traits: Traits): Float32Array {
  const known = knownOf(vector, traits);
  const features = new Float32Array(peaks.length + known.length);
  features.set(peaks);
  features.set(known, peaks.length);
  return features;
}

/** Vector, traits and the constant 1. */
export function knownOf(vector: Float32Array, { heard }: Traits): Float32Array {
  const known = new Float32Array(vector.length + heard.length + 1);
  for (const [at, value] of vector.entries()) known[at] = VECTOR_SCALE * value;
  for (const [at, value] of heard.entries()) known[vector.length + at] = TRAIT_SCALE * value;
  known[known.length - 1] = 1;
  return known;
}

export function stemsKnown({ stems }: Traits, places: Places): number[] {
  return stems.flatMap((stem) => places.get(stem) ?? []);
}

/** Each of a text's stems, so that all together are of one length however many they are. */
export function stemValue({ length }: readonly number[]): number {
  return TRAIT_SCALE * Math.max(1, length) ** -0.5;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../knowledge/fault.ts';
import { dot } from '../../knowledge/ridge.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';

export const DOMAIN_FILE = join(PROJECT_ROOT, 'retrieval', 'embeddings', 'domain.f32');
/** Of the offline encoder, whose vectors the weights were learned on, and the constant 1. */
const WEIGHTS = 512 + 1;

/**
 * Whether a question is of the sort that articles about dry needling answer, told by its vector
 * alone. Learned (`npm run train`) from what the bundled articles are asked, against questions that
 * use the same words and are not answered: nearness to a sentence cannot tell these apart.
 */
export class Domain {
  readonly #weights: Float32Array;

  /** One weight per number of a vector, then the constant. */
  constructor(weights: Float32Array) {
    this.#weights = weights;
  }

  /**
   * About 1 for what the articles are asked, about -1 for what they are not. `vector` is the
   * question's, as the encoder gives it.
   */
  score(vector: Float32Array): number {
    return dot(vector, this.#weights) + (this.#weights[vector.length] ?? 0);
  }
}

/** Throws `MODEL_UNAVAILABLE` when the file is missing or not of the size it must have. */
export function loadDomain(file = DOMAIN_FILE): Domain {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Fault('MODEL_UNAVAILABLE', `${file} cannot be read`, { cause: error });
  }
  if (bytes.length !== WEIGHTS * Float32Array.BYTES_PER_ELEMENT) {
    throw new Fault('MODEL_UNAVAILABLE', `${file} does not hold ${WEIGHTS} weights`);
  }
  return new Domain(Float32Array.from({ length: WEIGHTS }, (_, i) => bytes.readFloatLE(4 * i)));
}

/** The bytes that `loadDomain` reads. */
export function domainBytes(weights: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(weights.length * Float32Array.BYTES_PER_ELEMENT);
  for (const [i, weight] of Array.from(weights).entries()) bytes.writeFloatLE(weight, 4 * i);
  return bytes;
}

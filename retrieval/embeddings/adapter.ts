import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../knowledge/fault.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';

export const ADAPTER_FILE = join(PROJECT_ROOT, 'retrieval', 'embeddings', 'adapter.i16');
/** Of the offline encoder, which the adapter was learned for. */
const DIMENSION = 512;
/** One number of a matrix is stored as a whole number of these: its largest entry is below .5. */
const STEP = 1 / 65_536;
const TOPIC_STRENGTH = 0.5;

/**
 * Turns the encoder's vectors so that a question lies near what answers it, rather than near other
 * questions: `v + M v`, made length 1 again, with one matrix for questions and one for statements.
 * Both were learned from the bundled articles' asked lines and sections (`npm run train`,
 * retrieval/README.md); the encoder itself stays as it is.
 */
export class Adapter {
  /** Changes with the weights. */
  readonly id: string;
  readonly #questions: Float32Array;
  readonly #statements: Float32Array;

  constructor(questions: Float32Array, statements: Float32Array, id: string) {
    this.#questions = questions;
    this.#statements = statements;
    this.id = id;
  }

  /** A question, to be held against statements. Length 1 in, length 1 out. */
  question(vector: Float32Array): Float32Array {
    return turn(this.#questions, vector, 1);
  }

  /**
   * A question, a heading or an asked line, to be held against another of them: the encoder is good
   * at that by itself, so it is turned half as far.
   */
  topic(vector: Float32Array): Float32Array {
    return turn(this.#questions, vector, TOPIC_STRENGTH);
  }

  /** For what is said: a sentence of an article. */
  statement(vector: Float32Array): Float32Array {
    return turn(this.#statements, vector, 1);
  }
}

/** Throws `MODEL_UNAVAILABLE` when the file is missing or not of the size it must have. */
export function loadAdapter(file = ADAPTER_FILE): Adapter {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Fault('MODEL_UNAVAILABLE', `${file} cannot be read`, { cause: error });
  }
  const count = DIMENSION * DIMENSION;
  if (bytes.length !== 2 * count * Int16Array.BYTES_PER_ELEMENT) {
    throw new Fault('MODEL_UNAVAILABLE', `${file} is not an adapter of ${DIMENSION} dimensions`);
  }
  const read = (from: number) =>
    Float32Array.from({ length: count }, (_, i) => bytes.readInt16LE(2 * (from + i)) * STEP);
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return new Adapter(read(0), read(count), id);
}

/** The bytes that `loadAdapter` reads. */
export function adapterBytes(questions: Float32Array, statements: Float32Array): Buffer {
  const bytes = Buffer.alloc(2 * (questions.length + statements.length));
  for (const [i, value] of [...questions, ...statements].entries()) {
    bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(value / STEP))), 2 * i);
  }
  return bytes;
}

function turn(matrix: Float32Array, vector: Float32Array, strength: number): Float32Array {
  const size = vector.length;
  const turned = new Float32Array(size);
  let squares = 0;
  for (let row = 0; row < size; row++) {
    let sum = 0;
    const start = row * size;
    for (let column = 0; column < size; column++) {
      sum += (matrix[start + column] as number) * (vector[column] as number);
    }
    const value = (vector[row] as number) + strength * sum;
    turned[row] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let row = 0; row < size; row++) turned[row] = (turned[row] as number) / length;
  return turned;
}

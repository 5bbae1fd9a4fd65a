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

  /** A question, to be held against statements, and to be held against topics. Length 1 in and out. */
  question(vector: Float32Array): { toStatements: Float32Array; toTopics: Float32Array } {
    const product = times(this.#questions, vector);
    return {
      toStatements: turned(vector, product, 1),
      toTopics: turned(vector, product, TOPIC_STRENGTH),
    };
  }

  /**
   * A heading or an asked line, to be held against a question: the encoder is good at that by itself,
   * so it is turned half as far.
   */
  topic(vector: Float32Array): Float32Array {
    return turned(vector, times(this.#questions, vector), TOPIC_STRENGTH);
  }

  /** For what is said: a sentence of an article. */
  statement(vector: Float32Array): Float32Array {
    return turned(vector, times(this.#statements, vector), 1);
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
  const read = (from: number) => {
    const matrix = new Float32Array(count);
    for (let i = 0; i < count; i++) matrix[i] = bytes.readInt16LE(2 * (from + i)) * STEP;
    return matrix;
  };
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

/** `M v`, four rows at a time: an addition need not wait for that of another row. */
function times(matrix: Float32Array, vector: Float32Array): Float64Array {
  const size = vector.length;
  const product = new Float64Array(size);
  for (let row = 0; row < size; row += 4) {
    const start = row * size;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let column = 0; column < size; column++) {
      const value = vector[column] as number;
      a += (matrix[start + column] as number) * value;
      b += (matrix[start + size + column] as number) * value;
      c += (matrix[start + 2 * size + column] as number) * value;
      d += (matrix[start + 3 * size + column] as number) * value;
    }
    product.set([a, b, c, d], row);
  }
  return product;
}

function turned(vector: Float32Array, product: Float64Array, strength: number): Float32Array {
  const size = vector.length;
  const turned = new Float32Array(size);
  let squares = 0;
  for (let row = 0; row < size; row++) {
    const value = (vector[row] as number) + strength * (product[row] as number);
    turned[row] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let row = 0; row < size; row++) turned[row] = (turned[row] as number) / length;
  return turned;
}

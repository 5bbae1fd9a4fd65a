import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../knowledge/fault.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import type { Filters } from '../../knowledge/reading.ts';

export const MATCHER_FILE = join(PROJECT_ROOT, 'retrieval', 'embeddings', 'matcher.f32');
/** Numbers of a token as the offline encoder gives it, and as it is held against others. */
export const STATE_WIDTH = 512;
export const TOKEN_WIDTH = 64;
/** A number of a token of length 1 is stored as a whole number of these. */
export const TOKEN_STEP = 1 / 127;
/** What each token of a question counts at least. */
export const LEAST_EMPHASIS = 0.05;

/** What a matcher has learned. */
export interface MatcherWeights {
  /** What turns a token of a question, and of a statement; `TOKEN_WIDTH` columns each. */
  readonly questions: Filters;
  readonly statements: Filters;
  /** What a token of a question counts by its numbers, the constant last. */
  readonly emphasis: Float32Array;
}

/**
 * Holds a question against a statement token by token (late interaction, Khattab and Zaharia 2020,
 * arXiv:2004.12832): each token of the question counts as much as the token of the statement that is
 * nearest to it. One vector for a whole sentence cannot tell "how long am I sore" from "why am I sore".
 * Tokens are `TOKEN_WIDTH` steps each, of length 1, one behind the other. Learned from the questions that
 * the bundled articles' sections are known to answer (`npm run train`, retrieval/README.md).
 */
export class Matcher {
  /** Changes with the weights. */
  readonly id: string;
  readonly weights: MatcherWeights;

  constructor(weights: MatcherWeights, id: string) {
    this.weights = weights;
    this.id = id;
  }

  /** In [-1, 1]; 0 where either has no token. */
  match(question: Int8Array, statement: Int8Array): number {
    if (question.length === 0 || statement.length === 0) return 0;
    let sum = 0;
    let all = 0;
    for (let asked = 0; asked < question.length; asked += TOKEN_WIDTH) {
      let best = Number.NEGATIVE_INFINITY;
      for (let said = 0; said < statement.length; said += TOKEN_WIDTH) {
        let product = 0;
        for (let i = 0; i < TOKEN_WIDTH; i += 1) {
          product += question[asked + i]! * statement[said + i]!;
        }
        if (product > best) best = product;
      }
      const weight = this.#emphasisOf(question, asked);
      sum += weight * best;
      all += weight;
    }
    return (sum / all) * TOKEN_STEP * TOKEN_STEP;
  }

  #emphasisOf(tokens: Int8Array, from: number): number {
    const { emphasis } = this.weights;
    let told = emphasis[TOKEN_WIDTH]!;
    for (let i = 0; i < TOKEN_WIDTH; i += 1) told += TOKEN_STEP * tokens[from + i]! * emphasis[i]!;
    return emphasisFrom(told);
  }
}

/** Softplus, and never nothing. */
export function emphasisFrom(told: number): number {
  return LEAST_EMPHASIS + (told > 20 ? told : Math.log1p(Math.exp(told)));
}

/** Throws `MODEL_UNAVAILABLE` when the file is missing or not of the size it must have. */
export function loadMatcher(file = MATCHER_FILE): Matcher {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Fault('MODEL_UNAVAILABLE', `${file} cannot be read`, { cause: error });
  }
  const sizes = [STATE_WIDTH * TOKEN_WIDTH, TOKEN_WIDTH, STATE_WIDTH * TOKEN_WIDTH, TOKEN_WIDTH];
  const emphasis = TOKEN_WIDTH + 1;
  const count = sizes.reduce((sum, size) => sum + size, emphasis);
  if (bytes.length !== count * Float32Array.BYTES_PER_ELEMENT) {
    throw new Fault('MODEL_UNAVAILABLE', `${file} is not a matcher of ${TOKEN_WIDTH} dimensions`);
  }
  let at = 0;
  const read = (size: number) =>
    Float32Array.from({ length: size }, () => bytes.readFloatLE(4 * at++));
  const filters = () => ({ weights: read(STATE_WIDTH * TOKEN_WIDTH), bias: read(TOKEN_WIDTH) });
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const weights = { questions: filters(), statements: filters(), emphasis: read(emphasis) };
  return new Matcher(weights, id);
}

/** The bytes that `loadMatcher` reads. */
export function matcherBytes({ questions, statements, emphasis }: MatcherWeights): Buffer {
  const parts = [questions.weights, questions.bias, statements.weights, statements.bias, emphasis];
  const values = parts.flatMap((part) => [...part]);
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeFloatLE(value, 4 * i);
  return bytes;
}

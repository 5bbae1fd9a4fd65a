import { Adam } from '../../knowledge/adam.ts';
import { dot } from '../../knowledge/linear-algebra.ts';
import { randomFrom, shuffled } from '../../knowledge/random.ts';
import type { Filters } from '../../knowledge/reading.ts';
import { emphasisFrom, type MatcherWeights, STATE_WIDTH, TOKEN_WIDTH } from './matcher.ts';
import { principalAxes } from './principal-axes.ts';

/** A question that sections answer, by their place. */
export interface Asked {
  /** The states of its tokens, one behind the other. */
  readonly states: Float32Array;
  readonly sections: readonly number[];
}

/** What a section says: the states of each sentence's tokens. */
export type Said = readonly Float32Array[];

export interface LearnMatcherOptions {
  readonly steps?: number;
  readonly seed?: number;
  readonly onStep?: (step: number, steps: number, loss: number) => void;
}

const STEPS = 800;
/** Questions of one step, each of another section. */
const BATCH = 32;
/** Sentences taken of one section in one step. */
const SENTENCES = 8;
/** Softmax temperature of how well a section matches. */
const TEMPERATURE = 0.04;
const RATE = 5e-4;
/** The few numbers of the emphasis learn faster than the many of the turns. */
const EMPHASIS_RATE = 4 * RATE;
const WARM_UP = 50;
/** Of the tokens, the axes to start from are those of every so-manieth. */
const SAMPLED = 3;
/** A slope that moves nothing. */
const FLAT = 1e-6;

/**
 * Contrastive learning of the matcher's turns (InfoNCE, van den Oord et al. 2018, arXiv:1807.03748, in the
 * batch; Adam): a question against the best-matching sentence of its own section and of each other
 * section of the step. Which sentence answers is not noted anywhere: the best of the section's is taken.
 * Sections that answer a question both never count against each other. Both turns start from the axes
 * along which the tokens differ most. Deterministic for one seed. Throws `RangeError` where the tokens
 * have fewer axes than a turned one has numbers.
 */
export function learnMatcher(
  asked: readonly Asked[],
  sections: readonly Said[],
  { steps = STEPS, seed = 1, onStep }: LearnMatcherOptions = {},
): MatcherWeights {
  const random = randomFrom(seed);
  const mean = meanOf(sections.flat(), STATE_WIDTH);
  const centred = (states: Float32Array) => tokensOf(states, mean);
  const said = sections.map((sentences) => sentences.map(centred));
  const questions = asked.map(({ states }) => centred(states));
  const sample = said.flat(2).filter((_, at) => at % SAMPLED === 0);
  const axes = principalAxes(sample, TOKEN_WIDTH);
  if (axes.length < TOKEN_WIDTH) throw new RangeError('too few tokens to learn from');
  const turns = { questions: new Turn(axes), statements: new Turn(axes) };
  const emphasis = new Adam(new Float32Array(TOKEN_WIDTH + 1));
  const neighbours = neighboursOf(asked, sections.length);

  let order: number[] = [];
  for (let step = 1; step <= steps; step += 1) {
    const batch = new Map<number, number>();
    while (batch.size < Math.min(BATCH, sections.length)) {
      if (order.length === 0) order = shuffled(asked.length, random);
      const at = order.pop()!;
      const own = asked[at]!.sections;
      const section = own[Math.floor(random() * own.length)]!;
      if (!batch.has(section)) batch.set(section, at);
    }
    const sentences = [...batch.keys()].map((section) =>
      shuffled(said[section]!.length, random)
        .slice(0, SENTENCES)
        .map((at) => turns.statements.turn(said[section]![at]!)),
    );
    let loss = 0;
    for (const [place, [section, at]] of [...batch].entries()) {
      const question = turns.questions.turn(questions[at]!);
      const others = [...batch.keys()].map(
        (other) =>
          other === section ||
          !(neighbours[section]!.has(other) || asked[at]!.sections.includes(other)),
      );
      loss += contrast(question, sentences, place, others, emphasis) / batch.size;
      turns.questions.learn(question);
    }
    for (const turned of sentences.flat()) turns.statements.learn(turned);
    const warmth = Math.min(1, step / WARM_UP) * (1 - step / (steps + 1));
    turns.questions.step(warmth * RATE);
    turns.statements.step(warmth * RATE);
    emphasis.step(warmth * EMPHASIS_RATE);
    onStep?.(step, steps, loss);
  }
  return {
    questions: turns.questions.filters(mean),
    statements: turns.statements.filters(mean),
    emphasis: emphasis.values,
  };
}

/** A text's tokens turned, with the slope of the loss by each. */
interface Turned {
  readonly from: readonly Float32Array[];
  /** Of length 1. */
  readonly tokens: readonly Float32Array[];
  /** Lengths before that. */
  readonly lengths: readonly number[];
  readonly slopes: readonly Float32Array[];
}

/** Turns the tokens of one side. */
class Turn {
  readonly #learned: Adam;

  constructor(axes: readonly Float64Array[]) {
    this.#learned = new Adam(Float32Array.from(axes.flatMap((axis) => [...axis])));
  }

  turn(from: readonly Float32Array[]): Turned {
    const lengths: number[] = [];
    const tokens = from.map((token) => {
      const turned = new Float32Array(TOKEN_WIDTH);
      for (let row = 0; row < TOKEN_WIDTH; row += 1) turned[row] = dot(token, this.#row(row));
      const length = Math.sqrt(dot(turned, turned)) || 1;
      lengths.push(length);
      return turned.map((value) => value / length);
    });
    return { from, tokens, lengths, slopes: tokens.map(() => new Float32Array(TOKEN_WIDTH)) };
  }

  /** Adds the slopes of a turned text to those of the turn. */
  learn({ from, tokens, lengths, slopes }: Turned): void {
    for (const [at, slope] of slopes.entries()) {
      const along = dot(slope, tokens[at]!);
      if (along === 0 && slope.every((value) => value === 0)) continue;
      const token = from[at]!;
      for (let row = 0; row < TOKEN_WIDTH; row += 1) {
        const by = (slope[row]! - along * tokens[at]![row]!) / lengths[at]!;
        const start = row * STATE_WIDTH;
        for (let i = 0; i < token.length; i += 1)
          this.#learned.slopes[start + i]! += by * token[i]!;
      }
    }
  }

  step(rate: number): void {
    this.#learned.step(rate);
  }

  /** As the encoder uses it: a column for each row, and a bias that takes the mean off. */
  filters(mean: Float32Array): Filters {
    const weights = new Float32Array(STATE_WIDTH * TOKEN_WIDTH);
    const bias = new Float32Array(TOKEN_WIDTH);
    for (let row = 0; row < TOKEN_WIDTH; row += 1) {
      const values = this.#row(row);
      bias[row] = -dot(values, mean);
      for (let i = 0; i < STATE_WIDTH; i += 1) weights[i * TOKEN_WIDTH + row] = values[i]!;
    }
    return { weights, bias };
  }

  #row(row: number): Float32Array {
    return this.#learned.values.subarray(row * STATE_WIDTH, (row + 1) * STATE_WIDTH);
  }
}

/** How a sentence matches: each token of the question, with the sentence's nearest to it. */
interface Matched {
  readonly sentence: Turned;
  readonly score: number;
  readonly best: readonly { readonly token: number; readonly product: number }[];
}

/**
 * Loss of the question at `place` among the sections' sentences, those that count alone; adds the
 * slopes to the question, the sentences that match best and the emphasis.
 */
function contrast(
  question: Turned,
  sections: readonly (readonly Turned[])[],
  place: number,
  counts: readonly boolean[],
  emphasis: Adam,
): number {
  const told = question.tokens.map((token) => toldBy(token, emphasis.values));
  const weights = told.map(emphasisFrom);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const matched = sections.map((sentences, at) =>
    counts[at] ? bestOf(question, sentences, weights, all) : undefined,
  );
  const most = Math.max(...matched.map((found) => found?.score ?? Number.NEGATIVE_INFINITY));
  const shares = matched.map((found) => (found ? Math.exp((found.score - most) / TEMPERATURE) : 0));
  const sum = shares.reduce((total, share) => total + share, 0);
  for (const [at, found] of matched.entries()) {
    const slope = (shares[at]! / sum - (at === place ? 1 : 0)) / TEMPERATURE;
    if (!found || Math.abs(slope) < FLAT) continue;
    for (const [i, { token, product }] of found.best.entries()) {
      const by = (slope * weights[i]!) / all;
      addScaled(question.slopes[i]!, found.sentence.tokens[token]!, by);
      addScaled(found.sentence.slopes[token]!, question.tokens[i]!, by);
      const gate = (slope * (product - found.score)) / all / (1 + Math.exp(-told[i]!));
      addScaled(emphasis.slopes, question.tokens[i]!, gate);
      emphasis.slopes[TOKEN_WIDTH]! += gate;
    }
  }
  return -Math.log(shares[place]! / sum);
}

function bestOf(
  question: Turned,
  sentences: readonly Turned[],
  weights: readonly number[],
  all: number,
): Matched | undefined {
  let most: Matched | undefined;
  for (const sentence of sentences) {
    const best = question.tokens.map((token) => nearest(token, sentence.tokens));
    const score = best.reduce((sum, { product }, i) => sum + weights[i]! * product, 0) / all;
    if (!most || score > most.score) most = { sentence, score, best };
  }
  return most;
}

function nearest(asked: Float32Array, said: readonly Float32Array[]) {
  let found = { token: 0, product: Number.NEGATIVE_INFINITY };
  for (const [token, other] of said.entries()) {
    const product = dot(asked, other);
    if (product > found.product) found = { token, product };
  }
  return found;
}

function toldBy(token: Float32Array, emphasis: Float32Array): number {
  return emphasis[TOKEN_WIDTH]! + dot(token, emphasis);
}

/** `sums` may be longer. */
function addScaled(sums: Float32Array, values: Float32Array, scale: number): void {
  for (let i = 0; i < values.length; i += 1) sums[i]! += scale * values[i]!;
}

/** For each section those that answer a question it answers too. */
function neighboursOf(asked: readonly Asked[], count: number): Set<number>[] {
  const found = Array.from({ length: count }, () => new Set<number>());
  for (const { sections } of asked) {
    for (const one of sections) for (const other of sections) found[one]!.add(other);
  }
  return found;
}

/** The tokens of a text, the mean taken off, of length 1. */
function tokensOf(states: Float32Array, mean: Float32Array): Float32Array[] {
  const width = mean.length;
  return Array.from({ length: states.length / width }, (_, at) => {
    const token = states.slice(at * width, (at + 1) * width).map((value, i) => value - mean[i]!);
    const length = Math.sqrt(dot(token, token)) || 1;
    return token.map((value) => value / length);
  });
}

function meanOf(texts: readonly Float32Array[], width: number): Float32Array {
  const sum = new Float64Array(width);
  let count = 0;
  for (const states of texts) {
    for (let i = 0; i < states.length; i += 1) sum[i % width]! += states[i]!;
    count += states.length / width;
  }
  return Float32Array.from(sum, (value) => value / count);
}

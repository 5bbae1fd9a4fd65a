import { Adam } from '../../knowledge/adam.ts';
import { dot } from '../../knowledge/linear-algebra.ts';
import { randomFrom, shuffled } from '../../knowledge/random.ts';

/** A section: what people ask that it answers, and what it says; vectors of length 1. */
export interface Topic {
  readonly questions: readonly Float32Array[];
  readonly statements: readonly Float32Array[];
}

/** What is learned: square matrices, row by row. */
export interface Learned {
  readonly questions: Float32Array;
  readonly statements: Float32Array;
}

export interface LearnOptions {
  readonly steps?: number;
  /** Topics in one step: each one's question against the statements of all. */
  readonly topics?: number;
  readonly seed?: number;
  readonly onStep?: (step: number, steps: number, loss: number) => void;
}

const STEPS = 800;
const TOPICS = 96;
/** Statements taken of one topic in one step. */
const STATEMENTS = 5;
/** Softmax temperature of the cosines. */
const TEMPERATURE = 0.05;
const RATE = 1e-3;
/** Pull towards leaving the vectors as they are. */
const DECAY = 3e-3;
/**
 * Topics whose questions are this alike (cosine of their means) ask the same of two articles: neither
 * counts against the other.
 */
const SAME_TOPIC = 0.75;

/**
 * Contrastive learning of two linear maps (InfoNCE, van den Oord et al. 2018, arXiv:1807.03748, in
 * the batch; Adam, Kingma and Ba 2015): a question against the statements of its own topic and of
 * the step's other topics. Deterministic for one seed.
 */
export function learnAdapter(topics: readonly Topic[], options: LearnOptions = {}): Learned {
  const { steps = STEPS, topics: size = TOPICS, seed = 1, onStep } = options;
  const dimension = topics[0]?.questions[0]?.length ?? 0;
  const random = randomFrom(seed);
  const questions = new Trained(dimension);
  const statements = new Trained(dimension);
  const means = topics.map((topic) => meanOf(topic.questions, dimension));
  for (let step = 1; step <= steps; step++) {
    const batch = shuffled(topics.length, random).slice(0, size);
    const asked: Float32Array[] = [];
    const said: Float32Array[] = [];
    const owners: number[] = [];
    for (const [place, at] of batch.entries()) {
      const topic = topics[at] as Topic;
      asked.push(topic.questions[Math.floor(random() * topic.questions.length)] as Float32Array);
      for (const i of shuffled(topic.statements.length, random).slice(0, STATEMENTS)) {
        said.push(topic.statements[i] as Float32Array);
        owners.push(place);
      }
    }
    const isNeutral = (a: number, b: number) =>
      a !== b && dot(means[batch[a]!]!, means[batch[b]!]!) > SAME_TOPIC;
    const turnedAsked = questions.turn(asked);
    const turnedSaid = statements.turn(said);
    const { loss, gradients } = contrast(turnedAsked.rows, turnedSaid.rows, owners, isNeutral);
    const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
    questions.descend(asked, turnedAsked, product(gradients, turnedSaid.rows), rate);
    const across = transposed(gradients);
    statements.descend(said, turnedSaid, product(across, turnedAsked.rows), rate);
    onStep?.(step, steps, loss);
  }
  return { questions: questions.matrix, statements: statements.matrix };
}

interface Turned {
  /** Of length 1. */
  readonly rows: readonly Float32Array[];
  /** Lengths before that. */
  readonly lengths: readonly number[];
}

/** One matrix that is learned. */
class Trained {
  readonly #dimension: number;
  readonly #learned: Adam;

  constructor(dimension: number) {
    this.#dimension = dimension;
    this.#learned = new Adam(new Float32Array(dimension * dimension));
  }

  get matrix(): Float32Array {
    return this.#learned.values;
  }

  turn(vectors: readonly Float32Array[]): Turned {
    const size = this.#dimension;
    const { matrix } = this;
    const lengths: number[] = [];
    const rows = vectors.map((vector) => {
      const turned = Float32Array.from(vector);
      for (let row = 0; row < size; row++) {
        let sum = 0;
        const start = row * size;
        for (let column = 0; column < size; column++) {
          sum += (matrix[start + column] as number) * (vector[column] as number);
        }
        turned[row] = (turned[row] as number) + sum;
      }
      const length = Math.sqrt(dot(turned, turned)) || 1;
      lengths.push(length);
      return turned.map((value) => value / length);
    });
    return { rows, lengths };
  }

  /** `slopes`: of the loss by each turned row. */
  descend(
    vectors: readonly Float32Array[],
    { rows, lengths }: Turned,
    slopes: readonly Float32Array[],
    rate: number,
  ): void {
    const size = this.#dimension;
    const slope = this.#learned.slopes;
    for (let i = 0; i < slope.length; i++) slope[i] = (this.matrix[i] as number) * DECAY;
    for (const [i, vector] of vectors.entries()) {
      const along = dot(slopes[i]!, rows[i]!);
      for (let row = 0; row < size; row++) {
        const unit = (rows[i] as Float32Array)[row] as number;
        const by =
          (((slopes[i] as Float32Array)[row] as number) - along * unit) / (lengths[i] ?? 1);
        const start = row * size;
        for (let column = 0; column < size; column++) {
          slope[start + column] =
            (slope[start + column] as number) + by * (vector[column] as number);
        }
      }
    }
    this.#learned.step(rate);
  }
}

/**
 * Loss and its slope by each cosine: the share that softmax gives to other topics' statements, less
 * the share that is due to one's own.
 */
function contrast(
  asked: readonly Float32Array[],
  said: readonly Float32Array[],
  owners: readonly number[],
  isNeutral: (a: number, b: number) => boolean,
): { loss: number; gradients: Float32Array[] } {
  let loss = 0;
  const gradients = asked.map((question, place) => {
    const logits = said.map((statement) => dot(question, statement) / TEMPERATURE);
    const most = Math.max(...logits);
    let all = 0;
    let own = 0;
    const shares = logits.map((logit, i) => {
      const owner = owners[i] as number;
      const share = isNeutral(place, owner) ? 0 : Math.exp(logit - most);
      all += share;
      if (owner === place) own += share;
      return share;
    });
    loss -= Math.log(own / all) / asked.length;
    const scale = 1 / TEMPERATURE / asked.length;
    return Float32Array.from(shares, (share, i) => {
      const due = owners[i] === place ? share / own : 0;
      return (share / all - due) * scale;
    });
  });
  return { loss, gradients };
}

function product(weights: readonly Float32Array[], rows: readonly Float32Array[]): Float32Array[] {
  const size = rows[0]?.length ?? 0;
  return weights.map((shares) => {
    const sum = new Float32Array(size);
    for (const [i, share] of shares.entries()) {
      if (share === 0) continue;
      const row = rows[i] as Float32Array;
      for (let k = 0; k < size; k++) sum[k] = (sum[k] as number) + share * (row[k] as number);
    }
    return sum;
  });
}

function transposed(rows: readonly Float32Array[]): Float32Array[] {
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, column) =>
    Float32Array.from(rows, (row) => row[column] as number),
  );
}

function meanOf(vectors: readonly Float32Array[], dimension: number): Float32Array {
  const sum = new Float32Array(dimension);
  for (const vector of vectors) {
    for (let i = 0; i < dimension; i++) sum[i] = (sum[i] as number) + (vector[i] as number);
  }
  const length = Math.sqrt(dot(sum, sum)) || 1;
  return sum.map((value) => value / length);
}

import { Adam } from '../../knowledge/adam.ts';
import { dot } from '../../knowledge/linear-algebra.ts';
import { randomFrom, shuffled } from '../../knowledge/random.ts';
import type { Filters, Product } from '../../knowledge/reading.ts';

/** A text to learn from. */
export interface Sample {
  /** What the encoder says of each token, `WIDTH` numbers one behind the other, as `halved` leaves them. */
  readonly states: Uint16Array;
  /** What else is known of it, of one length for all; the last is the constant 1. */
  readonly known: Float32Array;
  /** Its stems' places, and what each of them counts. */
  readonly stems: readonly number[];
  readonly stemValue: number;
  /** Which class it is of: 0 for nothing, from 1 the rules. */
  readonly class: number;
}

export interface Network {
  readonly filters: Filters;
  readonly classes: ClassWeights;
}

/** What makes a text be of one class rather than another. */
export interface ClassWeights {
  /** One row per class, over the peaks of the filters, then `known`. */
  readonly rows: readonly ArrayLike<number>[];
  /** For each stem one number per class, one stem behind the other. */
  readonly stems: ArrayLike<number>;
}

export interface Shape {
  readonly stems: number;
  readonly classes: number;
}

export interface FitOptions {
  readonly filters?: number;
  /** How often each sample is learned from. */
  readonly epochs?: number;
  readonly seed?: number;
}

/** Numbers of a token's state. */
const WIDTH = 512;
const FILTERS = 512;
const EPOCHS = 6;
/** Samples of one step. */
const BATCH = 64;
const RATE = 1e-3;
/** Of all steps, the first raise the rate to `RATE`; the others lower it towards nothing. */
const WARM_UP = 100;
const DECAY = 0.01;
/** Shares of the features that a step does without, so that none is relied on. */
const PEAKS_DROPPED = 0.1;
const KNOWN_DROPPED = 0.1;
const STEMS_DROPPED = 0.3;
/** A slope that moves nothing. */
const FLAT = 1e-7;

/**
 * Learns filters over the tokens together with what their peaks mean: a convolutional network of width
 * one with max-over-time pooling (Kim 2014, arXiv:1408.5882) on the encoder's token states. A mean over
 * the tokens, which the encoder's own vector is, drowns two telling words in a long sentence; a peak
 * does not. Deterministic for one seed. Blocks for five minutes or so per 20,000 samples.
 */
export function fitNetwork(
  samples: readonly Sample[],
  shape: Shape,
  product: Product,
  { filters = FILTERS, epochs = EPOCHS, seed = 1 }: FitOptions = {},
): Network {
  const random = randomFrom(seed);
  const learning = new Learning(filters, samples[0]?.known.length ?? 1, shape, random);
  const steps = epochs * Math.ceil(samples.length / BATCH);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = shuffled(samples.length, random);
    for (let at = 0; at < order.length; at += BATCH) {
      step += 1;
      const batch = order.slice(at, at + BATCH).map((place) => samples[place] as Sample);
      const warmth = Math.min(1, step / WARM_UP) * (1 - step / (steps + 1));
      learning.learn(batch, RATE * warmth, product);
    }
  }
  return learning.network();
}

/** How likely a sample is of each class; they sum to 1. */
export function chancesFor(network: Network, sample: Sample, product: Product): Float64Array {
  const { filters, classes } = network;
  const found = product(widened([sample]), WIDTH, filters);
  const { features } = peaked(sample, found, 0, filters.bias.length);
  return chancesOf(classes, features, sample.stems, sample.stemValue);
}

/** The same of peaks and what else is known, one behind the other. Throws where they are of another length. */
export function chancesOf(
  { rows, stems: ofStems }: ClassWeights,
  features: Float32Array,
  stems: readonly number[],
  stemValue: number,
): Float64Array {
  if (rows[0]?.length !== features.length) throw new RangeError('learned for other features');
  return softmax(
    Float64Array.from(rows, (row, at) => {
      let told = dot(row, features);
      for (const place of stems) told += stemValue * ofStems[place * rows.length + at]!;
      return told;
    }),
  );
}

/** The upper halves of floats: three digits of each, in half the memory. */
export function halved(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(words.length);
  for (let i = 0; i < words.length; i += 1) halves[i] = words[i]! >>> 16;
  return halves;
}

class Learning {
  /** One row per filter, unlike `Filters`: a step changes one row after the other. */
  readonly #weights: Adam;
  readonly #bias: Adam;
  /** One row per class. */
  readonly #classes: Adam;
  readonly #stems: Adam;
  /** The values of both. */
  readonly #told: ClassWeights;
  readonly #size: number;
  /** Peaks and what else is known. */
  readonly #features: number;
  readonly #count: number;
  readonly #random: () => number;

  constructor(filters: number, known: number, { stems, classes }: Shape, random: () => number) {
    const features = filters + known;
    this.#size = filters;
    this.#features = features;
    this.#count = classes;
    this.#random = random;
    this.#weights = new Adam(this.#small(filters * WIDTH, WIDTH));
    this.#bias = new Adam(this.#small(filters, WIDTH));
    this.#classes = new Adam(this.#small(classes * features, features));
    this.#stems = new Adam(new Float32Array(stems * classes));
    const { values } = this.#classes;
    this.#told = {
      rows: Array.from({ length: classes }, (_, at) =>
        values.subarray(at * features, (at + 1) * features),
      ),
      stems: this.#stems.values,
    };
  }

  /** Numbers of chance, small enough that `count` of them together stay so. */
  #small(length: number, count: number): Float32Array {
    const most = count ** -0.5;
    return Float32Array.from({ length }, () => most * (2 * this.#random() - 1));
  }

  learn(batch: readonly Sample[], rate: number, product: Product): void {
    const rows = widened(batch);
    const found = product(rows, WIDTH, this.#filters());
    let from = 0;
    for (const sample of batch) {
      const tokens = sample.states.length / WIDTH;
      this.#learnOne(sample, rows, found, from, 1 / batch.length);
      from += tokens;
    }
    for (const learned of [this.#weights, this.#bias, this.#classes, this.#stems]) {
      learned.step(rate, DECAY);
    }
  }

  #learnOne(
    sample: Sample,
    states: Float32Array,
    found: Float32Array,
    from: number,
    share: number,
  ): void {
    const size = this.#size;
    const { features, peakedAt } = peaked(sample, found, from, size);
    const kept = this.#drop(features);
    const stems = sample.stems.filter(() => this.#random() >= STEMS_DROPPED);
    const stemValue = sample.stemValue / (1 - STEMS_DROPPED);

    const slopes = new Float32Array(size);
    const rows = this.#classes;
    const chances = chancesOf(this.#told, features, stems, stemValue);
    for (const [at, chance] of chances.entries()) {
      const slope = share * (chance - (at === sample.class ? 1 : 0));
      if (Math.abs(slope) < FLAT) continue;
      const start = at * this.#features;
      addScaled(rows.slopes, start, features, slope);
      for (const place of stems) this.#stems.slopes[place * this.#count + at]! += slope * stemValue;
      for (let i = 0; i < size; i += 1) slopes[i]! += slope * rows.values[start + i]!;
    }

    for (let i = 0; i < size; i += 1) {
      const token = peakedAt[i]!;
      const slope = slopes[i]! * kept[i]!;
      if (token < 0 || slope === 0) continue;
      this.#bias.slopes[i]! += slope;
      const row = token * WIDTH;
      const start = i * WIDTH;
      for (let j = 0; j < WIDTH; j += 1) {
        this.#weights.slopes[start + j]! += slope * states[row + j]!;
      }
    }
  }

  /** Takes a share of the features out, the constant never; gives what each was multiplied by. */
  #drop(features: Float32Array): Float32Array {
    const kept = new Float32Array(features.length).fill(1);
    for (let i = 0; i < features.length - 1; i += 1) {
      const dropped = i < this.#size ? PEAKS_DROPPED : KNOWN_DROPPED;
      kept[i] = this.#random() < dropped ? 0 : 1 / (1 - dropped);
      features[i]! *= kept[i]!;
    }
    return kept;
  }

  #filters(): Filters {
    const rows = this.#weights.values;
    const size = this.#size;
    const weights = new Float32Array(rows.length);
    for (let filter = 0; filter < size; filter += 1) {
      for (let i = 0; i < WIDTH; i += 1) weights[i * size + filter] = rows[filter * WIDTH + i]!;
    }
    return { weights, bias: this.#bias.values };
  }

  network(): Network {
    return { filters: this.#filters(), classes: this.#told };
  }
}

/** A sample's peaks and what else is known of it; of each peak, at which row it was `found`, or -1. */
function peaked({ states, known }: Sample, found: Float32Array, from: number, size: number) {
  const features = new Float32Array(size + known.length);
  const peakedAt = new Int32Array(size).fill(-1);
  for (let token = from; token < from + states.length / WIDTH; token += 1) {
    for (let i = 0; i < size; i += 1) {
      const value = found[token * size + i]!;
      if (value > features[i]!) {
        features[i] = value;
        peakedAt[i] = token;
      }
    }
  }
  features.set(known, size);
  return { features, peakedAt };
}

/** The states of a batch as floats, one text's behind the other's. */
function widened(batch: readonly Sample[]): Float32Array {
  const length = batch.reduce((sum, { states }) => sum + states.length, 0);
  const words = new Uint32Array(length);
  let at = 0;
  for (const { states } of batch) {
    for (let i = 0; i < states.length; i += 1) words[at + i] = states[i]! << 16;
    at += states.length;
  }
  return new Float32Array(words.buffer);
}

function addScaled(sums: Float32Array, start: number, features: Float32Array, scale: number): void {
  for (let i = 0; i < features.length; i += 1) sums[start + i]! += scale * features[i]!;
}

function softmax(told: Float64Array): Float64Array {
  const most = Math.max(...told);
  const shares = told.map((value) => Math.exp(value - most));
  const sum = shares.reduce((all, value) => all + value, 0);
  return shares.map((value) => value / sum);
}

import { Adam } from '../../knowledge/adam.ts';
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
  /** To be raised, and to be called an emergency. */
  readonly isRaised: boolean;
  readonly isEmergency: boolean;
  /** Which rule, from 1; 0 for none. */
  readonly rule: number;
  /** Of its being raised or not, beside a sample of 1. */
  readonly importance: number;
}

/** Weights over the peaks of the filters, then `known`, then, of the first two, the stems. */
export interface Network {
  readonly filters: Filters;
  readonly raise: Float32Array;
  readonly emergency: Float32Array;
  /** One row per rule, from 1; without stems. */
  readonly ofRules: readonly Float32Array[];
}

export interface Shape {
  readonly stems: number;
  readonly rules: number;
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
/** What a wrong level and a wrong rule count beside a wrong raise. */
const EMERGENCY_COUNTS = 0.5;
const RULE_COUNTS = 0.3;

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

/** Log odds of "raise" and of "emergency". */
export function scoresOf(network: Network, sample: Sample, product: Product): [number, number] {
  const rows = widened([sample]);
  const found = product(rows, WIDTH, network.filters);
  const { features } = peaked(sample, found, 0, network.filters.bias.length);
  return [network.raise, network.emergency].map((weights) => {
    let told = dotFrom(weights, 0, features);
    for (const place of sample.stems) told += sample.stemValue * weights[features.length + place]!;
    return told;
  }) as [number, number];
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
  readonly #raise: Adam;
  readonly #emergency: Adam;
  readonly #rules: Adam;
  readonly #size: number;
  /** Features without the stems. */
  readonly #shared: number;
  /** Rules, and none. */
  readonly #count: number;
  readonly #random: () => number;

  constructor(filters: number, known: number, { stems, rules }: Shape, random: () => number) {
    const shared = filters + known;
    this.#size = filters;
    this.#shared = shared;
    this.#count = rules + 1;
    this.#random = random;
    this.#weights = new Adam(this.#small(filters * WIDTH, WIDTH));
    this.#bias = new Adam(this.#small(filters, WIDTH));
    this.#raise = new Adam(new Float32Array(shared + stems));
    this.#emergency = new Adam(new Float32Array(shared + stems));
    this.#rules = new Adam(this.#small(this.#count * shared, shared));
    this.#raise.values.set(this.#small(filters, shared));
    this.#emergency.values.set(this.#small(filters, shared));
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
    for (const learned of [this.#weights, this.#bias, this.#raise, this.#emergency, this.#rules]) {
      learned.step(rate, DECAY);
    }
  }

  #learnOne(
    sample: Sample,
    rows: Float32Array,
    found: Float32Array,
    from: number,
    share: number,
  ): void {
    const size = this.#size;
    const shared = this.#shared;
    const { features, peakedAt } = peaked(sample, found, from, size);
    const kept = this.#drop(features);
    const stems = sample.stems.filter(() => this.#random() >= STEMS_DROPPED);
    const stemValue = sample.stemValue / (1 - STEMS_DROPPED);

    const slopes = new Float32Array(size);
    const binary = (of: Adam, isTrue: boolean, weight: number) => {
      let told = dotFrom(of.values, 0, features);
      for (const place of stems) told += stemValue * of.values[shared + place]!;
      const slope = weight * share * (1 / (1 + Math.exp(-told)) - (isTrue ? 1 : 0));
      addScaled(of.slopes, 0, features, slope);
      for (const place of stems) of.slopes[shared + place]! += slope * stemValue;
      for (let i = 0; i < size; i += 1) slopes[i]! += slope * of.values[i]!;
    };
    binary(this.#raise, sample.isRaised, sample.importance);
    binary(this.#emergency, sample.isEmergency, EMERGENCY_COUNTS);

    const chances = softmax(
      Float64Array.from({ length: this.#count }, (_, rule) =>
        dotFrom(this.#rules.values, rule * shared, features),
      ),
    );
    for (const [rule, chance] of chances.entries()) {
      const slope = RULE_COUNTS * share * (chance - (rule === sample.rule ? 1 : 0));
      // What is nearly certain moves nothing.
      if (Math.abs(slope) < 1e-7) continue;
      addScaled(this.#rules.slopes, rule * shared, features, slope);
      const start = rule * shared;
      for (let i = 0; i < size; i += 1) slopes[i]! += slope * this.#rules.values[start + i]!;
    }

    for (let i = 0; i < size; i += 1) {
      const token = peakedAt[i]!;
      const slope = slopes[i]! * kept[i]!;
      if (token < 0 || slope === 0) continue;
      this.#bias.slopes[i]! += slope;
      const row = token * WIDTH;
      const start = i * WIDTH;
      for (let j = 0; j < WIDTH; j += 1) this.#weights.slopes[start + j]! += slope * rows[row + j]!;
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
    const shared = this.#shared;
    return {
      filters: this.#filters(),
      raise: this.#raise.values,
      emergency: this.#emergency.values,
      ofRules: Array.from({ length: this.#count - 1 }, (_, rule) =>
        this.#rules.values.slice((rule + 1) * shared, (rule + 2) * shared),
      ),
    };
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

function dotFrom(weights: Float32Array, start: number, features: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < features.length; i += 1) sum += weights[start + i]! * features[i]!;
  return sum;
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

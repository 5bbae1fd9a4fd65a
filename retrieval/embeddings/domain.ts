import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../knowledge/fault.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { dot } from '../../knowledge/linear-algebra.ts';
import { stemsOf } from '../terms.ts';

export const DOMAIN_FILE = join(PROJECT_ROOT, 'retrieval', 'embeddings', 'domain.json');
/** How fast an example's say falls with its distance; chosen by questions nobody had learned from. */
const NARROWNESS = 0.5;
/** Numbers along an axis are kept as this many steps from 0 to 1. */
const STEPS = 32_767;
/** Nearest examples of a section that say how near it is: one alone may be near by a single word. */
const NEAREST = 5;

/** What a `Domain` has learned; n examples, each placed on the same axes. */
export interface LearnedDomain {
  /** Orthogonal, of length 1, each as long as the encoder's vectors. */
  readonly axes: readonly ArrayLike<number>[];
  /** Stems that count, and the rarity of each among the examples. */
  readonly stems: readonly string[];
  readonly rarities: ArrayLike<number>;
  /** Where each example lies: n times one number in [-1, 1] per axis. */
  readonly places: Int16Array;
  /** Numbers of the stems of each example. */
  readonly stemsOf: readonly ArrayLike<number>[];
  /** What each example says for (above 0) or against a question just like it being answered. */
  readonly says: ArrayLike<number>;
  /** The same of a question being the clinic's desk's. */
  readonly saysDesk: ArrayLike<number>;
  /** Sections (`sectionKey`), and for each example the numbers of those that answer it. */
  readonly sections: readonly string[];
  readonly sectionsOf: readonly ArrayLike<number>[];
}

/** What a question is, by the examples it is like. */
export interface Likeness {
  /**
   * About 1 for what the articles are asked, about -1 for what they are not, near 0 for what is like
   * nothing learned.
   */
  readonly answered: number;
  /** The same for the clinic's own business, such as prices and booking. */
  readonly desk: number;
  /** By section (`sectionKey`), how near its examples are; in [0, 1], 0 where it is not here. */
  readonly sections: ReadonlyMap<string, number>;
}

/** A question as the examples are compared with it: on the axes, and by its stems, of length 1 each. */
export interface Placed {
  readonly place: Float64Array;
  /** Weight by number of the stem. */
  readonly stems: ReadonlyMap<number, number>;
}

/**
 * Whether a question is of the sort that articles about dry needling answer, and which section of
 * the bundled ones answers it. Learned (`npm run train`) from what these are asked, against questions
 * that use the same words and are not answered: nearness to a sentence cannot tell these apart. Every
 * example has a say, the more the nearer it lies (kernel ridge regression with a Gaussian kernel; Hastie et al., Elements
 * of Statistical Learning, 5.8).
 */
export class Domain {
  readonly #learned: Pick<LearnedDomain, 'axes' | 'rarities' | 'sections'>;
  /** Where each example lies, as floats: to read them as whole numbers would double a comparison's time. */
  readonly #places: Float32Array;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #says: Float64Array;
  readonly #saysDesk: Float64Array;
  /** Examples that have a stem, and the weight it has in each. */
  readonly #examplesOf: Lists;
  readonly #weightsOf: Float64Array;
  /** Numbers of the sections that answer an example. */
  readonly #sectionsOf: Lists;
  /** Squared lengths of the examples. */
  readonly #squares: Float64Array;

  constructor(learned: LearnedDomain) {
    const { axes, stems, rarities, places, sections } = learned;
    this.#learned = { axes, rarities, sections };
    this.#places = unstepped(places);
    this.#numbers = new Map(stems.map((stem, number) => [stem, number]));
    this.#says = Float64Array.from(learned.says);
    this.#saysDesk = Float64Array.from(learned.saysDesk);
    this.#sectionsOf = listed(learned.sectionsOf);
    const examples = stems.map((): number[] => []);
    const weights = stems.map((): number[] => []);
    const width = axes.length;
    this.#squares = Float64Array.from(learned.stemsOf, (numbers, example) => {
      const own = weightsOf(numbers, rarities);
      for (const [i, weight] of own.entries()) {
        examples[numbers[i]!]!.push(example);
        weights[numbers[i]!]!.push(weight);
      }
      const at = this.#places.subarray(example * width, (example + 1) * width);
      return dot(at, at) + (own.length === 0 ? 0 : 1);
    });
    this.#examplesOf = listed(examples);
    this.#weightsOf = Float64Array.from(weights.flat());
  }

  /** `vector` is the question's, of length 1, as the encoder gives it. */
  compare(vector: ArrayLike<number>, question: string): Likeness {
    const { axes, rarities, sections: keys } = this.#learned;
    const says = this.#says;
    const saysDesk = this.#saysDesk;
    const placed = place(vector, stemsOf(question), axes, this.#numbers, rarities);
    const shared = new Float64Array(says.length);
    const { values: examples, from: examplesFrom } = this.#examplesOf;
    for (const [number, weight] of placed.stems) {
      for (let at = examplesFrom[number]!; at < examplesFrom[number + 1]!; at += 1) {
        shared[examples[at]!]! += weight * this.#weightsOf[at]!;
      }
    }
    const own = dot(placed.place, placed.place) + (placed.stems.size === 0 ? 0 : 1);
    const nearest = keys.map(() => new Float64Array(NEAREST));
    const { values: sections, from: sectionsFrom } = this.#sectionsOf;
    let answered = 0;
    let desk = 0;
    for (let example = 0; example < says.length; example += 1) {
      const product =
        shared[example]! + productAt(placed.place, this.#places, example * axes.length);
      const near = closeness(own + this.#squares[example]! - 2 * product);
      answered += says[example]! * near;
      desk += saysDesk[example]! * near;
      for (let at = sectionsFrom[example]!; at < sectionsFrom[example + 1]!; at += 1) {
        keep(nearest[sections[at]!]!, near);
      }
    }
    return {
      answered,
      desk,
      sections: new Map(keys.map((key, i) => [key, mean(nearest[i]!)] as const)),
    };
  }
}

/** In a plain loop: two million calls, which `from` would make, take a tenth of a start. */
function unstepped(steps: Int16Array): Float32Array {
  const values = new Float32Array(steps.length);
  for (let i = 0; i < steps.length; i += 1) values[i] = steps[i]! / STEPS;
  return values;
}

/** Lists of numbers, one behind the other: thousands of small arrays take ten times the room. */
interface Lists {
  readonly values: Uint32Array;
  /** Where each list begins, and where the last one ends. */
  readonly from: Uint32Array;
}

function listed(lists: readonly ArrayLike<number>[]): Lists {
  const from = new Uint32Array(lists.length + 1);
  for (const [at, { length }] of lists.entries()) from[at + 1] = from[at]! + length;
  const values = new Uint32Array(from[lists.length]!);
  for (const [at, list] of lists.entries()) values.set(list, from[at]);
  return { values, from };
}

/** In four sums, because one waits for each addition before the next: a turn does this for every example. */
function productAt(one: Float64Array, places: Float32Array, start: number): number {
  const width = one.length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < width; i += 4) {
    a += one[i]! * places[start + i]!;
    b += one[i + 1]! * places[start + i + 1]!;
    c += one[i + 2]! * places[start + i + 2]!;
    d += one[i + 3]! * places[start + i + 3]!;
  }
  for (; i < width; i += 1) a += one[i]! * places[start + i]!;
  return a + b + (c + d);
}

/** Takes a value in among the highest, which fall. */
function keep(highest: Float64Array, value: number): void {
  let at = highest.length - 1;
  if (value <= highest[at]!) return;
  for (; at > 0 && highest[at - 1]! < value; at -= 1) highest[at] = highest[at - 1]!;
  highest[at] = value;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** In (0, 1], by the square of a distance. */
export function closeness(squaredDistance: number): number {
  return Math.exp(-NARROWNESS * squaredDistance);
}

export function place(
  vector: ArrayLike<number>,
  stems: readonly string[],
  axes: readonly ArrayLike<number>[],
  numbers: ReadonlyMap<string, number>,
  rarities: ArrayLike<number>,
): Placed {
  const known = [...new Set(stems)].flatMap((stem) => numbers.get(stem) ?? []);
  return {
    place: Float64Array.from(axes, (axis) => dot(axis, vector)),
    stems: new Map(weightsOf(known, rarities).map((weight, i) => [known[i]!, weight])),
  };
}

/** The rarities of some stems, scaled to length 1 together. */
function weightsOf(numbers: ArrayLike<number>, rarities: ArrayLike<number>): number[] {
  const weights = Array.from(numbers, (number) => rarities[number] ?? 0);
  const length = Math.sqrt(dot(weights, weights)) || 1;
  return weights.map((weight) => weight / length);
}

/** A number along an axis as it is kept. */
export function step(value: number): number {
  return Math.round(Math.max(-1, Math.min(1, value)) * STEPS);
}

const floats = z.base64().transform((text) => new Float32Array(bytesIn(text)));
const integers = z.base64().transform((text) => new Int16Array(bytesIn(text)));
/** Checked in one loop: a schema for each of seventy thousand numbers takes a tenth of a second. */
const lists = z.custom<number[][]>(
  (value) =>
    Array.isArray(value) &&
    value.every((list) => Array.isArray(list) && list.every((n) => Number.isInteger(n) && n >= 0)),
  'expected lists of whole numbers',
);
const fileSchema = z
  .strictObject({
    axes: z.array(floats).min(1),
    stems: z.array(z.string()),
    rarities: floats,
    places: integers,
    stemsOf: lists,
    says: floats,
    saysDesk: floats,
    sections: z.array(z.string()),
    sectionsOf: lists,
  })
  .refine(
    ({ axes, stems, rarities, places, stemsOf: of, says, saysDesk, sections, sectionsOf }) =>
      rarities.length === stems.length &&
      of.length === says.length &&
      saysDesk.length === says.length &&
      sectionsOf.length === says.length &&
      sectionsOf.flat().every((section) => section < sections.length) &&
      places.length === says.length * axes.length,
    'its parts do not belong together',
  );

/** Throws `MODEL_UNAVAILABLE` naming the file where it is missing or damaged. */
export function loadDomain(file = DOMAIN_FILE): Domain {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Fault('MODEL_UNAVAILABLE', `${file} cannot be read; run npm run train`, {
      cause: error,
    });
  }
  const parsed = fileSchema.safeParse(content);
  if (parsed.success) return new Domain(parsed.data);
  throw new Fault('MODEL_UNAVAILABLE', `${file}: ${z.prettifyError(parsed.error)}`);
}

/** The text that `loadDomain` reads. */
export function domainText(learned: LearnedDomain): string {
  const { axes, rarities, places, says, saysDesk, ...rest } = learned;
  return `${JSON.stringify({
    axes: axes.map((axis) => textOf(Float32Array.from(axis))),
    rarities: textOf(Float32Array.from(rarities)),
    places: textOf(places),
    says: textOf(Float32Array.from(says)),
    saysDesk: textOf(Float32Array.from(saysDesk)),
    ...rest,
    stemsOf: rest.stemsOf.map((numbers) => Array.from(numbers)),
    sectionsOf: rest.sectionsOf.map((numbers) => Array.from(numbers)),
  })}\n`;
}

function textOf({ buffer, byteOffset, byteLength }: Float32Array | Int16Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function bytesIn(text: string): ArrayBuffer {
  const bytes = Buffer.from(text, 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}

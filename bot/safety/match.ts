import type { CompiledStep, Phrasebook } from '../../knowledge/phrasebook.ts';
import type { Word } from './words.ts';

/** A concept found in the words `[from, to)`. */
export interface Hit {
  readonly concept: string;
  readonly from: number;
  readonly to: number;
  readonly language: 'en' | 'es';
  /** Heard in words that as often mean something else. */
  readonly isWeak: boolean;
}

export interface Found {
  readonly hits: Hit[];
  /** Places where a concept's words mean something else. */
  readonly exceptions: Hit[];
}

/** Words that are looked at together to rule patterns out, and how far past them a pattern may reach. */
const BLOCK = 96;
const REACH = 64;
const NOWHERE = -1;

/** In which block each pattern was last tried, by `blocksTried`: one array for every message, not one each. */
let triedIn = new Float64Array(0);
let blocksTried = 0;

/**
 * Every marker, or every other concept, in reading order. Gaps never pass a word of `barriers`.
 *
 * A pattern is tried in a sentence that has every word it needs. It reaches a bounded number of
 * words, so the cost grows with the length of the text only.
 */
export function findHits(
  words: readonly Word[],
  { phrases, markerKeys, conceptKeys }: Phrasebook,
  kind: 'markers' | 'concepts',
  barriers: ReadonlySet<number>,
): Found {
  const hits: Hit[] = [];
  const exceptions: Hit[] = [];
  const keys = kind === 'markers' ? markerKeys : conceptKeys;
  if (triedIn.length < phrases.length) triedIn = new Float64Array(phrases.length);
  const stretch: Stretch = { words, barriers, end: 0, isGreedy: false };
  for (let block = 0, next = 0; block < words.length; block = next) {
    if (block === stretch.end) stretch.end = endOfSentence(words, block);
    next = Math.min(stretch.end, block + BLOCK);
    blocksTried += 1;
    const near = placesBetween(words, block, Math.min(stretch.end, next + REACH));
    for (const atom of near.keys()) {
      for (const index of keys.get(atom) ?? []) {
        const phrase = phrases[index];
        if (!phrase || triedIn[index] === blocksTried) continue;
        triedIn[index] = blocksTried;
        if (!hasAll(phrase.needs, near)) continue;
        stretch.isGreedy = phrase.isException;
        const { concept, language, isWeak } = phrase;
        for (const from of placesOf(phrase.firsts, near)) {
          if (from >= next) continue;
          const to = follow(phrase.steps, 0, from, null, stretch);
          if (to <= from) continue;
          (phrase.isException ? exceptions : hits).push({ concept, language, isWeak, from, to });
        }
      }
    }
  }
  return { hits: hits.sort(inOrder), exceptions };
}

/** In reading order, the shorter first. */
export function inOrder(one: Hit, other: Hit): number {
  return one.from - other.from || one.to - other.to;
}

function endOfSentence(words: readonly Word[], from: number): number {
  const sentence = words[from]?.sentence;
  let end = from;
  while (end < words.length && words[end]?.sentence === sentence) end += 1;
  return end;
}

/** Where each word stands. */
type Places = ReadonlyMap<number, readonly number[]>;

function placesBetween(words: readonly Word[], from: number, to: number): Places {
  const places = new Map<number, number[]>();
  for (let at = from; at < to; at += 1) {
    for (const atom of words[at]?.atoms ?? []) {
      const known = places.get(atom);
      if (known) known.push(at);
      else places.set(atom, [at]);
    }
  }
  return places;
}

const NONE: readonly number[] = [];

/** Each place once, though a word may be two of the atoms. */
function placesOf(atoms: ReadonlySet<number>, places: Places): Iterable<number> {
  let only: readonly number[] = NONE;
  let all: Set<number> | undefined;
  const note = (found: readonly number[] | undefined) => {
    if (!found) return;
    if (only === NONE) only = found;
    else {
      all ??= new Set(only);
      for (const at of found) all.add(at);
    }
  };
  if (atoms.size < places.size) for (const atom of atoms) note(places.get(atom));
  else for (const [atom, found] of places) if (atoms.has(atom)) note(found);
  return all ?? only;
}

function hasAll(needs: readonly ReadonlySet<number>[], near: Places): boolean {
  for (const need of needs) if (!meets(need, near)) return false;
  return true;
}

function meets(need: ReadonlySet<number>, near: Places): boolean {
  if (need.size < near.size) {
    for (const atom of need) if (near.has(atom)) return true;
  } else for (const atom of near.keys()) if (need.has(atom)) return true;
  return false;
}

/** The sentence that a pattern is tried in. */
interface Stretch {
  readonly words: readonly Word[];
  readonly barriers: ReadonlySet<number>;
  end: number;
  /** An exception covers as much as it can, a hit no more than it needs. */
  isGreedy: boolean;
}

/** What is left to match after a choice. */
interface Rest {
  readonly steps: readonly CompiledStep[];
  readonly from: number;
  readonly rest: Rest | null;
}

/** Where a match of the steps from `index` on ends when they start at `at`, or NOWHERE. */
function follow(
  steps: readonly CompiledStep[],
  index: number,
  at: number,
  rest: Rest | null,
  stretch: Stretch,
): number {
  const step = steps[index];
  if (!step) return rest ? follow(rest.steps, rest.from, at, rest.rest, stretch) : at;
  if (step.kind === 'gap') return pass(steps, index, at, rest, stretch);
  if (step.isOptional && !stretch.isGreedy) {
    const without = follow(steps, index + 1, at, rest, stretch);
    if (without !== NOWHERE) return without;
  }
  if (at < stretch.end) {
    const end =
      step.kind === 'one'
        ? isAt(step.atoms, at, stretch)
          ? follow(steps, index + 1, at + 1, rest, stretch)
          : NOWHERE
        : choose(step.options, { steps, from: index + 1, rest }, at, stretch);
    if (end !== NOWHERE) return end;
  }
  return step.isOptional && stretch.isGreedy
    ? follow(steps, index + 1, at, rest, stretch)
    : NOWHERE;
}

function isAt(atoms: ReadonlySet<number>, at: number, { words }: Stretch): boolean {
  for (const atom of words[at]?.atoms ?? []) if (atoms.has(atom)) return true;
  return false;
}

function choose(
  options: readonly (readonly CompiledStep[])[],
  rest: Rest,
  at: number,
  stretch: Stretch,
): number {
  for (const option of options) {
    const [first] = option;
    if (first?.kind === 'one' && !first.isOptional && !isAt(first.atoms, at, stretch)) continue;
    const end = follow(option, 0, at, rest, stretch);
    if (end !== NOWHERE) return end;
  }
  return NOWHERE;
}

function pass(
  steps: readonly CompiledStep[],
  index: number,
  at: number,
  rest: Rest | null,
  stretch: Stretch,
): number {
  const gap = steps[index];
  const most = gap?.kind === 'gap' ? gap.most : 0;
  let reach = 0;
  while (reach < most && at + reach < stretch.end && !stretch.barriers.has(at + reach)) reach += 1;
  for (let step = 0; step <= reach; step += 1) {
    const passed = stretch.isGreedy ? reach - step : step;
    const end = follow(steps, index + 1, at + passed, rest, stretch);
    if (end !== NOWHERE) return end;
  }
  return NOWHERE;
}

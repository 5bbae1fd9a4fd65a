import type { Article } from '../knowledge/article.ts';
import type { Claim, Role } from './claim.ts';
import type { Row } from './rows.ts';
import { stemOf, stemsOf } from './terms.ts';

/** A claim with its sentence: as read under its lead-in or table heads, and alone. */
export interface Worded {
  readonly claim: Claim;
  readonly own: string;
}

/** What the words of two claims count for, next to the cosine of their sentences. */
const WORDS_SHARE = 0.5;
/**
 * Likeness from which two claims are taken to be about the same thing, by kind: set by reading every
 * pair found in ten articles (retrieval/README.md). Lower where the kind itself is rare.
 */
const SAME_FROM: Readonly<Record<string, number>> = {
  time: 0.42,
  'count visit': 0.25,
  permission: 0.42,
  invasive: 0.25,
  evidence: 0.29,
  requirement: 0.4,
  pain: 0.36,
  occurrence: 0.47,
  medicine: 0.4,
};
const SAME_FROM_ELSE = 0.5;
/** A stem in fewer sentences than this share of them says what a sentence is about. */
const SPECIFIC_BELOW = 0.06;
/** So many have it in a corpus too small for shares. */
const SPECIFIC_IN_ANY = 3;
/** Names of a kind of thing: "side effect" does not say which one. */
const KINDS_OF_THING = new Set(
  'side effect risk complication reaction problem condition symptom case area treatment therapy procedure step method'
    .split(' ')
    .map((word) => stemOf(word)),
);
/** Least share of what an advice is about that another on the same must name too. */
const OWN_SHARE = 0.4;
/** Stems of a claim so short that each of its words counts. */
const SHORT = 3;
/** Said of something that must be the same one. */
const HAS_OBJECT = new Set(['permission', 'occurrence']);
/** A heading that sets two things against each other. */
const CONTRAST = /\b(?:vs\.?|versus|compared|differ\w*|same as)(?:\s|$|[?:])/i;
/** Of a word that stands only over the sentence, next to one in it. */
const CONTEXT_WEIGHT = 0.5;
/** Amounts farther apart than this factor are of different things: seconds and months. */
const FARTHEST = 60;
/** What these are said of is the treatment as a whole, which no rare word names. */
const OF_THE_WHOLE = new Set(['invasive', 'evidence', 'pain', 'count visit']);

/**
 * Opposites that make two sentences speak of different cases: relief in the short and in the long
 * term. A sentence that names both, or neither, speaks of either.
 */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:short|immediate)/i, /\blong/i],
  [/\bacute\b/i, /\bchronic\b/i],
  [/\bbefore\b/i, /\bafter\b|\bfollowing\b/i],
  [/\bsuperficial\b/i, /\bdeep\b/i],
  [/\bupper\b/i, /\blower\b/i],
  [/\bwom[ae]n\b/i, /\b(?<!wo)m[ae]n\b/i],
  [/\bchild(?:ren)?\b/i, /\badults?\b/i],
  [/\bopens?\b/i, /\bclos(?:es?|ed)\b/i],
  [/\bfirst\b/i, /\b(?:second|later|last)\b/i],
];

/** Decides whether two claims of one kind speak of the same thing, by one corpus's words. */
export class SameThing {
  readonly #frequency = new Map<string, number>();
  readonly #rivals: ReadonlySet<string>;
  readonly #sentences: number;

  constructor(articles: readonly Article[], rows: readonly Row[]) {
    let sentences = 0;
    for (const { kind, text } of rows) {
      if (kind !== 'sentence') continue;
      sentences++;
      for (const stem of new Set(stemsOf(text))) {
        this.#frequency.set(stem, (this.#frequency.get(stem) ?? 0) + 1);
      }
    }
    this.#sentences = sentences;
    this.#rivals = rivalsIn(articles);
  }

  /** Whether a stem says what a sentence is about: few sentences have it. */
  isSpecific(stem: string): boolean {
    const frequency = this.#frequency.get(stem) ?? 0;
    return frequency <= Math.max(SPECIFIC_IN_ANY, SPECIFIC_BELOW * this.#sentences);
  }

  /** Stems that both claims have in their own words, the most telling first. */
  shared(a: Claim, b: Claim): string[] {
    return [...a.stems]
      .filter((stem) => b.stems.has(stem))
      .sort(
        (x, y) =>
          Number(this.isSpecific(y)) - Number(this.isSpecific(x)) ||
          this.#idf(y) - this.#idf(x) ||
          (x < y ? -1 : 1),
      );
  }

  /** Those of `shared` that name a thing, and not only a kind of thing where it is graded. */
  telling(shared: readonly string[], { value }: Claim): string[] {
    const isGraded = value.type === 'stance';
    return shared.filter(
      (stem) => this.isSpecific(stem) && !(isGraded && KINDS_OF_THING.has(stem)),
    );
  }

  /**
   * Likeness in [0, 1] of what two claims are about, from their words and the `cosine` of their
   * sentences; undefined where they are taken to be about different things.
   */
  likeness(a: Worded, b: Worded, telling: readonly string[], cosine: number): number | undefined {
    const { kind } = a.claim;
    if (isOtherCase(a.own, b.own) || !isComparable(a.claim, b.claim)) return undefined;
    if (!isUnder(a.claim, b.claim) || !isUnder(b.claim, a.claim)) return undefined;
    if (this.#areRivals(a.claim, b.claim)) return undefined;
    if (!isNamed(a.claim, b.claim) && telling.length === 0) return undefined;
    if (HAS_OBJECT.has(kind) && !this.#isOfOne(a.claim, b.claim)) return undefined;
    const words = this.#overlap(a.claim, b.claim);
    const likeness = WORDS_SHARE * words + (1 - WORDS_SHARE) * Math.max(0, cosine);
    return likeness < (SAME_FROM[kind] ?? SAME_FROM_ELSE) ? undefined : likeness;
  }

  /** In (0, 1]. */
  #idf(stem: string): number {
    const all = this.#sentences + 1;
    return Math.log(all / ((this.#frequency.get(stem) ?? 0) + 0.5)) / Math.log(2 * all);
  }

  /** Idf share of the shorter claim's words that the other has too, in [0, 1]. */
  #overlap(a: Claim, b: Claim): number {
    const weightIn = (claim: Claim, stem: string): number =>
      claim.stems.has(stem) ? 1 : claim.context.has(stem) ? CONTEXT_WEIGHT : 0;
    let shared = 0;
    for (const stem of new Set([...a.stems, ...b.stems])) {
      shared += this.#idf(stem) * Math.min(weightIn(a, stem), weightIn(b, stem));
    }
    const total = (claim: Claim): number => {
      let sum = 0;
      for (const stem of claim.stems) sum += this.#idf(stem);
      return sum;
    };
    const least = Math.min(total(a), total(b));
    return least === 0 ? 0 : Math.min(1, shared / least);
  }

  /**
   * Whether what one of them advises on, or calls rare, is what the other does: enough of the words of
   * one, and of a short one in any case.
   */
  #isOfOne(a: Claim, b: Claim): boolean {
    const shares = [this.#share(a, b), this.#share(b, a)];
    const lengths = [a.stems.size, b.stems.size];
    return (
      Math.max(...shares) >= OWN_SHARE &&
      shares.every((share, i) => (lengths[i] as number) > SHORT || share >= OWN_SHARE)
    );
  }

  /** Of an item, the larger of the shares of its name and of all of it. */
  #share({ name, stems }: Claim, other: Claim): number {
    const shareIn = (words: ReadonlySet<string>): number => {
      let shared = 0;
      let total = 0;
      for (const stem of words) {
        total += this.#idf(stem);
        if (other.stems.has(stem)) shared += this.#idf(stem);
      }
      return total === 0 ? 0 : shared / total;
    };
    return Math.max(shareIn(name), shareIn(stems));
  }

  /** Whether the one speaks of the one rival and the other of the other. */
  #areRivals(a: Claim, b: Claim): boolean {
    const ofA = [...a.stems].filter((stem) => this.#rivals.has(stem));
    const ofB = [...b.stems].filter((stem) => this.#rivals.has(stem));
    return ofA.some((stem) => !ofB.includes(stem)) && ofB.some((stem) => !ofA.includes(stem));
  }
}

/** Words by which the headings of two articles set two things against each other: "X vs. Y". */
function rivalsIn(articles: readonly Article[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { sections } of articles) {
    const stems = new Set(
      sections
        .flatMap(({ path }) => path)
        .filter((heading) => CONTRAST.test(heading))
        .flatMap((heading) => stemsOf(heading)),
    );
    for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([stem]) => stem));
}

function isOtherCase(a: string, b: string): boolean {
  return OPPOSITES.some(([one, other]) => {
    const a1 = one.test(a);
    const a2 = other.test(a);
    const b1 = one.test(b);
    const b2 = other.test(b);
    return (a1 && !a2 && b2 && !b1) || (a2 && !a1 && b1 && !b2);
  });
}

/** Whether a cell's column is something the other speaks of too. */
function isUnder({ column }: Claim, other: Claim): boolean {
  for (const stem of column) if (!other.stems.has(stem) && !other.context.has(stem)) return false;
  return true;
}

/** Whether both say by their kind or role what they are about. */
function isNamed(a: Claim, b: Claim): boolean {
  return isOfTheWhole(a) || (a.role !== undefined && isNaming(a.role) && a.role === b.role);
}

function isComparable(one: Claim, other: Claim): boolean {
  if (one.role && other.role && one.role !== other.role) return false;
  const { value: a } = one;
  const { value: b } = other;
  if (a.type !== 'amount' || b.type !== 'amount') return true;
  const top = (high: number, low: number): number => (Number.isFinite(high) ? high : low);
  const x = top(a.amount.high, a.amount.low);
  const y = top(b.amount.high, b.amount.low);
  return Math.max(x, y) / Math.max(1e-9, Math.min(x, y)) <= FARTHEST;
}

/** Whether the claim is of the treatment as a whole, which no rare word names. */
export function isOfTheWhole({ kind }: Claim): boolean {
  return OF_THE_WHOLE.has(kind);
}

/** Whether a role says what an amount is of. */
export function isNaming(role: Role | undefined): boolean {
  return role === 'length' || role === 'stay';
}

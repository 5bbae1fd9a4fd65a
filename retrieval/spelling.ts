import type { Article } from '../knowledge/article.ts';
import { tokenize } from '../knowledge/tokens.ts';
import { spokenCount } from './terms.ts';

/** Words heard fewer times than this in 51 million are as likely slips as words. */
const KNOWN_FROM_COUNT = 3;
/** From this length on two slips are forgiven. */
const TWO_SLIPS_FROM_LENGTH = 8;
const SHORTEST_CORRECTED = 4;

/** Corrects words that are neither in the corpus nor English to the nearest word that is in it. */
export class Spelling {
  /** Corpus words by length, with how often each stands there. */
  readonly #byLength = new Map<number, string[]>();
  readonly #counts: ReadonlyMap<string, number>;

  constructor(counts: ReadonlyMap<string, number>) {
    this.#counts = counts;
    for (const word of counts.keys()) {
      const list = this.#byLength.get(word.length);
      if (list) list.push(word);
      else this.#byLength.set(word.length, [word]);
    }
  }

  isKnown(word: string): boolean {
    return this.#counts.has(word) || spokenCount(word) >= KNOWN_FROM_COUNT;
  }

  /** The corpus word meant, or undefined where the word is known or nothing is near enough. */
  correct(word: string): string | undefined {
    if (word.length < SHORTEST_CORRECTED || /\d/.test(word) || this.isKnown(word)) return undefined;
    const allowed = word.length >= TWO_SLIPS_FROM_LENGTH ? 2 : 1;
    let best: { word: string; slips: number; count: number } | undefined;
    for (let length = word.length - allowed; length <= word.length + allowed; length++) {
      for (const candidate of this.#byLength.get(length) ?? []) {
        const slips = editDistance(word, candidate, allowed);
        if (slips > allowed) continue;
        const count = this.#counts.get(candidate) ?? 0;
        if (!best || slips < best.slips || (slips === best.slips && count > best.count)) {
          best = { word: candidate, slips, count };
        }
      }
    }
    return best?.word;
  }
}

/**
 * Damerau-Levenshtein distance with adjacent swaps (optimal string alignment), cut off: any value
 * above `limit` only says that it is above.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}

/** Folded words of the articles and of what they are asked, with how often each stands there. */
export function vocabularyOf(articles: readonly Article[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { title, text, sections } of articles) {
    const parts = [title, text, ...sections.flatMap(({ asked }) => asked)];
    for (const part of parts) {
      for (const { word } of tokenize(part)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

import type { Hit } from './match.ts';
import type { Word } from './words.ts';

/** The concepts of `concepts/context.yaml` that change how others count; each is told there. */
export const MARKERS = [
  'negator',
  'noun-negator',
  'not-a-negator',
  'terminator',
  'subject',
  'barrier',
  'asked-first',
  'someone-there',
  'list-word',
  'denied-after',
  'new-now',
  'over',
  'not-over',
  'recurring',
  'now',
  'long-ago',
  'formerly',
  'family-history',
  'informational',
  'if',
  'own-report',
  'asks-normal',
  'anyone',
  'fiction',
  'idiom',
  'offer',
  'yes',
  'no',
  'all-of-them',
  'first-of-them',
  'second-of-them',
  'last-of-them',
  'plain-safety',
  'spanish',
  'english',
] as const;
export type Marker = (typeof MARKERS)[number];

/** Where the markers stand in one utterance. */
export class MarkerMap {
  readonly #hits = new Map<string, Hit[]>();
  readonly #covering = new Map<string, Set<number>>();

  constructor(hits: readonly Hit[]) {
    for (const hit of hits) {
      const known = this.#hits.get(hit.concept);
      if (known) known.push(hit);
      else this.#hits.set(hit.concept, [hit]);
      let covered = this.#covering.get(hit.concept);
      if (!covered) this.#covering.set(hit.concept, (covered = new Set()));
      for (let at = hit.from; at < hit.to; at += 1) covered.add(at);
    }
  }

  of(marker: Marker): readonly Hit[] {
    return this.#hits.get(marker) ?? [];
  }

  covers(marker: Marker, at: number): boolean {
    return this.#covering.get(marker)?.has(at) ?? false;
  }

  has(marker: Marker): boolean {
    return this.#hits.has(marker);
  }

  /** Sentences in which the marker stands. */
  sentences(marker: Marker, words: readonly Word[]): ReadonlySet<number> {
    return new Set(this.of(marker).map(({ from }) => words[from]?.sentence ?? -1));
  }
}

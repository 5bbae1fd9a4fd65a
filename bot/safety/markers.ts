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
  'denied-sign',
  'ordinary-sign',
  'new-now',
  'over',
  'not-over',
  'recurring',
  'now',
  'well-now',
  'plainly-told',
  'present-tense',
  'long-ago',
  'formerly',
  'family-history',
  'informational',
  'policy',
  'if',
  'own-report',
  'asks-normal',
  'anyone',
  'general',
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
  /** By marker and sentence. */
  readonly #inSentence = new Map<string, Map<number, Hit[]>>();
  readonly #covering = new Map<string, Uint8Array>();

  constructor(hits: readonly Hit[], words: readonly Word[]) {
    for (const hit of hits) {
      let known = this.#hits.get(hit.concept);
      if (!known) this.#hits.set(hit.concept, (known = []));
      known.push(hit);

      let sentences = this.#inSentence.get(hit.concept);
      if (!sentences) this.#inSentence.set(hit.concept, (sentences = new Map()));
      const sentence = words[hit.from]?.sentence ?? -1;
      const there = sentences.get(sentence);
      if (there) there.push(hit);
      else sentences.set(sentence, [hit]);

      let covered = this.#covering.get(hit.concept);
      if (!covered) this.#covering.set(hit.concept, (covered = new Uint8Array(words.length)));
      covered.fill(1, hit.from, hit.to);
    }
  }

  of(marker: Marker): readonly Hit[] {
    return this.#hits.get(marker) ?? [];
  }

  in(marker: Marker, sentence: number): readonly Hit[] {
    return this.#inSentence.get(marker)?.get(sentence) ?? [];
  }

  covers(marker: Marker, at: number): boolean {
    return this.#covering.get(marker)?.[at] === 1;
  }

  /** What says that it is about the present; "fine now" says that it is over. */
  get now(): readonly Hit[] {
    return this.of('now').filter((mark) => !this.isWithin('well-now', mark));
  }

  /** Whether the marker covers some word of a hit. */
  isWithin(marker: Marker, { from, to }: Hit): boolean {
    for (let at = from; at < to; at += 1) if (this.covers(marker, at)) return true;
    return false;
  }

  /** Whether one begins there: "none of the" is one denial, not three. */
  begins(marker: Marker, at: number): boolean {
    return this.of(marker).some(({ from }) => from === at);
  }

  has(marker: Marker): boolean {
    return this.#hits.has(marker);
  }

  /** Sentences in which the marker stands. */
  sentences(marker: Marker): ReadonlySet<number> {
    return new Set(this.#inSentence.get(marker)?.keys());
  }
}

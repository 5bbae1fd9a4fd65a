/** Text of one chunk by field, already reduced to stems. */
export interface FieldStems {
  readonly heading: readonly string[];
  readonly question: readonly string[];
  readonly asked: readonly string[];
  readonly body: readonly string[];
  readonly title: readonly string[];
}

const FIELDS = ['heading', 'question', 'asked', 'body', 'title'] as const;
type Field = (typeof FIELDS)[number];

/** How much a word counts by where it stands (measured, retrieval/README.md). */
const FIELD_WEIGHT: Record<Field, number> = {
  heading: 1.5,
  question: 1,
  asked: 0.8,
  body: 1,
  title: 0.4,
};
/** How far a field's length discounts its words, in [0, 1]. */
const FIELD_B: Record<Field, number> = {
  heading: 0.5,
  question: 0.5,
  asked: 0.75,
  body: 0.75,
  title: 0.5,
};
/** Saturation: the second occurrence adds less than the first. Useful range .5 to 2. */
const K1 = 1.2;

interface Posting {
  readonly chunk: number;
  /** Weighted, length-normalised frequency over all fields. */
  readonly frequency: number;
}

/**
 * BM25F (Robertson, Zaragoza & Taylor 2004): fields are added up before saturation.
 * Scores are unbounded and order one query's chunks only.
 */
export class LexicalIndex {
  readonly #postings = new Map<string, Posting[]>();
  readonly #size: number;

  constructor(chunks: readonly FieldStems[]) {
    this.#size = chunks.length;
    const average = Object.fromEntries(
      FIELDS.map((field) => [
        field,
        chunks.reduce((sum, chunk) => sum + chunk[field].length, 0) / Math.max(1, chunks.length),
      ]),
    ) as Record<Field, number>;
    for (const [number, chunk] of chunks.entries()) {
      const frequencies = new Map<string, number>();
      for (const field of FIELDS) {
        const { length } = chunk[field];
        const norm =
          1 - FIELD_B[field] + (FIELD_B[field] * length) / Math.max(1e-9, average[field]);
        for (const stem of chunk[field]) {
          frequencies.set(stem, (frequencies.get(stem) ?? 0) + FIELD_WEIGHT[field] / norm);
        }
      }
      for (const [stem, frequency] of frequencies) {
        const list = this.#postings.get(stem);
        if (list) list.push({ chunk: number, frequency });
        else this.#postings.set(stem, [{ chunk: number, frequency }]);
      }
    }
  }

  has(stem: string): boolean {
    return this.#postings.has(stem);
  }

  /** Robertson-Sparck Jones idf, never negative; the highest for a stem in no chunk. */
  idf(stem: string): number {
    const found = this.#postings.get(stem)?.length ?? 0;
    return Math.log(1 + (this.#size - found + 0.5) / (found + 0.5));
  }

  /** Score by chunk number, for chunks that hold at least one of the stems. */
  search(weights: ReadonlyMap<string, number>): Map<number, number> {
    const scores = new Map<number, number>();
    for (const [stem, weight] of weights) {
      const idf = this.idf(stem);
      for (const { chunk, frequency } of this.#postings.get(stem) ?? []) {
        const gain = (weight * idf * frequency * (K1 + 1)) / (K1 + frequency);
        scores.set(chunk, (scores.get(chunk) ?? 0) + gain);
      }
    }
    return scores;
  }
}

import type { Article, Section } from '../knowledge/article.ts';
import type { Chunk } from '../knowledge/chunk.ts';

/** A chunk with where it stands. */
export interface Passage {
  readonly chunk: Chunk;
  readonly article: Article;
  readonly section: Section;
}

/** One ranked chunk. */
export interface Hit extends Passage {
  /** Orders this query's hits, higher first; in [0, 1 + dense weight]; says nothing across queries. */
  readonly score: number;
  readonly scores: {
    /** BM25F, unbounded. */
    readonly lexical: number;
    /** Highest cosine of a sentence, heading or asked line, in [-1, 1]. */
    readonly dense: number;
    /** Highest cosine of the heading or an asked line alone, in [-1, 1]. */
    readonly topic: number;
    /** Highest of `echoes`. */
    readonly echo: number;
    /** How near the questions are that its section is known to answer; in [0, 1], 0 where none are. */
    readonly asked: number;
  };
  /** Cosine of each of `chunk.sentences`, in their order, in [-1, 1]. */
  readonly similarities: readonly number[];
  /** Nearness of each of `chunk.sentences` to what the bridge says to the question, in [-1, 1]; 0 without one. */
  readonly echoes: readonly number[];
}

import type { Article, Section } from '../knowledge/article.ts';
import type { Chunk } from '../knowledge/chunk.ts';

/** One ranked chunk. */
export interface Hit {
  readonly chunk: Chunk;
  readonly article: Article;
  readonly section: Section;
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
  };
  /** Cosine of each of `chunk.sentences`, in their order, in [-1, 1]. */
  readonly similarities: readonly number[];
  /** Nearness of each of `chunk.sentences` to what the bridge says to the question, in [-1, 1]; 0 without one. */
  readonly echoes: readonly number[];
}

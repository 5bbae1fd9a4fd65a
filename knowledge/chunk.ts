import type { Sentence, Span } from './article.ts';

/** Longest chunk, in UTF-16 code units, unless one sentence alone is longer. */
export const CHUNK_LENGTH = 700;

/** The unit indexed: part of one section, whole sentences only. */
export interface Chunk extends Span {
  /** `slug#n`, n counted through the article. */
  readonly id: string;
  /** Slug. */
  readonly article: string;
  /** Index into `article.sections`. */
  readonly section: number;
  readonly sentences: readonly Sentence[];
}

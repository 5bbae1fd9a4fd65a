/** Weight of the dense side against BM25F's 1. */
export const DENSE_WEIGHT = 1.5;

/** Weight of the bridge (bridge.ts): where there is one, it knows more than either side. */
const BRIDGE_WEIGHT = 3;
/** Weight of the questions that a section is known to answer. */
const ASKED_WEIGHT = 4;

export interface RawScores {
  readonly lexical: number;
  readonly dense: number;
  /** 0 where there is no bridge. */
  readonly echo?: number;
  /** 0 where no section is known by its questions. */
  readonly asked?: number;
}

/**
 * Max-normalised sum: bm25f / max(bm25f) + weight * cosine / max(cosine) + 3 * echo / max(echo) + 4 *
 * asked / max(asked), in [0, 1 + weight + 3 + 4].
 *
 * Each side is divided by its own best, so that BM25F (unbounded) and cosine ([-1, 1]) share a scale;
 * negative cosines count as 0. Orders one query's chunks and says nothing across queries. Reciprocal
 * rank fusion lost to it wherever the dense side is the weaker one (retrieval/README.md).
 */
export function fuse(scores: readonly RawScores[], weight = DENSE_WEIGHT): number[] {
  let bestLexical = 0;
  let bestDense = 0;
  let bestEcho = 0;
  let bestAsked = 0;
  for (const { lexical, dense, echo = 0, asked = 0 } of scores) {
    bestLexical = Math.max(bestLexical, lexical);
    bestDense = Math.max(bestDense, dense);
    bestEcho = Math.max(bestEcho, echo);
    bestAsked = Math.max(bestAsked, asked);
  }
  return scores.map(({ lexical, dense, echo = 0, asked = 0 }) => {
    const lexicalShare = bestLexical > 0 ? lexical / bestLexical : 0;
    const denseShare = bestDense > 0 ? Math.max(0, dense) / bestDense : 0;
    const echoShare = bestEcho > 0 ? Math.max(0, echo) / bestEcho : 0;
    const askedShare = bestAsked > 0 ? asked / bestAsked : 0;
    const known = BRIDGE_WEIGHT * echoShare + ASKED_WEIGHT * askedShare;
    return lexicalShare + weight * denseShare + known;
  });
}

import type { Hit } from './hit.ts';
import type { Query } from './query.ts';
import type { Corpus } from './retriever.ts';
import { spokenCount } from './terms.ts';

/** What speaks for and against the hits answering the question. */
export interface Signals {
  /** Highest cosine of a sentence of the hits, in [-1, 1]. */
  readonly dense: number;
  /** Rarity-weighted share of the question's words that stand nowhere in the articles; in [0, 1]. */
  readonly foreign: number;
  /** About 1 for a question of the sort that is answered, -1 for one that is not (`Domain.score`). */
  readonly domain: number;
  /** Logarithm of one more than the question's content words. */
  readonly length: number;
}

export interface Evidence extends Signals {
  /** Calibrated chance that the hits answer the question, in [0, 1]. */
  readonly confidence: number;
}

/**
 * Set by hand near a logistic fit over three sets of questions, for few needless refusals.
 * `npm run calibrate` prints a fit over ours: it tells the answerable from the others no better
 * (retrieval/README.md). Sentences only: asked lines raise every cosine of a corpus that has them, of
 * sense and nonsense alike. A long story names more that no article has to know than a short question.
 */
const INTERCEPT = -1.5;
const DENSE = 3;
const FOREIGN = -2.25;
const FOREIGN_BY_LENGTH = 0.5;
const DOMAIN = 6;
/** Between the answerable and the others; for embeddings on which no domain was learned. */
const TYPICAL_DOMAIN = 0.2;
/** Content words; beyond these a question is as long as any. */
const LONG = 20;
/** A word this common in spoken English decides nothing. */
const COMMON_RARITY = 2.5;

/**
 * Whether there is enough to answer from. Reads raw scores: a fused score is relative to its own
 * query's best, so the best hit of any query, sense or nonsense, scores high. `domain` as retrieved.
 */
export function weigh(
  query: Query,
  hits: readonly Hit[],
  corpus: Pick<Corpus, 'isKnown'>,
  domain = TYPICAL_DOMAIN,
): Evidence {
  const isInCorpus = (stem: string) => corpus.isKnown(stem);
  const length = Math.log(1 + Math.min(LONG, query.terms.length));
  if (hits.length === 0 || !isUnderstood(query, isInCorpus)) {
    return { dense: 0, foreign: 1, domain, length, confidence: 0 };
  }
  const dense = Math.max(...hits.flatMap(({ similarities }) => similarities));
  let all = 0;
  let foreignWeight = 0;
  for (const { stem, rarity, weight } of query.terms) {
    const value = weight * Math.max(0, rarity - COMMON_RARITY);
    all += value;
    const names = query.otherNames.get(stem) ?? new Set<string>();
    if (!isInCorpus(stem) && ![...names].some(isInCorpus)) foreignWeight += value;
  }
  const foreign = all === 0 ? 0 : foreignWeight / all;
  const signals = { dense, foreign, domain, length };
  return { ...signals, confidence: confidenceIn(signals) };
}

/** Whether one word at least is English or stands in the articles: an encoder hears sense in "hjkl" too. */
function isUnderstood({ terms }: Query, isInCorpus: (stem: string) => boolean): boolean {
  return (
    terms.length === 0 || terms.some(({ word, stem }) => isInCorpus(stem) || spokenCount(word) > 0)
  );
}

/** In (0, 1), where anything was found at all. */
export function confidenceIn({ dense, foreign, domain, length }: Signals): number {
  const sum =
    INTERCEPT + DENSE * dense + (FOREIGN + FOREIGN_BY_LENGTH * length) * foreign + DOMAIN * domain;
  return 1 / (1 + Math.exp(-sum));
}

import type { Article } from '../knowledge/article.ts';
import { quoteOf } from '../knowledge/article.ts';
import type { Hit } from './hit.ts';
import type { Query } from './query.ts';
import type { Corpus } from './retriever.ts';
import { stemsOf } from './terms.ts';

/** What speaks for and against the hits answering the question. */
export interface Signals {
  /** Highest cosine of a sentence of the hits, in [-1, 1]. */
  readonly dense: number;
  /** Rarity-weighted share of the question's words that one hit speaks of, at its best; in [0, 1]. */
  readonly coverage: number;
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
 * Fitted by `npm run calibrate` and rounded (retrieval/README.md), the first set so that about one
 * answerable question in thirty falls below .5 with the bundled articles, one in twenty with raw ones. Sentences only: asked lines raise every cosine of a
 * corpus that has them, of sense and nonsense alike. A long story is less like any one sentence, and
 * names more that no article has to know, than a short question.
 */
const INTERCEPT = -1.7;
const DENSE = 4;
const COVERAGE = 1;
const FOREIGN = -4;
const DOMAIN = 3;
const LENGTH = 0.75;
const FOREIGN_BY_LENGTH = 2.25;
/** Of half the answerable questions; for embeddings on which no domain was learned. */
const TYPICAL_DOMAIN = 0.12;
/** Content words; beyond these a question is as long as any. */
const LONG = 20;
/** Hits whose words count: the answer is made of the first few. */
const HITS_READ = 4;
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
  if (hits.length === 0) {
    return { dense: 0, coverage: 0, foreign: 1, domain, length, confidence: 0 };
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
  const covered = hits.slice(0, HITS_READ).map((hit) => coveredBy(query, stemsOfHit(hit)));
  const coverage = Math.max(...covered);
  const signals = { dense, coverage, foreign, domain, length };
  return { ...signals, confidence: confidenceIn(signals) };
}

/** In (0, 1), where anything was found at all. */
export function confidenceIn({ dense, coverage, foreign, domain, length }: Signals): number {
  const sum =
    INTERCEPT +
    DENSE * dense +
    COVERAGE * coverage +
    (FOREIGN + FOREIGN_BY_LENGTH * length) * foreign +
    DOMAIN * domain +
    LENGTH * length;
  return 1 / (1 + Math.exp(-sum));
}

function coveredBy(query: Query, stems: ReadonlySet<string>): number {
  let found = 0;
  let all = 0;
  for (const { stem, rarity, weight } of query.terms) {
    const value = weight * Math.max(0.1, rarity - COMMON_RARITY);
    all += value;
    const names = query.otherNames.get(stem) ?? new Set<string>();
    if (stems.has(stem) || [...names].some((name) => stems.has(name))) found += value;
  }
  return all === 0 ? 0 : found / all;
}

function stemsOfHit({ article, chunk, section }: Hit): Set<string> {
  const words = [wordsOf(article, chunk), ...section.path, ...section.asked].join(' ');
  return new Set(stemsOf(words));
}

function wordsOf(article: Article, chunk: Hit['chunk']): string {
  const leadIns = chunk.sentences.map(({ leadIn }) => (leadIn ? quoteOf(article, leadIn) : ''));
  return `${quoteOf(article, chunk)} ${leadIns.join(' ')}`;
}

import { onHinges } from '../retrieval/hinge.ts';
import type { Hit } from '../retrieval/hit.ts';
import type { Query } from '../retrieval/query.ts';
import { type Evidence, weigh } from '../retrieval/relevance.ts';
import type { HybridRetriever, Retrieved } from '../retrieval/retriever.ts';
import { afterSaid } from './already-said.ts';
import type { Citation } from './reply.ts';
import { queryText, type Standalone } from './standalone.ts';

/** Chunks retrieved, and the best of those to the point that an answer is chosen from. */
const RETRIEVED = 30;
const HITS = 10;
/** `Likeness.desk` from which a question that is not answered is the clinic's desk's. */
const DESK_FROM = 0;

/**
 * A follow-up whose own words are less likely answered than this is weighed by them alone: the question
 * before carries one that says little ("and if I am pregnant?"), not one that goes on to something
 * else ("is there a garage?").
 */
const LEAST_OWN = 0.15;

/**
 * Chance from which a follow-up that finds nothing with the question before is answered by its own words:
 * it had gone on to something else. Above what an answer needs, so that none is given more easily than
 * to a first question.
 */
const SURELY_OWN = 0.6;
/** Chance that the evidence answers the question, below which nothing is said. */
export const ANSWER_FROM = 0.5;

/** As long as the retriever remembers what it found, so is what was made of it. */
const weighedOf = new WeakMap<Retrieved, { hits: readonly Hit[]; evidence: Evidence }>();

export interface LookedUp {
  readonly found: Retrieved;
  readonly query: Query;
  /** All that was found, best first. */
  readonly retrieved: readonly Hit[];
  /** Of these the best to the point, from which an answer is chosen. */
  readonly hits: readonly Hit[];
  /** What the person has read already. */
  readonly said: readonly Citation[];
  readonly evidence: Evidence;
  /** Whether it sounds like the clinic's own business. */
  readonly isDesk: boolean;
  /** The question as understood. */
  readonly understood: string;
}

/**
 * What was found, the hits an answer is chosen from, and whether they are enough. A follow-up must not
 * be unanswerable by its own words: with those of the question before, anything sounds answerable.
 */
export async function lookUp(question: Standalone, retriever: HybridRetriever): Promise<LookedUp> {
  const { text, earlier, said } = question;
  const [found, own] = await Promise.all([
    retriever.retrieve(text, RETRIEVED, earlier),
    retriever.retrieve(text, RETRIEVED),
  ]);
  const together = weighOnce(found, retriever).evidence.confidence;
  // One without a word of its own ("why?") says nothing by itself.
  const byItself =
    own.query.terms.length === 0 ? together : weighOnce(own, retriever).evidence.confidence;
  const isElsewhere = together < ANSWER_FROM && byItself >= SURELY_OWN;
  const isNothing = byItself < Math.min(LEAST_OWN, together);
  const asked = isElsewhere ? own : found;
  const { hits } = weighOnce(asked, retriever);
  const weighed = isElsewhere || isNothing ? own : found;
  return {
    found: asked,
    query: asked.query,
    retrieved: asked.hits,
    hits: afterSaid(hits, said),
    said,
    evidence: weighOnce(weighed, retriever).evidence,
    isDesk: (weighed.domain?.desk ?? -1) >= DESK_FROM,
    understood: queryText(isElsewhere ? { text, earlier: undefined } : question),
  };
}

function weighOnce(found: Retrieved, retriever: HybridRetriever) {
  let weighed = weighedOf.get(found);
  if (!weighed) {
    const hits = onHinges(found.query, found.hits, found.domain?.answered).slice(0, HITS);
    weighed = { hits, evidence: weigh(found.query, hits, retriever, found.domain?.answered) };
    weighedOf.set(found, weighed);
  }
  return weighed;
}

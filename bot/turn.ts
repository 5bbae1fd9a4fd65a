import type { Clinic } from '../knowledge/clinic.ts';
import type { Region } from '../knowledge/region.ts';
import type { RuleSet } from '../knowledge/rule.ts';
import { onHinges } from '../retrieval/hinge.ts';
import type { Hit } from '../retrieval/hit.ts';
import { type Evidence, weigh } from '../retrieval/relevance.ts';
import type { HybridRetriever, Retrieved } from '../retrieval/retriever.ts';
import { composeAnswer } from './answering/quote.ts';
import { asideTo } from './aside.ts';
import { afterCheck } from './check.ts';
import type { Conversation } from './conversation.ts';
import { answerNotices, isPainkillerWithheld, namesPainkiller } from './notices.ts';
import type { Reply } from './reply.ts';
import { escalation, safetyOf, unanswered } from './replies.ts';
import { screenTurn } from './safety/check.ts';
import type { SecondLook } from './safety/second-look.ts';
import { queryText, type Standalone, standalone } from './standalone.ts';
import { suggestionsFrom } from './suggestions.ts';

/** Answers one utterance; `past` is what was said before it. */
export type AnswerTurn = (utterance: string, past: Conversation) => Promise<Reply>;

export interface TurnDeps {
  readonly rules: RuleSet;
  readonly secondLook: SecondLook;
  readonly retriever: HybridRetriever;
  readonly clinic: Clinic;
  readonly region: Region | undefined;
}

/** Chunks retrieved, and the best of those to the point that an answer is chosen from. */
const RETRIEVED = 30;
const HITS = 10;
/** Chance that the evidence answers the question, below which nothing is said. */
const ANSWER_FROM = 0.5;

/** Screening comes first and cannot fail; everything after it may. */
export async function answerTurn(
  utterance: string,
  past: Conversation,
  deps: TurnDeps,
): Promise<Reply> {
  const heard = screenTurn(utterance, past.messages, deps.rules);
  const screened = await deps.secondLook(utterance, heard);
  if (screened.level === 'emergency' || screened.level === 'urgent') {
    return escalation(screened, past.channel, deps);
  }

  const aside = afterCheck(utterance, past, screened, deps) ?? asideTo(utterance, screened, deps);
  if (aside) return aside;

  const question = standalone(utterance, past);
  const { retrieved, hits, evidence } = await lookUp(question, deps.retriever);
  const { query } = retrieved;
  const understood = queryText(question);
  const isWithheld = isPainkillerWithheld(screened) ? namesPainkiller : () => false;
  const composed =
    evidence.confidence >= ANSWER_FROM
      ? composeAnswer(query, hits, deps.retriever, isWithheld)
      : undefined;
  if (!composed) {
    return unanswered(understood, screened, evidence.confidence, retrieved.hits, deps);
  }

  return {
    kind: 'answer',
    reason: null,
    text: composed.text,
    notices: answerNotices(screened, query, composed, deps, past.channel),
    safety: safetyOf(screened),
    citations: composed.citations,
    differences: composed.differences,
    contacts: [],
    suggestions: suggestionsFrom(hits, composed.citations, isWithheld),
    confidence: evidence.confidence,
    query: understood,
    language: 'en',
  };
}

/** What was found, the hits an answer is chosen from, and whether they are enough. */
export async function lookUp(
  { text, earlier }: Standalone,
  retriever: HybridRetriever,
): Promise<{ retrieved: Retrieved; hits: Hit[]; evidence: Evidence }> {
  const retrieved = await retriever.retrieve(text, RETRIEVED, earlier);
  const hits = onHinges(retrieved.query, retrieved.hits).slice(0, HITS);
  return { retrieved, hits, evidence: weigh(retrieved.query, hits, retriever, retrieved.domain) };
}

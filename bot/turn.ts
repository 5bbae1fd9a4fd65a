import type { Clinic } from '../knowledge/clinic.ts';
import type { Region } from '../knowledge/region.ts';
import type { RuleSet } from '../knowledge/rule.ts';
import { onHinges } from '../retrieval/hinge.ts';
import type { Hit } from '../retrieval/hit.ts';
import { type Evidence, weigh } from '../retrieval/relevance.ts';
import type { HybridRetriever, Retrieved } from '../retrieval/retriever.ts';
import { type Composed, composeAnswer } from './answering/quote.ts';
import { afterSaid } from './already-said.ts';
import { asideTo } from './aside.ts';
import { afterCheck } from './check.ts';
import { type Conversation, lastSaid } from './conversation.ts';
import { answerNotices, isPainkillerWithheld, namesPainkiller } from './notices.ts';
import type { Reply } from './reply.ts';
import { escalation, safetyOf, unanswered } from './replies.ts';
import { screenTurn } from './safety/check.ts';
import { joined, type Screened } from './safety/screen.ts';
import type { SecondLook } from './safety/second-look.ts';
import { queryText, type Standalone, standalone } from './standalone.ts';
import { suggestionsFrom } from './suggestions.ts';
import type { TurnHelp, Writer } from './writer.ts';

/** Answers one utterance; `past` is what was said before it. */
export type AnswerTurn = (utterance: string, past: Conversation) => Promise<Reply>;

export interface TurnDeps {
  readonly rules: RuleSet;
  readonly secondLook: SecondLook;
  readonly retriever: HybridRetriever;
  readonly clinic: Clinic;
  /** Whether a text says what the clinic does not want said. */
  readonly isWithheld: (text: string) => boolean;
  readonly region: Region | undefined;
  /** Absent: answers are quoted. */
  readonly writer?: Pick<Writer, 'begin'>;
}

/** Chunks retrieved, and the best of those to the point that an answer is chosen from. */
const RETRIEVED = 30;
const HITS = 10;
/** Chance that the evidence answers the question, below which nothing is said. */
const ANSWER_FROM = 0.5;

/** As long as the retriever remembers what it found, so is what was made of it. */
const weighedOf = new WeakMap<Retrieved, { hits: readonly Hit[]; evidence: Evidence }>();
const composedOf = new WeakMap<
  Retrieved,
  { readonly isWithheld: TurnDeps['isWithheld']; readonly composed: Composed | undefined }
>();

/** Screening comes first and cannot fail; everything after it may. A model may only raise what it found. */
export async function answerTurn(
  utterance: string,
  past: Conversation,
  deps: TurnDeps,
): Promise<Reply> {
  const heard = screenTurn(utterance, past.messages, deps.rules);
  const looking = deps.secondLook(utterance, heard);
  if (!isRaised(heard) && deps.retriever.isLocal) void foresee(utterance, past, deps);
  const screened = await looking;
  if (isRaised(screened)) return escalation(screened, past.channel, deps);

  const aside =
    afterCheck(utterance, past, screened, deps) ??
    asideTo(utterance, screened, deps, lastSaid(past));
  if (!deps.writer || aside?.kind === 'smalltalk') {
    return aside ?? answerQuestion(utterance, past, screened, deps);
  }
  const help = deps.writer.begin(utterance, past, screened);
  try {
    const answering = aside ?? answerQuestion(utterance, past, screened, deps, help);
    const [raised, reply] = await Promise.all([help.raised(), answering]);
    return raised ? escalation(raised, past.channel, deps) : reply;
  } finally {
    help.end();
  }
}

/** Begins the search beside the second look, whose texts are then encoded together with its own. */
async function foresee(
  utterance: string,
  past: Conversation,
  { retriever }: TurnDeps,
): Promise<void> {
  try {
    await lookUp(standalone(utterance, past), retriever);
  } catch {
    // Where the answer needs it, it is searched for again.
  }
}

async function answerQuestion(
  utterance: string,
  past: Conversation,
  heard: Screened,
  deps: TurnDeps,
  help?: TurnHelp,
): Promise<Reply> {
  const question = standalone(utterance, past);
  let screened = heard;
  let found = await lookUp(question, deps.retriever);
  const isAnswerable = found.evidence.confidence >= ANSWER_FROM;
  const leans = question.earlier !== undefined;
  const rewritten = await help?.understand(found.query, isAnswerable, leans);
  if (rewritten !== undefined) {
    // Its question passes every gate that the person's own words pass.
    const again = await screenedTwice(rewritten, past, deps);
    if (isRaised(again)) {
      return escalation({ ...again, language: screened.language }, past.channel, deps);
    }
    screened = joined(heard, again);
    const aside = asideTo(rewritten, screened, deps);
    if (aside && aside.kind !== 'smalltalk') return aside;
    const alone = { text: rewritten, earlier: undefined, said: question.said };
    const other = await lookUp(alone, deps.retriever);
    // A translation stands for what was said: where it finds nothing, foreign words found nothing either.
    if (!leans || other.evidence.confidence >= ANSWER_FROM) found = other;
  }

  const { query, hits, evidence, understood } = found;
  const isPainkiller = isPainkillerWithheld(screened) ? namesPainkiller : () => false;
  const isWithheld = (text: string) => isPainkiller(text) || deps.isWithheld(text);
  const compose = () => composeAnswer(query, hits, deps.retriever, isWithheld);
  // Quotes stay English: whoever writes Spanish is told so and offered them, not handed them.
  const isReadable = help !== undefined || screened.language !== 'es';
  const composed =
    !isReadable || evidence.confidence < ANSWER_FROM
      ? undefined
      : isPainkillerWithheld(screened) || question.said.length > 0
        ? compose()
        : composedOnce(found.found, deps.isWithheld, compose);
  if (!composed) {
    return unanswered(understood, screened, evidence.confidence, found.retrieved, deps);
  }
  // Where sources differ, both sides stand as they are quoted: a model could drop one.
  const isWorded = composed.differences.length === 0;
  const written = isWorded
    ? await help?.write({ query, question: understood, hits, composed, isWithheld })
    : undefined;
  const said = written ?? composed;

  return {
    kind: 'answer',
    reason: null,
    text: said.text,
    notices: answerNotices(screened, query, composed, deps, { channel: past.channel, written }),
    safety: safetyOf(screened),
    citations: said.citations,
    differences: composed.differences,
    contacts: [],
    suggestions: suggestionsFrom(hits, said.citations, isWithheld),
    confidence: evidence.confidence,
    query: understood,
    language: written?.language ?? 'en',
  };
}

/** For a person who has read nothing yet, and from whom only that is withheld that is from everybody. */
function composedOnce(
  found: Retrieved,
  isWithheld: TurnDeps['isWithheld'],
  compose: () => Composed | undefined,
): Composed | undefined {
  const known = composedOf.get(found);
  if (known?.isWithheld === isWithheld) return known.composed;
  const composed = compose();
  composedOf.set(found, { isWithheld, composed });
  return composed;
}

/** By the fixed rules, then by the second look. */
function screenedTwice(
  utterance: string,
  { messages }: Conversation,
  { rules, secondLook }: TurnDeps,
): Promise<Screened> {
  return secondLook(utterance, screenTurn(utterance, messages, rules));
}

/**
 * What was found, the hits an answer is chosen from, and whether they are enough. A follow-up has to
 * be answerable by its own words too: with those of the question before, anything sounds answerable.
 */
export async function lookUp(question: Standalone, retriever: HybridRetriever) {
  const { text, earlier, said } = question;
  const [found, alone] = await Promise.all([
    retriever.retrieve(text, RETRIEVED, earlier),
    retriever.retrieve(text, RETRIEVED),
  ]);
  const { hits, evidence } = weighOnce(found, retriever);
  const { query, hits: retrieved } = found;
  const own = alone.query.terms.length === 0 ? evidence : weighOnce(alone, retriever).evidence;
  return {
    found,
    query,
    retrieved,
    hits: afterSaid(hits, said),
    evidence: own.confidence < evidence.confidence ? own : evidence,
    understood: queryText(question),
  };
}

function weighOnce(found: Retrieved, retriever: HybridRetriever) {
  let weighed = weighedOf.get(found);
  if (!weighed) {
    const hits = onHinges(found.query, found.hits).slice(0, HITS);
    weighed = { hits, evidence: weigh(found.query, hits, retriever, found.domain) };
    weighedOf.set(found, weighed);
  }
  return weighed;
}

function isRaised({ level }: Screened): boolean {
  return level === 'emergency' || level === 'urgent';
}

import type { Clinic } from '../knowledge/clinic.ts';
import type { Region } from '../knowledge/region.ts';
import type { RuleSet } from '../knowledge/rule.ts';
import type { Hit } from '../retrieval/hit.ts';
import type { HybridRetriever } from '../retrieval/retriever.ts';
import { asideTo, deskHandoff } from './aside.ts';
import { cautionQuestion } from './caution-question.ts';
import { afterCheck } from './check.ts';
import { afterClarification, ASK_FROM, clarification, pickedFrom } from './clarification.ts';
import { compose, withheldFrom } from './compose.ts';
import { type Conversation, lastSaid } from './conversation.ts';
import { ANSWER_FROM, type LookedUp, lookUp } from './look-up.ts';
import { answerNotices } from './notices.ts';
import { procedureReply, withSource } from './procedure.ts';
import type { Reply } from './reply.ts';
import { escalation, safetyOf, unanswered } from './replies.ts';
import { screenTurn } from './safety/check.ts';
import { joined, type Screened } from './safety/screen.ts';
import type { SecondLook } from './safety/second-look.ts';
import { alone, type Standalone, standalone } from './standalone.ts';
import { choicesFrom, suggestionsFrom } from './suggestions.ts';
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

/** Screening comes first and cannot fail; everything after it may. A model may only raise what it found. */
export async function answerTurn(said: string, past: Conversation, deps: TurnDeps): Promise<Reply> {
  const picked = pickedFrom(said, past);
  const utterance = picked ?? said;
  const question = picked ? alone(picked) : standalone(said, past);
  const heard = screenTurn(utterance, past.messages, deps.rules);
  const looking = deps.secondLook(utterance, heard);
  if (!isRaised(heard)) void foresee(question, deps);
  const screened = await looking;
  if (isRaised(screened)) {
    return withSource(escalation(screened, past.channel, deps), utterance, past.channel, deps);
  }

  const aside =
    afterCheck(utterance, past, screened, deps) ??
    afterClarification(utterance, past, screened, deps) ??
    procedureReply(utterance, screened, deps) ??
    asideTo(utterance, screened, deps, lastSaid(past));
  if (!deps.writer || aside?.kind === 'smalltalk') {
    return aside ?? answerQuestion(question, past, screened, deps);
  }
  const help = deps.writer.begin(utterance, past, screened);
  try {
    const answering = aside ?? answerQuestion(question, past, screened, deps, help);
    const [raised, reply] = await Promise.all([help.raised(), answering]);
    return raised ? escalation(raised, past.channel, deps) : reply;
  } finally {
    help.end();
  }
}

/** Begins the search beside the second look, whose texts are then encoded together with its own. */
async function foresee(question: Standalone, { retriever }: TurnDeps): Promise<void> {
  if (!retriever.isLocal) return;
  try {
    await lookUp(question, retriever);
  } catch {
    // Where the answer needs it, it is searched for again.
  }
}

async function answerQuestion(
  question: Standalone,
  past: Conversation,
  heard: Screened,
  deps: TurnDeps,
  help?: TurnHelp,
): Promise<Reply> {
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
    const other = await lookUp({ ...alone(rewritten), said: question.said }, deps.retriever);
    // A translation stands for what was said: where it finds nothing, foreign words found nothing either.
    if (!leans || other.evidence.confidence >= ANSWER_FROM) found = other;
  }

  const isWithheld = withheldFrom(screened, deps);
  // Quotes stay English: whoever writes Spanish is told so and offered them, not handed them.
  const isReadable = help !== undefined || screened.language !== 'es';
  const composedFrom = (one: LookedUp) =>
    isReadable && one.evidence.confidence >= ANSWER_FROM
      ? compose(one, isWithheld, deps)
      : undefined;
  let composed = composedFrom(found);
  const caution = composed ? undefined : cautionQuestion(question.text, screened, deps.rules);
  if (caution) {
    const other = await lookUp(alone(caution), deps.retriever);
    composed = composedFrom(other);
    if (composed) found = other;
  }
  const { query, hits, evidence, understood } = found;
  if (!composed) {
    const { confidence } = evidence;
    // What is written in Spanish finds nothing by its own words.
    const isUnderstood = screened.language !== 'es' || rewritten !== undefined;
    if (isUnderstood && found.isDesk) return deskHandoff(understood, undefined, screened, deps);
    const isUnsure = isUnderstood && confidence >= ASK_FROM && confidence < ANSWER_FROM;
    const choices = isUnsure
      ? await choicesFrom(hits, (hit, heading) => isAnswered(hit, heading, past, deps))
      : [];
    return choices.length > 1
      ? clarification(choices, understood, screened, confidence, deps)
      : unanswered(understood, screened, confidence, found.retrieved, deps);
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

/** Whether a heading, asked as a question, is answered, and from its own section. */
async function isAnswered(
  { article, section }: Hit,
  heading: string,
  past: Conversation,
  deps: TurnDeps,
): Promise<boolean> {
  const screening = screenedTwice(heading, past, deps);
  void foresee(alone(heading), deps);
  const screened = await screening;
  if (isRaised(screened) || asideTo(heading, screened, deps)) return false;
  const isWithheld = withheldFrom(screened, deps);
  if (isWithheld(heading)) return false;
  const found = await lookUp(alone(heading), deps.retriever);
  if (found.evidence.confidence < ANSWER_FROM) return false;
  const path = section.path.join(' > ');
  return (
    compose(found, isWithheld, deps)?.citations.some(
      (one) => one.article === article.slug && one.section === path,
    ) ?? false
  );
}

/** By the fixed rules, then by the second look. */
function screenedTwice(
  utterance: string,
  { messages }: Conversation,
  { rules, secondLook }: TurnDeps,
): Promise<Screened> {
  return secondLook(utterance, screenTurn(utterance, messages, rules));
}

function isRaised({ level }: Screened): boolean {
  return level === 'emergency' || level === 'urgent';
}

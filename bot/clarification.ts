import { foldText } from '../knowledge/tokens.ts';
import { contactsOf } from './clinic-contact.ts';
import type { Conversation } from './conversation.ts';
import { reachText } from './desk.ts';
import { reachTextSpanish, safetyOf } from './replies.ts';
import type { Reply } from './reply.ts';
import { cautionNotices } from './safety/escalation.ts';
import type { Screened } from './safety/screen.ts';
import type { TurnDeps } from './turn.ts';

/**
 * Chance of an answer from which a question that is not answered is asked back: below it the right
 * section was hardly ever among the two (bot/README.md).
 */
export const ASK_FROM = 0.3;

const ASKED = {
  en: "I'm not sure I understood. Did you mean one of these?",
  es: 'No sé si le he entendido. ¿Se refiere a una de estas preguntas?',
} as const;
const WHICH = {
  en: 'Which one of these did you mean?',
  es: '¿A cuál de estas preguntas se refiere?',
} as const;

/** Asks which of these the person meant; each is known to have an answer. */
export function clarification(
  choices: readonly string[],
  query: string,
  screened: Screened,
  confidence: number,
  { clinic, rules }: Pick<TurnDeps, 'clinic' | 'rules'>,
): Reply {
  return {
    kind: 'clarification',
    reason: 'not-covered',
    text: ASKED[screened.language],
    notices: cautionNotices(screened, rules),
    safety: safetyOf(screened),
    citations: [],
    differences: [],
    contacts: contactsOf(clinic, screened.language),
    suggestions: choices,
    confidence,
    query,
    language: screened.language,
  };
}

/** The question that the utterance picks from those of our last reply: "2", "the first one", its own words. */
export function pickedFrom(utterance: string, { messages }: Conversation): string | undefined {
  const last = messages.at(-1)?.reply;
  if (last?.kind !== 'clarification') return undefined;
  const said = foldText(utterance);
  const [first, second] = last.suggestions;
  if (FIRST.test(said)) return first;
  if (second !== undefined && SECOND.test(said)) return second;
  return last.suggestions.find((question) => foldText(question) === said);
}

/** What follows where our last reply asked back, and the person picked none: the clinic, or the question again. */
export function afterClarification(
  utterance: string,
  { messages }: Conversation,
  screened: Screened,
  { clinic, rules }: Pick<TurnDeps, 'clinic' | 'rules'>,
): Reply | undefined {
  const last = messages.at(-1)?.reply;
  if (last?.kind !== 'clarification') return undefined;
  const said = foldText(utterance);
  const { language } = screened;
  const now = { notices: cautionNotices(screened, rules), safety: safetyOf(screened), language };
  if (UNDECIDED.test(said)) return { ...last, ...now, text: WHICH[language] };
  if (!NEITHER.test(said)) return undefined;
  const text =
    language === 'es'
      ? `Entonces no tengo una respuesta, y prefiero no adivinar. ${reachTextSpanish(clinic)}`
      : `Then I don't have an answer, and I would rather not guess. ${reachText(clinic)}`;
  return { ...last, ...now, kind: 'unanswered', text, suggestions: [] };
}

const BEFORE =
  "(?:(?:ok|okay|yes|yeah|yep|si|oh|um|sorry|i mean|i meant|it's|its|the|that|this|number|option|question|choice|answer|la|el|lo|opcion|pregunta|numero) )*";
const BEHIND = '(?: (?:one|question|option|choice|please|pls|thanks|opcion|pregunta|por favor))*';

/** Read on folded words joined by single spaces, and on nothing else: "1 week" picks nothing. */
const FIRST = new RegExp(
  `^${BEFORE}(?:1|1st|one|first|former|top|uno|una|primer|primer[oa])${BEHIND}$`,
);
const SECOND = new RegExp(
  `^${BEFORE}(?:2|2nd|two|second|last|latter|bottom|dos|segund[oa]|ultim[oa])${BEHIND}$`,
);
const NEITHER =
  /^(?:(?:no|nope|nah|sorry|ok) )*(?:no|nope|nah|none|neither|not (?:really|those|these|that|either)|something else|no thanks|no thank you|ningun[oa]|otra cosa|tampoco)(?: (?:one|of (?:these|those|them|the two|both)|de (?:esas|estas|las dos)|sorry|thanks|thank you|gracias|really))*$/;
const UNDECIDED = /^(?:yes|yeah|yep|yup|sure|both|either|si|ambas|las dos)(?: please)?$/;

import { tokenize } from '../knowledge/tokens.ts';
import { stemsOf } from '../retrieval/terms.ts';
import type { Conversation } from './conversation.ts';

/** A question that can be read on its own. */
export interface Standalone {
  readonly text: string;
  /** The earlier question it leans on, if any. */
  readonly earlier: string | undefined;
}

const CONTINUES =
  /^(and|but|so|or|ok|okay|also|then|what about|how about|what if|why|why not|how so|how come|like what|such as|any|which|when|where|who|how long|how many|how often|how soon|for how long|is that|are those|does that|do they|can they|would that|will it|does it|is it|what else|anything|same|instead|really|only|even)\b/;
const POINTS =
  /\b(it|its|that|this|these|those|they|them|their|there|he|she|him|her|one|ones|both|either|neither|same|other|another|else|instead|then|such)\b/;
/** A message that names the subject stands on its own however short it is. */
const NAMES_SUBJECT = /\b(needl\w*|acupunct\w*|trigger points?)\b/;
/** Words, up to which a message is likely to lean on the one before. */
const SHORT = 8;
const VERY_SHORT = 4;

/** The question on its own; a short or pointing one takes the last question with it. */
export function standalone(utterance: string, past: Conversation): Standalone {
  const words = tokenize(utterance).map(({ word }) => word);
  const said = words.join(' ');
  const earlier = lastQuestion(past);
  const leans =
    words.length <= VERY_SHORT ||
    (words.length <= 14 && POINTS.test(said)) ||
    (words.length <= SHORT && CONTINUES.test(said));
  if (!earlier || !leans) return { text: utterance, earlier: undefined };
  if (NAMES_SUBJECT.test(said) && !POINTS.test(said) && words.length > VERY_SHORT) {
    return { text: utterance, earlier: undefined };
  }
  return { text: utterance, earlier };
}

/** Between a follow-up and the question it leans on, in `Reply.query`. */
const LEANS_ON = ' / ';

/** The question as understood, for staff and for the next turn. */
export function queryText({ text, earlier }: Standalone): string {
  return earlier ? `${text.trim()}${LEANS_ON}${earlier}` : text.trim();
}

/** What the person last asked; a question that says nothing by itself gives way to what it leant on. */
function lastQuestion({ messages }: Conversation): string | undefined {
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message?.from !== 'bot') continue;
    const { reply } = message;
    if (reply && (reply.kind === 'answer' || reply.kind === 'clarification')) {
      const [own = '', earlier] = reply.query.split(LEANS_ON);
      const isTelling = stemsOf(own).length >= 2 && !POINTS.test(own.toLowerCase());
      return earlier && !isTelling ? `${own} ${earlier}` : own;
    }
    const asked = messages[at - 1];
    const isBare = !reply && asked?.from === 'user';
    if (isBare && tokenize(asked.text).length > 2) return asked.text;
  }
  return undefined;
}

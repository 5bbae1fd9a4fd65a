import { tokenize } from '../knowledge/tokens.ts';
import { stemsOf } from '../retrieval/terms.ts';
import type { Conversation } from './conversation.ts';
import type { Citation } from './reply.ts';

/** A question that can be read on its own. */
export interface Standalone {
  readonly text: string;
  /** The earlier question it leans on, if any. */
  readonly earlier: string | undefined;
  /** What the last answer cited, where it leans on one. */
  readonly said: readonly Citation[];
}

/** Says that more of the same follows: a piece of a question. */
const CONTINUES =
  /^(what about|how about|what if|what else|why|y|how so|how come|like what|such as|same|instead|only|even|which|anything|any)\b/;
/** A full question of its own may begin with these all the same. */
const FILLERS = /^(and|but|so|or|ok|okay|also|then|fine|well|oh|right|lol|yes|no|great|hmm)\b\s*/;
const POINTS =
  /\b(it|its|it's|that|this|these|those|they|them|their|there|he|she|him|her|one|ones|both|either|neither|same|other|another|else|instead|then|such|mine|yours|hers|ours)\b/;
/** Words that ask and name nothing. */
const ASKING =
  /\b(what|which|when|where|who|why|how|long|many|much|often|soon|not|after|before|during|ok|okay)\b/g;
/** A message that names the subject stands on its own however short it is. */
const NAMES_SUBJECT = /\b(needl\w*|acupunct\w*|trigger points?)\b/;
/** Words, up to which a message that points back or continues is read with the one before. */
const POINTING_LENGTH = 14;
const CONTINUING_LENGTH = 8;

/** A question that leans on nothing. */
export function alone(text: string): Standalone {
  return { text, earlier: undefined, said: [] };
}

/** The question on its own; one that points back or is a piece takes the last question with it. */
export function standalone(utterance: string, past: Conversation): Standalone {
  const words = tokenize(utterance).map(({ word }) => word);
  let said = words.join(' ');
  while (FILLERS.test(said)) said = said.replace(FILLERS, '');
  const hasFiller = said.length < words.join(' ').length;
  const earlier = lastQuestion(past);
  const named = stemsOf(said.replace(ASKING, ' ')).length;
  const isPiece = hasFiller && words.length <= 5 && !ASKING_START.test(said);
  const leans =
    named === 0 ||
    isPiece ||
    (words.length <= POINTING_LENGTH && POINTS.test(said)) ||
    (words.length <= CONTINUING_LENGTH && CONTINUES.test(said));
  const isOwn = NAMES_SUBJECT.test(said) && !POINTS.test(said) && words.length > 4;
  if (!leans || isOwn || earlier === undefined) {
    return { text: utterance, earlier: undefined, said: [] };
  }
  return { text: utterance, earlier, said: lastCited(past) };
}

/** UTF-16 code units kept of what a chain of follow-ups started with. */
const LONGEST_ROOT = 200;

const ASKING_START =
  /^(what|which|when|where|who|why|how|is|are|was|can|could|do|does|did|will|would|should|may|must|am)\b/;

/** Between a follow-up and the question it leans on, in `Reply.query`. */
const LEANS_ON = ' / ';

/** The question as understood, for staff and for the next turn. */
export function queryText({ text, earlier }: Omit<Standalone, 'said'>): string {
  return earlier ? `${text.trim()}${LEANS_ON}${earlier}` : text.trim();
}

function lastCited({ messages }: Conversation): readonly Citation[] {
  const answered = messages.findLast(({ reply }) => reply?.kind === 'answer');
  return answered?.reply?.citations ?? [];
}

/** What the person last asked, behind what it leant on itself: only the first may name the subject. */
function lastQuestion({ messages }: Conversation): string | undefined {
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message?.from !== 'bot') continue;
    const { reply } = message;
    if (reply && (reply.kind === 'answer' || reply.kind === 'clarification')) {
      const [own = '', earlier] = reply.query.split(LEANS_ON);
      return earlier ? `${earlier.slice(0, LONGEST_ROOT)} ${own}` : own;
    }
    const asked = messages[at - 1];
    const isBare = !reply && asked?.from === 'user';
    if (isBare && tokenize(asked.text).length > 2) return asked.text;
  }
  return undefined;
}

import { foldedWords, tokenize } from '../knowledge/tokens.ts';
import { stemsOf } from '../retrieval/terms.ts';
import type { Conversation } from './conversation.ts';
import type { Citation, Reply } from './reply.ts';

/** A question that can be read on its own. */
export interface Standalone {
  /** As said, without what only takes back an earlier message. */
  readonly text: string;
  /** The earlier question it leans on, if any; the name alone where that only asked what it is. */
  readonly earlier: string | undefined;
  /** What the last answer cited, where it leans on one. */
  readonly said: readonly Citation[];
}

/** What makes a sentence of a question: a verb that helps, or somebody. */
const WHOLE =
  /\b(is|are|am|was|were|be|do|does|did|can|could|will|would|should|may|might|must|have|has|had|i|you|he|she|it|they|we|my|your|there|to|happens|makes|causes|brings|means)\b/;
/** Words of a question that says only what is asked: "how far apart". */
const FRAGMENT_LENGTH = 5;
const FRAGMENT_START = /^(how|what|which|when|where|why)\b/;
/** Says that more of the same follows: a piece of a question. */
const CONTINUES =
  /^(what about|how about|what if|what else|why|y|how so|how come|like what|such as|same|instead|only|even|which|anything|any)\b/;
/** A full question of its own may begin with these all the same. */
const FILLERS = /^(and|but|so|or|ok|okay|also|then|fine|well|oh|right|lol|yes|no|great|hmm)\b\s*/;
const POINTS =
  /\b(it|its|it's|that|this|these|those|they|them|their|there|he|she|him|her|one|ones|both|either|neither|same|other|another|else|instead|then|such|mine|yours|hers|ours)\b/;
/** Words that ask and name nothing. */
const ASKING =
  /\b(what|which|when|where|who|whom|why|how|long|many|much|often|soon|not|after|before|during|ok|okay)\b/g;
/** A message that names the subject stands on its own however short it is. */
const NAMES_SUBJECT = /\b(needl\w*|acupunct\w*|trigger points?)\b/;
/** Asks to go on with what was said. */
const GOES_ON =
  /^((give|tell|show) (me|us) )?(an? |some |any |for )?(examples?|instance|more( about (it|that))?)( please)?$/;
/** Takes back what was understood: what comes behind is asked, of the same thing. */
const CORRECTS =
  /^\W*(?:(?:no|nah|sorry|oh|wait|well|ok|but|and)\W+)*i (?:meant|mean|was asking|wanted to (?:know|ask))\b(?: about)?\W*/i;
/** Asks what something is, and says nothing of it but its name. */
const DEFINES =
  /^(?:please )?(?:what(?:'s|s| is| are| does)|explain|define) (?:an? |the )?((?:\w+ ){0,2}\w+?)(?: (?:to me|mean|please))*$/;
/** Words, up to which a message that points back or continues is read with the one before. */
const POINTING_LENGTH = 14;
const CONTINUING_LENGTH = 8;

/** A question that leans on nothing. */
export function alone(text: string): Standalone {
  return { text, earlier: undefined, said: [] };
}

/** The question on its own; one that points back or is a piece takes the last question with it. */
export function standalone(utterance: string, past: Conversation): Standalone {
  const earlier = lastQuestion(past);
  if (earlier === undefined) return alone(utterance);
  const corrected = utterance.replace(CORRECTS, '');
  const isCorrection = corrected !== utterance && corrected.trim() !== '';
  const text = isCorrection ? corrected : utterance;
  const words = foldedWords(text);
  let said = words.join(' ');
  while (FILLERS.test(said)) said = said.replace(FILLERS, '');
  const hasFiller = said.length < words.join(' ').length;
  const named = stemsOf(said.replace(ASKING, ' ')).length;
  const isPiece = hasFiller && words.length <= 5 && !ASKING_START.test(said);
  const isFragment =
    words.length <= FRAGMENT_LENGTH && FRAGMENT_START.test(said) && !WHOLE.test(said);
  const leans =
    named === 0 ||
    isFragment ||
    isPiece ||
    GOES_ON.test(said) ||
    (words.length <= POINTING_LENGTH && (isCorrection || POINTS.test(said))) ||
    (words.length <= CONTINUING_LENGTH && CONTINUES.test(said));
  const isOwn = NAMES_SUBJECT.test(said) && !POINTS.test(said) && words.length > 4;
  if (!leans || isOwn) return alone(text);
  return { text, earlier: nameIn(earlier), said: lastCited(past) };
}

/**
 * The name alone where a question only asks what something is: "what causes them?" is read with "a
 * muscle knot", for "what is a muscle knot?" is near to nothing but what that is.
 */
function nameIn(question: string): string {
  const words = foldedWords(question);
  const name = DEFINES.exec(words.join(' '))?.[1] ?? '';
  return stemsOf(name).length === 0 ? question : name;
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

/** Replies to a question that the next may lean on: not found in the articles, it was still asked. */
const LEANT_ON: ReadonlySet<Reply['kind']> = new Set(['answer', 'clarification', 'unanswered']);

/** What the person last asked, behind what it leant on itself: only the first may name the subject. */
function lastQuestion({ messages }: Conversation): string | undefined {
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message?.from !== 'bot') continue;
    const { reply } = message;
    if (reply?.query && LEANT_ON.has(reply.kind)) {
      const [own = '', earlier] = reply.query.split(LEANS_ON);
      return earlier ? `${earlier.slice(0, LONGEST_ROOT)} ${own}` : own;
    }
    const asked = messages[at - 1];
    const isBare = !reply && asked?.from === 'user';
    if (isBare && tokenize(asked.text).length > 2) return asked.text;
  }
  return undefined;
}

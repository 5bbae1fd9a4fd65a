import { quoteOf, type Span } from '../../knowledge/article.ts';
import type { Stated } from '../../retrieval/differences.ts';
import type { Passage } from '../../retrieval/hit.ts';
import { isStopWord } from '../../retrieval/terms.ts';
import { LEANING, readingText, wordsIn } from './statement.ts';

/** One side of a difference as an answer says it. */
export interface Side {
  readonly passage: Passage;
  /** A clause without a stop, to stand between others. */
  readonly text: string;
  readonly slices: readonly Span[];
  readonly words: number;
}

/** What only ties a sentence to the one before it. */
const TIE =
  /^(?:however|but|also|additionally|in addition|simply put|for example|overall|yes|no),\s+/i;
/** Words of a side past which it is no longer read as one of two. */
const LONGEST = 38;

/** The sentence as one side; undefined where it cannot be understood alone, or is too long. */
export function sideOf(passage: Passage, { sentence: at, isLed }: Stated): Side | undefined {
  const { article, chunk } = passage;
  const sentence = chunk.sentences[at];
  if (!sentence || sentence.doubt) return undefined;
  const own = readingText(article, sentence).replace(TIE, '');
  const slices: Span[] = [sentence];
  let text = own;
  const isFragment = sentence.kind === 'item' && !sentence.label && !/[.!]$/.test(own);
  const lead = sentence.leadIn && readingText(article, sentence.leadIn).replace(/[:.]$/, '');
  if (lead && sentence.leadIn && (isLed || isFragment) && !LEANING.test(lead)) {
    text = `${lead}: ${own}`;
    slices.unshift(sentence.leadIn);
  } else if (isLed) return undefined;
  else if (sentence.kind === 'cell') {
    const head = [sentence.row, sentence.column].filter((span) => span !== undefined);
    text = `${head.map((span) => quoteOf(article, span)).join(', ')}: ${own}`;
    slices.unshift(...head);
  } else if (LEANING.test(own)) return undefined;
  text = text.replace(/[.!]+$/, '').replace(/\s+/g, ' ');
  // A stop inside would part the side from its marker.
  if (/[.!?][\u201d"')]*\s+\p{Lu}/u.test(text)) return undefined;
  const words = wordsIn(text);
  return words > LONGEST ? undefined : { passage, text: lowered(text), slices, words };
}

/** A first word that is only capital because it comes first is written small again. */
function lowered(text: string): string {
  const first = /^\p{Lu}\p{Ll}+(?=\s)/u.exec(text)?.[0];
  if (!first || !(isStopWord(first.toLowerCase()) || COMMON_FIRST.test(first))) return text;
  return first.toLowerCase() + text.slice(first.length);
}

const COMMON_FIRST =
  /^(?:most|many|only|people|patients|those|research|studies|although|while|because|after|before|side|soreness|bruising|skip|no)$/i;

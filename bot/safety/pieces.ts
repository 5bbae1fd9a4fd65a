import type { Span } from '../../knowledge/article.ts';

/** Sentences looked at, half of them from each end: nobody reports more, an attack may. */
const MOST_SENTENCES = 8;
/** UTF-16 code units of a message that is also looked at as a whole; the encoder reads no more. */
const WHOLE = 600;
const SENTENCE = /[^.!?\n\u2026]+[.!?\u2026]*/g;
const TWO_WORDS = /\p{L}+[^\p{L}]+\p{L}+/u;

/**
 * What the second look reads of a message: all of it, where it is short, and its sentences of two
 * words or more.
 */
export function piecesOf(utterance: string): Span[] {
  const sentences = [...utterance.matchAll(SENTENCE)].flatMap(({ 0: text, index }) =>
    TWO_WORDS.test(text) ? [{ start: index, end: index + text.length }] : [],
  );
  const looked =
    sentences.length <= MOST_SENTENCES
      ? sentences
      : [...sentences.slice(0, MOST_SENTENCES / 2), ...sentences.slice(-MOST_SENTENCES / 2)];
  const whole = { start: 0, end: utterance.length };
  if (sentences.length <= 1) return sentences.length === 0 ? [] : [whole];
  return utterance.length <= WHOLE ? [whole, ...looked] : looked;
}

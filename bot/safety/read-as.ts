import type { RuleSet } from '../../knowledge/rule.ts';
import { inEnglish } from '../../knowledge/spanish-english.ts';
import { languageOf } from './language.ts';
import { type HeardOnce, listen } from './listen.ts';

const CAPITAL = /\p{Lu}/u;
const SMALL = /\p{Ll}/u;

/**
 * What the encoder reads of a text, which knows English only and words in capitals less well: Spanish
 * word by word in English, and a text all in capitals in small letters.
 */
export function readAs(text: string, rules: RuleSet): string {
  const isLoud = CAPITAL.test(text) && !SMALL.test(text);
  return inReadersLanguage(isLoud ? text.toLowerCase() : text, listen(text, rules));
}

/** The same for a text that has been listened to. */
export function inReadersLanguage(text: string, heard: HeardOnce): string {
  return languageOf(heard, null) === 'es' ? inEnglish(text) : text;
}

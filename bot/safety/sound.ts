/** Letters from which on a word is told by its sound: shorter ones sound like too many others. */
const SHORTEST = 6;
/** Consonants that are left of it at least. */
const LEAST = 4;

/**
 * How a word sounds to somebody who spells by ear, in English or Spanish: "elikwis" and "eliquis",
 * "hoomira" and "humira" share a key. Every vowel is one sound and the last is silent; empty where
 * the word is too short to be told so.
 */
export function soundKey(word: string): string {
  if (word.length < SHORTEST) return '';
  const key = word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/^x/, 's')
    .replace(/x/g, 'ks')
    .replace(/qu|qw|q/g, 'kw')
    .replace(/ph/g, 'f')
    .replace(/ch(?=[lr])|ck|c(?![eiyh])/g, 'k')
    .replace(/sc(?=[eiy])|c(?=[eiy])|z/g, 's')
    .replace(/(?<=[a-z])h|gh/g, (found) => (found === 'gh' ? 'g' : ''))
    .replace(/v/g, 'b')
    .replace(/[aeiouy]+/g, 'a')
    .replace(/(.)\1+/g, '$1')
    .replace(/a$/, '');
  return key.replaceAll('a', '').length >= LEAST ? key : '';
}

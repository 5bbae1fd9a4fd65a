import { stemmer } from 'stemmer';
import { spokenWords } from '../knowledge/spoken-words.ts';
import { tokenize } from '../knowledge/tokens.ts';

/**
 * Words that carry no subject. Short on purpose: before, after, during, not, long, many, who, where
 * and why decide which passage is meant and stay in.
 */
const STOP_WORDS = new Set(
  (
    'a an the and or of to in on at for from by as is are was were be been being am i im me my you ' +
    'your we our it its this that these those they them their he she his her do does did done have ' +
    'has had having will would shall should can could may might must there here what which than ' +
    'then so if but about into with some any just really very also get got gets getting go going ' +
    'like up out too lol pls please u ur ok okay thing things anything something one ones s t'
  ).split(' '),
);

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

const stems = new Map<string, string>();

/** Porter's stem of a folded word; numbers stay as they are. */
export function stemOf(word: string): string {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = stemmer(word.replace(/'s$|'$/, '').replaceAll("'", ''));
    // Bounded, because anybody may send words nobody has sent before.
    if (stems.size > 50_000) stems.clear();
    stems.set(word, stem);
  }
  return stem;
}

/** Stems in reading order without stop words. */
export function stemsOf(text: string): string[] {
  const found: string[] = [];
  for (const { word } of tokenize(text)) if (!STOP_WORDS.has(word)) found.push(stemOf(word));
  return found;
}

/** How common a word is in spoken English (`spokenWords`); 0 for a word not heard there. */
export function spokenCount(word: string): number {
  return spokenWords().get(word) ?? 0;
}

let total = 0;

/** -log10 of the share of spoken English that this word is, in [1, 8]; 8 for one never heard. */
export function rarity(word: string): number {
  const count = spokenCount(word);
  if (total === 0) for (const each of spokenWords().values()) total += each;
  return count === 0 ? 8 : Math.min(8, -Math.log10(count / total));
}

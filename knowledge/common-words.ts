import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLexicon } from './lexicon.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { spokenWords } from './spoken-words.ts';
import { tokenize } from './tokens.ts';

/** Words that somebody may have meant as they typed them. */
export interface CommonWords {
  /** Never a slip: common English words, those of our own articles and lexicon. */
  readonly common: ReadonlySet<string>;
  /** English words too rare to be sure of: a slip of one letter at most. */
  readonly rare: ReadonlySet<string>;
}

/** Times a word is said in `spokenWords` that make it common, or rare. */
const COMMON = 60;
const RARE = 5;
/** Typed by readers, misspelt on purpose: the questions in an article's comments. */
const COMMENT = /<!--[\s\S]*?-->/g;
/** Plain words, seldom said in films, that look or sound like a word of a rule: no slips of it. */
const NO_SLIPS =
  'crew crewed crewing binned binning wince winces winced wincing flinch flinches flinched flinching gawp gawping pistoned pistoning keloid keloids selfsame wheelbase rigorous rigorously';
let words: CommonWords | undefined;

export function commonWords(): CommonWords {
  words ??= readWords();
  return words;
}

function readWords(): CommonWords {
  const common = new Set<string>();
  const rare = new Set<string>();
  for (const [word, count] of spokenWords()) {
    if (count < RARE) continue;
    (count >= COMMON ? common : rare).add(word.replaceAll("'", ''));
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

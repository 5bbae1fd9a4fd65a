import { plainWords } from '../../knowledge/plain-words.ts';
import type { Ear } from './ear.ts';
import { meantBeside } from './homophones.ts';
import { atomsOf, isWord, type Reading, type Word } from './words.ts';

/** "who's", "they'd"; not "carn't". */
const CONTRACTED = /['\u2019](?!t$)/;
const CAPITAL = /^[A-Z]/;

/** Unknown words that are listened to, so that gibberish costs no more than text. */
const MOST_HEARD = 80;

/**
 * The same words, those that are none as what they sound like too, and homophones as what they stand
 * for beside their neighbours; undefined where nothing is heard otherwise. Places stay as they are.
 */
export function readByEar(
  words: readonly Word[],
  text: string,
  ear: Ear,
  reading: Omit<Reading, 'speller'>,
): Word[] | undefined {
  const { phrasebook, commonWords } = reading;
  const read = [...words];
  const tried = new Set<string>();
  const rare: number[] = [];
  let isHeard = false;
  const isAllCapitals = !/[a-z]/.test(text);

  function hear(at: number, word: string, mayBeOther: boolean): boolean {
    const heard = ear.heard(word, mayBeOther);
    return heard.length > 0 && put(at, heard);
  }

  function put(at: number, meant: readonly string[]): boolean {
    const word = read[at];
    const [best] = meant;
    if (!word || best === undefined) return false;
    const added = new Set(meant.flatMap((each) => atomsOf(each, phrasebook)));
    const atoms = [...new Set([...word.atoms, ...added])];
    if (atoms.length === word.atoms.length) return false;
    read[at] = { ...word, word: best, atoms };
    return true;
  }

  for (const [at, word] of words.entries()) {
    if (words[at - 1]?.start === word.start || words[at + 1]?.start === word.start) continue;
    const typed = text.slice(word.start, word.end);
    const [plain, ...more] = plainWords(typed);
    if (plain === undefined || more.length > 0 || CONTRACTED.test(typed)) continue;
    const isRare = commonWords.rare.has(plain) && !phrasebook.words.has(plain);
    if (isWord(plain, reading) && !isRare) continue;
    if (isFormOfWord(plain, reading)) continue;
    if (isRare) {
      rare.push(at);
      continue;
    }
    if (isInitials(typed) && !isAllCapitals) continue;
    tried.add(plain);
    if (tried.size > MOST_HEARD) break;
    const isNew = words[at - 1]?.sentence !== word.sentence;
    const isName = CAPITAL.test(typed) && !isNew && !isAllCapitals;
    if (hear(at, plain, isName)) isHeard = true;
  }
  // Who spells one word by its sound may have met a rare word with another: "fant", "brest".
  if (isHeard) for (const at of rare.slice(0, MOST_HEARD)) hear(at, words[at]?.word ?? '', true);

  for (let from = 0, to = 0; from < read.length; from = to) {
    while (to < read.length && read[to]?.sentence === read[from]?.sentence) to += 1;
    const sentence = read.slice(from, to).map(({ word }) => word);
    for (let at = 0; at < sentence.length; at += 1) {
      const meant = meantBeside(sentence, at);
      if (meant !== undefined && put(from + at, [meant])) isHeard = true;
    }
  }
  return isHeard ? read : undefined;
}

/** "fainters", "refreshable": a word with an ending that no list has; "bredding" is none of "bred". */
function isFormOfWord(typed: string, reading: Omit<Reading, 'speller'>): boolean {
  return FORM_ENDINGS.some(([ending, least]) => {
    const stem = typed.replace(ending, '');
    if (stem === typed || stem.length < least) return false;
    return isWord(stem, reading) || isWord(`${stem}e`, reading);
  });
}

/** Endings, and the letters of the shortest stem that each may stand behind. */
const FORM_ENDINGS: readonly (readonly [RegExp, number])[] = [
  [/s$/, 4],
  [/(?:er|or|ly|ness|less|able|ish|est)s?$/, 4],
  [/(?:ing|ed)s?$/, 5],
];

/** "CPD" */
function isInitials(typed: string): boolean {
  return typed.length <= 5 && typed === typed.toUpperCase();
}

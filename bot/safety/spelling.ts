import type { Phrasebook } from '../../knowledge/phrasebook.ts';
import type { CommonWords } from '../../knowledge/common-words.ts';
import { ENDINGS } from './endings.ts';
import { FormIndex } from './forms.ts';
import { soundKey } from './sound.ts';

/** Endings that a stem's pattern is likely to meet, so that slips in them are found too. */
const STEM_ENDINGS = [...ENDINGS, 'a', 'o', 'an', 'ado', 'ada', 'ando'];
const SHORTEST = 4;
/** From this length on, two slips still leave the word recognisable. */
const TWO_SLIPS = 8;
const LONGEST = 20;
/** What a stem with an ending, which may be no word, costs more than a word of a pattern. */
const GUESSED = 0.25;

/** Finds the one word of the vocabulary that a misspelt word stands for. */
export interface Speller {
  /** Undefined when nothing is near enough, at most so many slips away, and with two none sounds like it. */
  correct(word: string, slips: 1 | 2): string | undefined;
}

/** `known` words are told by their letters only: what few can spell, such as a medicine, by its sound too. */
export function createSpeller({ words, stems }: Phrasebook, known?: CommonWords): Speller {
  const vocabulary = new Set([...words.keys()].filter((word) => /^\p{L}+$/u.test(word)));
  for (const stem of stems.keys()) for (const ending of STEM_ENDINGS) vocabulary.add(stem + ending);
  const forms = new FormIndex(
    [...vocabulary].filter(({ length }) => length >= SHORTEST && length <= LONGEST),
    ({ length }) => (length >= TWO_SLIPS ? 2 : 1),
  );
  const bySound = new Map<string, string>();
  for (const word of [...words.keys()].filter((each) => /^\p{L}+$/u.test(each)).sort()) {
    const key = known?.common.has(word) || known?.rare.has(word) ? '' : soundKey(word);
    if (key && !bySound.has(key)) bySound.set(key, word);
  }

  return {
    correct(word, slips) {
      if (word.length < SHORTEST || word.length > LONGEST || vocabulary.has(word)) return undefined;
      let best: string | undefined;
      let least = Number.POSITIVE_INFINITY;
      const letters = slips === 2 && word.length >= TWO_SLIPS - 1 ? 2 : 1;
      for (const near of forms.near(word, letters)) {
        const cost = slipCost(word, near, slips) + (words.has(near) ? 0 : GUESSED);
        if (cost < least || (cost === least && best !== undefined && near < best)) {
          least = cost;
          best = near;
        }
      }
      return best ?? (slips === 2 ? bySound.get(soundKey(word)) : undefined);
    },
  };
}

/** Slips, and half as much again for a wrong first letter; infinite when too many. */
function slipCost(word: string, near: string, most: 1 | 2): number {
  const slips = slipsBetween(word, near);
  const isFirstKept = word[0] === near[0];
  if (slips === 1) {
    const isSure = near.length > SHORTEST || isAnagram(word, near) || soundsAlike(word, near);
    if (!isSure) return Number.POSITIVE_INFINITY;
    return isFirstKept ? 1 : 1.5;
  }
  return slips === 2 && most === 2 && isFirstKept && near.length >= TWO_SLIPS
    ? 2
    : Number.POSITIVE_INFINITY;
}

/** The same letters, some perhaps twice: all that a four-letter word is allowed. */
function isAnagram(word: string, near: string): boolean {
  return [...new Set(word)].sort().join('') === [...new Set(near)].sort().join('');
}

/** "fase" for "face": the same but for letters of one sound. */
function soundsAlike(word: string, near: string): boolean {
  return soundOf(word) === soundOf(near);
}

function soundOf(word: string): string {
  return word.replace(/c(?=[eiy])|z/g, 's').replace(/ck|c|q/g, 'k');
}

/** Damerau's distance with neighbours swapped, counted up to 3. */
function slipsBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped && row > 1 && column > 1) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      line.push(cost);
    }
    before = last;
    last = line;
  }
  return Math.min(3, last[other.length] ?? 3);
}

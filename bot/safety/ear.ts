import type { CommonWords } from '../../knowledge/common-words.ts';
import type { Phrasebook } from '../../knowledge/phrasebook.ts';
import { ENDINGS } from './endings.ts';
import { FormIndex } from './forms.ts';
import { soundsOf } from './phonemes.ts';
import { soundsBetween } from './sounds-between.ts';

/** Letters of the shortest and the longest word that is told by its sound. */
const SHORTEST = 3;
const LONGEST = 18;
/** Endings that make a word of a stem, where the stem with it is an English word. */
const STEM_ENDINGS = [...ENDINGS, 'ions', 'er', 'en'];
/** How far from what was typed a word may sound, by how many sounds it has; the last for longer ones. */
const FURTHEST = [0, 0, 0, 0.35, 0.39, 0.65, 0.8, 0.9, 1];
/** How far what may be another word, such as a name, may sound from what it is told for. */
const SURE = 0.2;
/** So short a word sounds like many: it begins with the same letter, and sounds the same. */
const SHORT = 3;
const FURTHEST_OF_SHORT = 0.1;
/** Nobody spells a word with so many letters more: "psoas" is no "sos". */
const LETTERS_FEWER = 2;
/** An English word from as many letters on needs no list to be one: a medicine. */
const NAME = 6;
/** A word that another matches better by more than this was not meant, be it ours or any other. */
const MARGIN = 0.2;
const MARGIN_OF_OTHERS = 0.25;
/** Words remembered with what they sound like. */
const REMEMBERED = 5000;

/** Tells words that are spelt as they sound. */
export interface Ear {
  /**
   * Words of the vocabulary that a word sounds like, the nearest first; only of quite the same sound
   * where it may be another word itself.
   */
  heard(word: string, mayBeOther: boolean): readonly string[];
}

interface Entry {
  readonly word: string;
  readonly sounds: string;
  /** Of the vocabulary, not only a common word. */
  readonly isOurs: boolean;
}

interface Near {
  readonly word: string;
  readonly far: number;
}

const NOTHING: readonly Near[] = [];

export function createEar(phrasebook: Phrasebook, { common, rare }: CommonWords): Ear {
  const ours = vocabularyOf(phrasebook, (word) => common.has(word) || rare.has(word));
  const bySkeleton = new Map<string, Entry[]>();
  for (const word of new Set([...ours, ...common])) {
    if (word.length < SHORTEST || word.length > LONGEST || !/^[a-z]+$/.test(word)) continue;
    const sounds = soundsOf(word);
    const skeleton = skeletonOf(sounds);
    const entry = { word, sounds, isOurs: ours.has(word) };
    const known = bySkeleton.get(skeleton);
    if (known) known.push(entry);
    else bySkeleton.set(skeleton, [entry]);
  }
  const skeletons = new FormIndex([...bySkeleton.keys()], () => 1);
  const remembered = new Map<string, readonly Near[]>();

  function near(word: string): readonly Near[] {
    const sounds = soundsOf(word);
    const isShort = word.length <= SHORT;
    const furthest = isShort
      ? FURTHEST_OF_SHORT
      : (FURTHEST[Math.min(sounds.length, FURTHEST.length - 1)] ?? 0);
    let nearest = Number.POSITIVE_INFINITY;
    let nearestOther = Number.POSITIVE_INFINITY;
    const found: Near[] = [];
    const own = skeletonOf(sounds);
    for (const skeleton of new Set(skeletons.near(own, 1))) {
      if (skeleton.length !== own.length && furthest < LEAST_LOST) continue;
      // Nobody mishears how a word begins.
      if (skeleton[0] !== own[0] && !MISHEARD.has(`${own[0]}${skeleton[0]}`)) continue;
      for (const each of bySkeleton.get(skeleton) ?? []) {
        const far = soundsBetween(sounds, each.sounds, furthest);
        if (far > furthest || (each.word.length <= SHORT && word.length >= SHORT + LETTERS_FEWER))
          continue;
        if (isShort && each.word[0] !== word[0]) continue;
        if (!each.isOurs) nearestOther = Math.min(nearestOther, far);
        else {
          nearest = Math.min(nearest, far);
          found.push({ word: each.word, far });
        }
      }
    }
    const most = Math.min(nearest + MARGIN, nearestOther + MARGIN_OF_OTHERS);
    return found
      .filter(({ far }) => far <= most)
      .sort((one, other) => one.far - other.far || (one.word < other.word ? -1 : 1));
  }

  return {
    heard(word, mayBeOther) {
      let known = remembered.get(word);
      if (!known) {
        const isTold = word.length >= SHORTEST && word.length <= LONGEST && /^[a-z]+$/.test(word);
        known = isTold ? near(word) : NOTHING;
        // Bounded, because anybody may send words nobody has sent before.
        if (remembered.size >= REMEMBERED) remembered.clear();
        remembered.set(word, known);
      }
      const sure = mayBeOther ? known.filter(({ far }) => far <= SURE) : known;
      return sure.map((each) => each.word);
    },
  };
}

/** Words of the English patterns, but no shorthand such as "sos": misspelt Spanish sounds otherwise. */
function vocabularyOf(
  { words, stems, english, spanish }: Phrasebook,
  isWord: (word: string) => boolean,
) {
  const vocabulary = new Set<string>();
  for (const [word, atom] of words) {
    const isName = word.length >= NAME && !spanish.has(atom);
    if (english.has(atom) && (isWord(word) || isName)) vocabulary.add(word);
  }
  for (const [stem, atom] of stems) {
    if (!english.has(atom)) continue;
    for (const ending of STEM_ENDINGS) if (isWord(stem + ending)) vocabulary.add(stem + ending);
  }
  return vocabulary;
}

/** What a consonant of the skeleton that is left out costs at least. */
const LEAST_LOST = 0.5;
/** First consonants of a skeleton that are told apart there and yet spelt for one another. */
const MISHEARD = new Set(['ft', 'tf', 'fp', 'pf', 'wf', 'fw', 'ks', 'sk', 'st', 'ts']);

/** What stays of a word however its vowels are spelt: its consonants, kin ones alike. */
function skeletonOf(sounds: string): string {
  return sounds
    .replace(/(?<=[aeiouAEIOUWYR])r(?![aeiouAEIOUWYR])/g, '')
    .replace(/[aeiouAEIOUWYRhy]/g, '')
    .replace(/[zSCZj]/g, 's')
    .replace(/[dT]/g, 't')
    .replace(/[nN]/g, 'm')
    .replace(/g/g, 'k')
    .replace(/b/g, 'p')
    .replace(/v/g, 'f')
    .replace(/(.)\1+/g, '$1');
}

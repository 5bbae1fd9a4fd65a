import type { CommonWords } from '../../knowledge/common-words.ts';
import { NUMBER } from '../../knowledge/pattern.ts';
import { joinWords, plainWords } from '../../knowledge/plain-words.ts';
import type { Phrasebook } from '../../knowledge/phrasebook.ts';
import { isSpanishWord } from '../../knowledge/spanish-words.ts';
import { tokenize } from '../../knowledge/tokens.ts';
import type { Speller } from './spelling.ts';

/** One plain word with the place of what it was typed as, in UTF-16 code units. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Number of the sentence it stands in, from 0. */
  readonly sentence: number;
  /** Whether a comma, a dash or dots stand before it. */
  readonly isAfterPause: boolean;
  /** Whether its sentence ends with a question mark. */
  isAsked: boolean;
  /** Numbers of the phrasebook's words and stems that it is. */
  readonly atoms: readonly number[];
}

export interface Reading {
  readonly phrasebook: Phrasebook;
  readonly commonWords: CommonWords;
  readonly speller: Speller;
}

/** Number of the sentence that a stretch of words begins in. */
export function sentenceOf({ from }: { readonly from: number }, words: readonly Word[]): number {
  return words[from]?.sentence ?? -1;
}

/** Words with letters that are tried as slips or run-ons, so that gibberish costs no more than text. */
const MOST_UNKNOWN = 600;
const LONGEST_RUN_ON = 24;
/** Words that tell the language of a text, and by how many one must be ahead. */
const MOST_COMPARED = 60;
const SURE = 2;
/** Share of its letters that a Spanish word's other forms begin with. */
const SAME_WORD = 0.7;
/** "10wks", "20mg": a number and its unit. */
const COUNTED = /^(\d+)(\p{L}{2,})$/u;
/** "killmyself" */
const TO_ONESELF = /^([a-z]{3,})((?:my|him|her)self)$/;
const REPEATED = /(.)\1{2,}/gu;
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
};

/** Reads an utterance into plain words: chat spellings, slips and run-ons put right, places kept. */
export function readWords(text: string, reading: Reading): Word[] {
  const words: Word[] = [];
  const known = new Map<string, readonly (readonly [string, readonly number[]])[]>();
  let unknown = 0;
  let sentence = 0;
  let sentenceFrom = 0;
  let end = 0;
  const tokens = tokenize(text);
  const isSpanish = areSpanish(
    tokens.map(({ word }) => word),
    reading,
  );

  for (const token of tokens) {
    const between = text.slice(end, token.start);
    const pause =
      words.length === 0 || between === ' ' ? 'none' : pauseIn(between, text, end, token.start);
    if (pause === 'stop') {
      if (between.includes('?')) markAsked(words, sentenceFrom);
      sentence += 1;
      sentenceFrom = words.length;
    }
    end = token.end;

    let plain = known.get(token.word);
    if (!plain) {
      const mayTry = unknown < MOST_UNKNOWN;
      const found =
        isSpanish && isSpanishWord(token.word)
          ? spanishWord(token.word, reading, mayTry)
          : recognise(token.word, reading, mayTry);
      if (found.isUnknown) unknown += 1;
      plain = found.words.map((word) => [word, atomsOf(word, reading.phrasebook)] as const);
      known.set(token.word, plain);
    }
    let isAfterPause = pause !== 'none';
    for (const [word, atoms] of plain) {
      const last = words.at(-1);
      const joined =
        last && last.sentence === sentence && !isAfterPause && joinWords(last.word, word);
      if (last && joined) {
        words[words.length - 1] = {
          word: joined,
          start: last.start,
          end: token.end,
          sentence,
          isAfterPause: last.isAfterPause,
          isAsked: false,
          atoms: atomsOf(joined, reading.phrasebook),
        };
      } else {
        const { start, end: wordEnd } = token;
        words.push({ word, start, end: wordEnd, sentence, isAfterPause, isAsked: false, atoms });
      }
      isAfterPause = false;
    }
  }
  if (text.slice(end).includes('?')) markAsked(words, sentenceFrom);
  return words;
}

/** By words that only one of the two languages has. */
function areSpanish(words: readonly string[], { commonWords: { common } }: Reading): boolean {
  let lead = 0;
  for (const word of new Set(words.slice(0, MOST_COMPARED))) {
    const isEnglish = common.has(word);
    if (isEnglish !== isSpanishWord(word)) lead += isEnglish ? -1 : 1;
  }
  return lead >= SURE;
}

function markAsked(words: Word[], from: number): void {
  for (let at = from; at < words.length; at += 1) {
    const word = words[at];
    if (word) word.isAsked = true;
  }
}

/** "stop" ends a sentence; dots in a row are a pause, and so is a point inside "1.5" or "a.m.". */
function pauseIn(
  between: string,
  text: string,
  from: number,
  to: number,
): 'none' | 'pause' | 'stop' {
  if (/[!?;\n\u00a1\u00bf]/.test(between)) return 'stop';
  if (/\.\.|\u2026/.test(between)) return 'pause';
  if (between.includes('.')) {
    const isTight = between === '.';
    const isAbbreviation = /[\s.]\p{L}$/u.test(text.slice(Math.max(0, from - 2), from));
    const isDigit = /\d/.test(text[from - 1] ?? '') && /\d/.test(text[to] ?? '');
    return isTight && (isAbbreviation || isDigit) ? 'none' : 'stop';
  }
  return /[,:()\u2013\u2014]|\s-\s/.test(between) ? 'pause' : 'none';
}

/** Numbers of the phrasebook's words and stems that a plain word is. */
export function atomsOf(word: string, { words, stems, longestStem }: Phrasebook): number[] {
  const atoms: number[] = [];
  const whole = words.get(word);
  if (whole !== undefined) atoms.push(whole);
  const number = /^\d+$/.test(word) ? words.get(NUMBER) : undefined;
  if (number !== undefined) atoms.push(number);
  for (let length = 3; length <= Math.min(word.length, longestStem); length += 1) {
    const stem = stems.get(word.slice(0, length));
    if (stem !== undefined) atoms.push(stem);
  }
  return atoms;
}

interface Recognised {
  readonly words: readonly string[];
  readonly isUnknown: boolean;
}

function recognise(token: string, reading: Reading, mayTry: boolean): Recognised {
  const plain = plainWords(token);
  const [only] = plain;
  if (plain.length !== 1 || only === undefined) return { words: plain, isUnknown: false };
  const whole = withEnding(only, reading);
  if (whole) return { words: [whole], isUnknown: false };
  if (isWord(only, reading)) return { words: plain, isUnknown: false };
  const [, verb, self] = TO_ONESELF.exec(only) ?? [];
  if (verb && self && isWord(verb, reading)) return { words: [verb, self], isUnknown: true };
  if (isKnown(only, reading)) {
    // It begins like a stem and may still be a slip: "breathlses".
    const meant = mayTry ? correct(only, reading) : undefined;
    return { words: [isEnding(only, meant) ? only : meant], isUnknown: true };
  }
  const asIs = { words: plain, isUnknown: true };
  if (!mayTry) return asIs;

  const single = only.replace(REPEATED, '$1');
  for (const form of [only.replace(REPEATED, '$1$1'), single]) {
    if (form === only) continue;
    const words = plainWords(form);
    if (words.every((word) => isKnown(word, reading))) return { words, isUnknown: true };
  }
  const [, number, unit] = COUNTED.exec(only) ?? [];
  if (number && unit) return { words: [number, ...plainWords(unit)], isUnknown: true };
  if (/\d/.test(only) && /\p{L}/u.test(only)) {
    const letters = only.replace(/[013457]/g, (digit) => LEET[digit] ?? digit);
    if (isKnown(letters, reading)) return { words: [letters], isUnknown: true };
    return asIs;
  }
  if (single.length <= LONGEST_RUN_ON) {
    const corrected = correct(single, reading);
    if (corrected) return { words: [corrected], isUnknown: true };
    const parts = splitRunOn(single, reading, 3);
    if (parts) return { words: parts.flatMap((part) => plainWords(part)), isUnknown: true };
  }
  return asIs;
}

/** A Spanish word is no slip for another; it may be a form of one that a pattern has. */
function spanishWord(token: string, reading: Reading, mayTry: boolean): Recognised {
  const words = plainWords(token);
  const [only] = words;
  const isOne = words.length === 1 && only !== undefined;
  if (!isOne || !mayTry || isWord(only, reading)) return { words, isUnknown: false };
  const meant = correct(only, reading);
  const isForm = meant !== undefined && sharedStart(only, meant) >= SAME_WORD * only.length;
  return { words: isForm && !isEnding(only, meant) ? [meant] : words, isUnknown: true };
}

/** Letters that two words begin with alike. */
function sharedStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** "bleedin", "dropin", "swallowd": the whole word, where that is one. */
function withEnding(word: string, { phrasebook, commonWords: { common, rare } }: Reading) {
  if (word.length < 5 || common.has(word) || rare.has(word)) return undefined;
  const stem = word.slice(0, -1);
  const wholes = word.endsWith('in')
    ? [`${word}g`, `${word.slice(0, -2)}${word.at(-3)}ing`]
    : /[^aeiouy]d$/.test(word)
      ? [`${stem}ed`]
      : [];
  return wholes.find((whole) => common.has(whole) || phrasebook.words.has(whole));
}

function correct(word: string, { commonWords, speller }: Reading): string | undefined {
  return speller.correct(word, commonWords.rare.has(word) ? 1 : 2);
}

/** No other word, or one that only ends otherwise: "embarazada" is no slip for "embarazadas". */
function isEnding(word: string, other: string | undefined): other is undefined {
  return other === undefined || other.startsWith(word) || word.startsWith(other);
}

/** Whether it is a word as it stands, in English or in a pattern. */
export function isWord(
  word: string,
  { phrasebook, commonWords: { common, rare } }: Omit<Reading, 'speller'>,
): boolean {
  return phrasebook.words.has(word) || common.has(word) || rare.has(word);
}

function isKnown(word: string, { phrasebook, commonWords }: Reading): boolean {
  return commonWords.common.has(word) || atomsOf(word, phrasebook).length > 0;
}

/** "cantbreathe", "icantbreathe": every part a known word, the last one of four letters or more. */
function splitRunOn(word: string, reading: Reading, most: number): string[] | undefined {
  if (most < 2) return undefined;
  for (let at = word.length - 4; at >= 1; at -= 1) {
    const right = word.slice(at);
    if (!reading.phrasebook.words.has(right) || right.length < 4) continue;
    const left = word.slice(0, at);
    const isWord =
      left === 'i' || left === 'im' || (left.length > 1 && reading.phrasebook.words.has(left));
    if (isWord) return [left, right];
    const before = splitRunOn(left, reading, most - 1) ?? splitShort(left, reading);
    if (before) return [...before, right];
  }
  return undefined;
}

function splitShort(word: string, { phrasebook }: Reading): string[] | undefined {
  return word.startsWith('i') && phrasebook.words.has(word.slice(1)) && word.length > 3
    ? ['i', word.slice(1)]
    : undefined;
}

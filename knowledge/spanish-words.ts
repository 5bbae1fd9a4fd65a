import { fstatSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Pronouns written as one with the verb before them: "pincharme", "decírselo", "siéntese". */
const PRONOUNS = /(?:me|te|se|nos|os)?(?:l[aeo]s?)?$/;
/** "moradito", "brinquitos" */
const SMALL = /^(.+?)(?:c?it)([ao]s?)$/;
/** Words whose answer is kept: the same few hundred come again and again. */
const MOST_KEPT = 5_000;
/** Bytes that one look reads. */
const PART = 16_384;
/** Of two words and what stands between them. */
const LONGEST = 128;
/** The shortest verb that a pronoun may stand behind. */
const SHORTEST_VERB = 4;

const kept = new Map<string, boolean>();
let list: WordList | undefined;

/**
 * Whether a word, in lower case and without accents, is Spanish: one of the 637,000 words and forms of
 * the Letterpress list, a verb with pronouns behind it, or a thing made small. The list stays in its
 * file of 8 MB, of which the system keeps at hand what is read; a set of so many strings would take 60.
 */
export function isSpanishWord(word: string): boolean {
  const known = kept.get(word);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const isSpanish = isForm(word);
  kept.set(word, isSpanish);
  return isSpanish;
}

function isForm(word: string): boolean {
  if (isListed(word)) return true;
  const verb = word.replace(PRONOUNS, '');
  if (verb !== word && verb.length >= SHORTEST_VERB && isListed(verb)) return true;
  const [, stem, ending] = SMALL.exec(word) ?? [];
  if (stem === undefined || ending === undefined) return false;
  return [stem, stem.replace(/qu$/, 'c'), stem.replace(/gu$/, 'g')].some(
    (whole) => whole.length > 2 && (isFound(whole + ending) || isFound(whole)),
  );
}

/** Also where one of its letters n has lost its tilde. */
function isListed(word: string): boolean {
  if (isFound(word)) return true;
  for (let at = word.indexOf('n'); at >= 0; at = word.indexOf('n', at + 1)) {
    if (isFound(`${word.slice(0, at)}ñ${word.slice(at + 1)}`)) return true;
  }
  return false;
}

function isFound(word: string): boolean {
  // A comma alone stands between any two words.
  if (!/^\p{L}+$/u.test(word)) return false;
  list ??= openList();
  const sought = Buffer.from(word);
  let low = 0;
  let high = list.parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (Buffer.compare(list.parts[middle]!.first, sought) <= 0) low = middle;
    else high = middle - 1;
  }
  const from = list.parts[low]!.from;
  const to = list.parts[low + 1]?.from ?? list.end;
  const part = Buffer.alloc(to - from);
  readSync(list.file, part, 0, part.length, from);
  return part.includes(`"${word}"`);
}

/** The list's file is one JSON array of strings, `["one","other"]`, in the order of their bytes. */
interface WordList {
  readonly file: number;
  /** Bytes of the file. */
  readonly end: number;
  /** Each begins with the quotation mark of its first word. */
  readonly parts: readonly { readonly from: number; readonly first: Buffer }[];
}

function openList(): WordList {
  const file = openSync(createRequire(import.meta.url).resolve('an-array-of-spanish-words'), 'r');
  const end = fstatSync(file).size;
  const parts: { from: number; first: Buffer }[] = [];
  const some = Buffer.alloc(LONGEST);
  for (let at = 0; at < end; at += PART) {
    const read = some.subarray(0, readSync(file, some, 0, LONGEST, at));
    const mark = at === 0 ? 1 : read.indexOf(',"') + 1;
    const close = read.indexOf('"', mark + 1);
    // What is left at the end may hold no whole word.
    if (mark > 0 && close > mark) {
      parts.push({ from: at + mark, first: Buffer.from(read.subarray(mark + 1, close)) });
    }
  }
  return { file, end, parts };
}

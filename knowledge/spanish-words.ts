import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Pronouns written as one with the verb before them: "pincharme", "decírselo", "siéntese". */
const PRONOUNS = /(?:me|te|se|nos|os)?(?:l[aeo]s?)?$/;
/** "moradito", "brinquitos" */
const SMALL = /^(.+?)(?:c?it)([ao]s?)$/;
/** Words whose answer is kept: the same few hundred come again and again. */
const MOST_KEPT = 5_000;
/** The shortest verb that a pronoun may stand behind. */
const SHORTEST_VERB = 4;

const kept = new Map<string, boolean>();
let list: Buffer | undefined;

/**
 * Whether a word, in lower case and without accents, is Spanish: one of the 637,000 words and forms of
 * the Letterpress list, a verb with pronouns behind it, or a thing made small. The list is kept as the
 * 8 MB of its file, for a set of so many strings would take eight times that.
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

/** By bisection: the file is one JSON array of strings, `["one","other"]`, in the order of their bytes. */
function isFound(word: string): boolean {
  list ??= readFileSync(createRequire(import.meta.url).resolve('an-array-of-spanish-words'));
  const sought = Buffer.from(word);
  let low = 0;
  let high = list.lastIndexOf('"');
  while (low < high) {
    const comma = list.lastIndexOf(',', (low + high) >>> 1);
    const from = Math.max(comma, 0) + '["'.length;
    const to = list.indexOf('"', from);
    if (to < 0) return false;
    const order = list.compare(sought, 0, sought.length, from, to);
    if (order === 0) return true;
    if (order < 0) low = to + 1;
    else high = Math.max(comma, 0);
  }
  return false;
}

import type { Span } from './article.ts';

/** Never the end of a sentence, whatever follows. */
const NEVER_LAST = new Set(
  'e.g i.e vs cf viz dr mr mrs ms prof resp incl dra sr sra srta ud uds p.ej ej'.split(' '),
);
/** The end of a sentence only before a word that commonly begins one ("in the U.S. It …"). */
const SELDOM_LAST = new Set(
  'u.s u.k e.u u.s.a st jr ph.d m.d d.c d.o inc ltd co dept mt ave blvd al'.split(' '),
);
/** An abbreviation only before a figure ("No. 3"), else a word ("No. It does not."). */
const BEFORE_FIGURE = new Set('no nos fig figs vol pp p ch sec eq tab approx ca'.split(' '));
const STARTERS = new Set(
  `the a an it its this that these those they he she we you i in on at for if when while after before
  however but and some many most our your there as by with to what how who is are do does can`.split(
    /\s+/,
  ),
);
/** Words whose single letter is a name and not an initial: "vitamin C. Take …". */
const LETTERED = new Set(
  'vitamin hepatitis substance plan type grade group class option part level stage step figure'.split(
    ' ',
  ),
);

const STOP =
  /(?:\.{2,}|[.!?\u2026]+)["'\u201d\u2019\u00bb)\]]*(?=\s|$)|[\u3002\uff01\uff1f]+[\u300d\u300f\uff09]*|(?<=\p{Ll}{2})\.(?=\p{Lu}\p{Ll})/gu;
/** Farther than this an open bracket is taken for a slip and no longer holds a sentence together. */
const BRACKET_REACH = 400;
/** Brackets open at once; more is a drawing. */
const MOST_OPEN = 32;

/**
 * Sentences of a text, in order, without the white space around them.
 *
 * No sentence crosses one of `breaks` (offsets into `text`). Stretches with no letter and no digit
 * belong to no sentence, so the spans need not tile the text.
 */
export function splitSentences(text: string, breaks: readonly number[] = []): Span[] {
  const ends = new Set(breaks);
  const closed = enclosed(text);
  for (const stop of text.matchAll(STOP)) {
    const end = stop.index + stop[0].length;
    if (!closed(stop.index, end) && isEnd(text, stop.index, end, stop[0])) ends.add(end);
  }
  const spans: Span[] = [];
  let start = 0;
  for (const end of [...ends, text.length].sort((a, b) => a - b)) {
    if (end <= start) continue;
    const span = trimmed(text, start, end);
    if (span) spans.push(span);
    start = end;
  }
  return spans;
}

function trimmed(text: string, start: number, end: number): Span | null {
  const piece = text.slice(start, end);
  if (!/[\p{L}\p{N}]/u.test(piece)) return null;
  const from = start + (piece.length - piece.trimStart().length);
  return { start: from, end: start + piece.trimEnd().length };
}

function isEnd(text: string, at: number, end: number, stop: string): boolean {
  const rest = text.slice(end, end + 60).trimStart();
  if (rest === '') return true;
  if (/^["'\u201c\u2018\u00ab([\u2014\u2013-]*\p{Ll}/u.test(rest)) return false;
  if (!/^\.["'\u201d\u2019\u00bb)\]]*$/.test(stop)) return true;

  const word = /[\p{L}\p{N}.'\u2019-]*$/u.exec(text.slice(Math.max(0, at - 40), at))?.[0] ?? '';
  const bare = word.toLowerCase();
  const next =
    /^[\p{L}'\u2019]+/u.exec(rest.replace(/^["'\u201c\u2018([]+/, ''))?.[0].toLowerCase() ?? '';
  if (NEVER_LAST.has(bare)) return false;
  if (BEFORE_FIGURE.has(bare)) return !/^\d/.test(rest);
  if (SELDOM_LAST.has(bare)) return STARTERS.has(next);
  if (/^\p{Lu}$/u.test(word)) {
    const before = /(\p{L}+)\s+$/u.exec(text.slice(Math.max(0, at - 40), at - 1))?.[1] ?? '';
    return LETTERED.has(before.toLowerCase()) || STARTERS.has(next);
  }
  // "1. Rest" at the start of a sentence is a number in a list.
  return !(/^\d{1,2}$/.test(word) && /(?:^|[.!?:]\s+)$/.test(text.slice(0, at - word.length)));
}

/** Whether a stop stands inside brackets or curly quotes that close again after it. */
function enclosed(text: string): (at: number, end: number) => boolean {
  const pairs: Span[] = [];
  const open: { mark: string; at: number }[] = [];
  for (const found of text.matchAll(/[()[\]\u201c\u201d]/g)) {
    const mark = found[0];
    if (mark === '(' || mark === '[' || mark === '\u201c') {
      open.push({ mark, at: found.index });
      if (open.length > MOST_OPEN) open.shift();
      continue;
    }
    const wanted = mark === ')' ? '(' : mark === ']' ? '[' : '\u201c';
    const nearest = open.findLastIndex((one) => one.mark === wanted);
    const opening = open[nearest];
    if (!opening) continue;
    open.length = nearest;
    if (found.index - opening.at <= BRACKET_REACH)
      pairs.push({ start: opening.at, end: found.index });
  }
  pairs.sort((a, b) => a.start - b.start);
  // Outermost pairs only: they neither overlap nor nest, so a binary search finds the one that may hold a stop.
  const outer: Span[] = [];
  for (const pair of pairs) if (pair.start >= (outer.at(-1)?.end ?? -1)) outer.push(pair);
  return (at, end) => {
    let low = 0;
    let high = outer.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const pair = outer[middle];
      if (!pair) return false;
      if (pair.end < at) low = middle + 1;
      else if (pair.start > at) high = middle - 1;
      else return pair.end >= end;
    }
    return false;
  };
}

import type { Span } from '../knowledge/article.ts';
import { stemOf } from './terms.ts';
import { DAY, HOUR, unitOf, valueOf } from './units.ts';

/** Something measured or counted in a sentence: `[low, high]` in the unit of its measure. */
export interface Quantity {
  /**
   * `time` in minutes, `rate` in times a day, `clock` in minutes after midnight, `length` in
   * millimetres, `mass` in grams, `volume` in millilitres, `share` in percent, `degrees` and `money`
   * as written; `count x` is a number of x, by stem.
   */
  readonly measure: string;
  readonly low: number;
  /** Infinity where the sentence names no end ("or longer"). */
  readonly high: number;
  readonly span: Span;
}

/** Visits by the names a clinic has for them; counts of them are counts of one thing. */
const VISIT = /^(?:session|visit|appointment|treatment)s?$/;
/** What a page numbers while it lists: "3 ways to …" says nothing of the subject. */
const LISTED =
  /^(?:ways?|steps?|reasons?|things?|types?|kinds?|measures?|facts?|benefits?|myths?|points?|tips?|questions?|parts?|techniques?|times?|others?|cases?|phases?|stages?|places?|risks?|options?|methods?|sides?)$/;

/** What "weeks to months" may come to, in months. */
const OPEN_COUNT = 6;
const VAGUE = /^(?:one|single|couple|few|several|once|twice)$/i;
const NAMED = /\b(?:the|these|those|both|its|their|of) $/i;

const NUMBER = String.raw`\d+(?:[.,]\d+)?|half an?|half|an?|one|single|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|sixty|ninety|couple|few|several`;
const UNIT = String.raw`seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|mm|millimet(?:er|re)s?|cm|centimet(?:er|re)s?|inch(?:es)?|mg|grams?|kg|kilos?|pounds?|lbs?|ml|lit(?:er|re)s?|percent|%|degrees?|dollars?|euros?`;
const BETWEEN = String.raw`\s*(?:[-\u2010-\u2015]|to|or|and)\s*(?:up to\s+)?`;
const AMOUNT = String.raw`(?:an?\s+)?(?<from>${NUMBER})(?:\s+of)?(?:${BETWEEN}(?:an?\s+)?(?<to>${NUMBER})(?:\s+of)?)?`;

const MEASURED = new RegExp(
  String.raw`(?<![\w.$])${AMOUNT}[\s-]*(?<unit>${UNIT})(?![\p{L}\d])(?:\s*(?:-|\u2013|to|or)\s*(?<open>seconds|minutes|hours|days|weeks|months|years)\b)?`,
  'giu',
);
const COUNTED = new RegExp(
  String.raw`(?<![\w.$])(?<from>${NUMBER})(?:${BETWEEN}(?:an?\s+)?(?<to>${NUMBER}))?\s+(?:(?<between>[\p{L}-]+\s+){0,2}?)(?<noun>session|visit|appointment|\p{L}{3,}s)(?!\p{L})`,
  'giu',
);
const PAID = new RegExp(
  String.raw`[$\u20ac\u00a3]\s?(?<from>\d+(?:[.,]\d+)?)(?:${BETWEEN}[$\u20ac\u00a3]?\s?(?<to>\d+(?:[.,]\d+)?))?`,
  'giu',
);
const CLOCK = new RegExp(
  String.raw`(?<![\w.])(?<hour>\d{1,2})(?::(?<minute>\d\d))?\s?(?<half>[ap])\.?m\b`,
  'giu',
);
const RATE = new RegExp(
  String.raw`(?<times>\b(?:once|twice|${NUMBER}))(?:${BETWEEN}(?<more>once|twice|${NUMBER}))?(?:\s+times?|\s+(?:sessions?|visits?|treatments?))?\s+(?:an?|per|each|every)\s+(?<unit>day|week|month|year)\b|\bevery\s+(?:(?<gap>${NUMBER})\s+)?(?:(?<units>days?|weeks?|months?|years?))\b|\b(?<adverb>daily|weekly|monthly)(?=[.,;)]|$|\s(?:for|until|after|before|with|and|or|to)\b)`,
  'giu',
);

const UPPER =
  /(?:\b(?:up to|at most|no more than|no longer than|not more than|less than|fewer than|under|within|maximum of)|\b(?:rarely|seldom|never|not)\b[^.]{0,20}\b(?:longer|more) than)\s+(?:the first\s+)?$/i;
const LOWER =
  /(?:\b(?:at least|more than|longer than|over|minimum of|no less than|not less than|from))\s+$/i;
const OPEN_END = /^\s*(?:or (?:longer|more|so more)|and (?:up|more)|\+)/i;
/** Between two amounts that are the ends of one range: "a few seconds or up to 20 minutes". */
const JOINED = /^\s*(?:-|\u2013|to|or|or up to|and)\s*(?:up to\s+)?$/i;

/** Amounts of a sentence in reading order; two that are the ends of one range come as one. */
export function quantitiesIn(text: string): Quantity[] {
  const taken: Span[] = [];
  const rates = ratesIn(text);
  for (const { span } of rates) taken.push(span);
  const isFree = (span: Span): boolean =>
    !taken.some(({ start, end }) => span.start < end && start < span.end);
  const found: Quantity[] = [];
  for (const quantity of [
    ...clocksIn(text),
    ...paidIn(text),
    ...measuredIn(text),
    ...countedIn(text),
  ]) {
    if (!isFree(quantity.span)) continue;
    taken.push(quantity.span);
    found.push(quantity);
  }
  return [...rates, ...joined(text, found)].sort((a, b) => a.span.start - b.span.start);
}

function measuredIn(text: string): Quantity[] {
  return [...text.matchAll(MEASURED)].flatMap((match) => {
    const { from, to, unit, open } = match.groups as Record<string, string | undefined>;
    const known = unitOf(unit ?? '');
    if (!known || !from) return [];
    const [measure, factor] = known;
    // "A degree of relief" measures nothing; "a week" does.
    if (measure !== 'time' && !to && !/\d/.test(from)) return [];
    const amount = bounded(text, match, measure, factor, from, to);
    if (!open) return [amount];
    return [{ ...amount, high: OPEN_COUNT * (unitOf(open)?.[1] ?? factor) }];
  });
}

function countedIn(text: string): Quantity[] {
  return [...text.matchAll(COUNTED)].flatMap((match) => {
    const { from, to, noun } = match.groups as Record<string, string | undefined>;
    if (!from || !noun || /^(?:an?|half.*)$/i.test(from)) return [];
    const isVisit = VISIT.test(noun.toLowerCase());
    if (!isVisit && (LISTED.test(noun.toLowerCase()) || VAGUE.test(from))) return [];
    // A year, not a number of things; "the two methods" counts nothing either.
    if (Number(from) >= 1000 || NAMED.test(text.slice(0, match.index))) return [];
    const measure = isVisit ? 'count visit' : `count ${stemOf(noun.toLowerCase())}`;
    return [bounded(text, match, measure, 1, from, to)];
  });
}

function paidIn(text: string): Quantity[] {
  return [...text.matchAll(PAID)].map((match) =>
    bounded(text, match, 'money', 1, match.groups?.['from'] ?? '', match.groups?.['to']),
  );
}

function clocksIn(text: string): Quantity[] {
  return [...text.matchAll(CLOCK)].map((match) => {
    const { hour, minute, half } = match.groups as Record<string, string | undefined>;
    const at =
      (Number(hour) % 12) * HOUR +
      Number(minute ?? 0) +
      (half?.toLowerCase() === 'p' ? 12 * HOUR : 0);
    return { measure: 'clock', low: at, high: at, span: spanOf(match) };
  });
}

function ratesIn(text: string): Quantity[] {
  return [...text.matchAll(RATE)].flatMap((match): Quantity[] => {
    const { times, more, unit, gap, units, adverb } = match.groups as Record<
      string,
      string | undefined
    >;
    const span = spanOf(match);
    if (times && unit) {
      const [low, high] = ends(times, more);
      const days = daysIn(unit);
      return [{ measure: 'rate', low: low / days, high: high / days, span }];
    }
    if (units) {
      const [low, high] = gap ? ends(gap, undefined) : [1, 1];
      const days = daysIn(units);
      return [{ measure: 'rate', low: 1 / (high * days), high: 1 / (low * days), span }];
    }
    const days =
      adverb?.toLowerCase() === 'daily' ? 1 : adverb?.toLowerCase() === 'weekly' ? 7 : 30;
    return [{ measure: 'rate', low: 1 / days, high: 1 / days, span }];
  });
}

function daysIn(unit: string): number {
  return (unitOf(unit)?.[1] ?? DAY) / DAY;
}

function bounded(
  text: string,
  match: RegExpExecArray,
  measure: string,
  factor: number,
  from: string,
  to: string | undefined,
): Quantity {
  const span = spanOf(match);
  const before = text.slice(Math.max(0, span.start - 50), span.start);
  let [low, high] = ends(from, to);
  low *= factor;
  high *= factor;
  if (UPPER.test(before)) low = 0;
  else if (LOWER.test(before)) high = Number.POSITIVE_INFINITY;
  if (OPEN_END.test(text.slice(span.end))) high = Number.POSITIVE_INFINITY;
  return { measure, low, high, span };
}

function ends(from: string, to: string | undefined): [number, number] {
  const [low, first] = valueOf(from);
  const [last, high] = to ? valueOf(to) : [low, first];
  return [Math.min(low, last), Math.max(first, high)];
}

/** "12 to 48 hours" is one match already; "a few seconds to a few minutes" is two. */
function joined(text: string, found: readonly Quantity[]): Quantity[] {
  const merged: Quantity[] = [];
  for (const quantity of found.toSorted((a, b) => a.span.start - b.span.start)) {
    const last = merged.at(-1);
    const between = last && text.slice(last.span.end, quantity.span.start);
    if (
      last &&
      last.measure === quantity.measure &&
      between !== undefined &&
      JOINED.test(between)
    ) {
      merged[merged.length - 1] = {
        measure: last.measure,
        low: Math.min(last.low, quantity.low || last.low),
        high: Math.max(last.high, quantity.high),
        span: { start: last.span.start, end: quantity.span.end },
      };
    } else merged.push(quantity);
  }
  return merged;
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

/** The amounts of one measure in one sentence, as the range they span: "two or three, some up to six". */
export function spanned(quantities: readonly Quantity[]): Quantity | undefined {
  const [first] = quantities;
  if (!first) return undefined;
  const ends = quantities.map(({ high }) => high).filter((high) => Number.isFinite(high));
  const low = Math.min(...quantities.map((one) => (one.low === 0 ? one.high : one.low)));
  return {
    measure: first.measure,
    low: quantities.length === 1 ? first.low : low,
    high: quantities.length === 1 || ends.length === 0 ? first.high : Math.max(...ends),
    span: { start: first.span.start, end: (quantities.at(-1) ?? first).span.end },
  };
}

/** Ends within this factor of each other are the same amount in other words. */
const SAME_WITHIN = 1.3;
/** The same of what is always said exactly. */
const SAME_WITHIN_EXACT = 1.001;
const EXACT = new Set(['money', 'clock']);

/** Whether two amounts of one measure say the same: "15-30 minutes" and "half an hour" do. */
export function isSameAmount(a: Quantity, b: Quantity): boolean {
  const within = EXACT.has(a.measure) ? SAME_WITHIN_EXACT : SAME_WITHIN;
  const isNear = (x: number, y: number): boolean =>
    x === y || (x > 0 && y > 0 && Math.max(x, y) / Math.min(x, y) <= within);
  const isOpen = ({ high }: Quantity): boolean => high === Number.POSITIVE_INFINITY;
  if (isOpen(a) || isOpen(b)) {
    const [open, other] = isOpen(a) ? [a, b] : [b, a];
    return other.high >= open.low / within;
  }
  const isInside = (one: Quantity, range: Quantity): boolean =>
    one.low === one.high && one.low >= range.low && one.high <= range.high;
  if (isInside(a, b) || isInside(b, a)) return true;
  // Where one names no lower end, only the upper ends can disagree.
  return (a.low === 0 || b.low === 0 || isNear(a.low, b.low)) && isNear(a.high, b.high);
}

import { randomFrom } from '../../knowledge/random.ts';

/** A share with its 95 % interval. */
export interface Share {
  readonly found: number;
  readonly of: number;
  /** `found / of`, in [0, 1]; 0 of 0 is 0. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.96;

/** Wilson score interval (Wilson 1927): honest for small samples and for shares near 0 and 1. */
export function shareOf(found: number, of: number): Share {
  if (of === 0) return { found, of, share: 0, low: 0, high: 1 };
  const share = found / of;
  const centre = share + Z ** 2 / (2 * of);
  const spread = Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  const norm = 1 + Z ** 2 / of;
  return {
    found,
    of,
    share,
    // Rounding may leave either end a hair outside.
    low: Math.max(0, (centre - spread) / norm),
    high: Math.min(1, (centre + spread) / norm),
  };
}

/** A figure that is no share, with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Samples drawn anew for an interval. */
const RESAMPLES = 1_000;

/** Percentile bootstrap (Efron 1979), with the same draws every time; NaN where `statistic` gives it. */
export function estimateOf(
  values: readonly number[],
  statistic: (values: readonly number[]) => number,
): Estimate {
  const random = randomFrom(values.length);
  const drawn = Array.from({ length: RESAMPLES }, () =>
    statistic(values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN)),
  );
  return { value: statistic(values), low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}

/** NaN of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value below which the share `at` of the values lies; NaN of none. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Words of a text without its markers. */
export function wordsIn(text: string): number {
  return text.replace(/ ?\[\d+\]/g, '').match(/[\p{L}\p{N}'-]+/gu)?.length ?? 0;
}

/** Flesch-Kincaid grade level (Kincaid 1975), syllables counted as groups of vowels. */
export function readingGrade(text: string): number {
  const plain = text.replace(/ ?\[\d+\]/g, '');
  const words = plain.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  if (words.length === 0) return 0;
  const sentences = plain.split(/[.!?]+(?:\s|$)|\n+/).filter((part) => /[a-z]/i.test(part)).length;
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  return 0.39 * (words.length / Math.max(1, sentences)) + 11.8 * (syllables / words.length) - 15.59;
}

function syllablesIn(word: string): number {
  return Math.max(1, word.replace(/e$/, '').match(/[aeiouy]+/g)?.length ?? 0);
}

/** " 91.0 %  ( 85.2 to  94.7)  91 of 100". */
export function shownShare({ share, low, high, found, of }: Share): string {
  const percent = (value: number) => (100 * value).toFixed(1).padStart(5);
  return `${percent(share)} %  (${percent(low)} to ${percent(high)})  ${found} of ${of}`;
}

/** " 71.0    ( 70.0 to  73.0)". */
export function shownEstimate({ value, low, high }: Estimate, digits: number): string {
  const shown = (figure: number) => figure.toFixed(digits).padStart(5);
  return `${shown(value)}    (${shown(low)} to ${shown(high)})`;
}

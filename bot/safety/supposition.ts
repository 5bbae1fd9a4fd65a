import type { Marker, MarkerMap } from './markers.ts';
import type { Hit } from './match.ts';
import { sentenceOf, type Word } from './words.ts';

/** What makes a question a report, wherever it stands in the message; nothing inside an "if" does. */
export interface Reports {
  /** Where the last thing that somebody reports of themselves ends; -1 without one. */
  readonly lastEnd: number;
  readonly hasNow: boolean;
  /** Where what the person says of themselves in a clause of its own begins, in reading order. */
  readonly own: readonly number[];
}

/** Words from a hit to an opener that follows it ("nerve damage risk"). */
const OPENER_AFTER = 1;
const FIRST_PERSON = /^(?:i|my|estoy|tengo|siento|me|mi)$/;
const JOIN = /^(?:and|but|also|now|then|y|pero|tambien|ahora|luego|entonces)$/;

export function readReports(words: readonly Word[], markers: MarkerMap): Reports {
  const newSubject = lastNewSubjects(words, markers);
  const isSaid = (mark: Hit) => {
    const sentence = sentenceOf(mark, words);
    const condition = markers.in('if', sentence).findLast(({ from }) => from <= mark.from);
    return condition === undefined || (newSubject[mark.from] ?? -1) >= condition.to;
  };
  const isOwn = ({ from }: Hit) => {
    const before = words[from - 1];
    const isApart =
      words[from]?.isAfterPause === true ||
      before?.sentence !== words[from]?.sentence ||
      JOIN.test(before?.word ?? '');
    return isApart && FIRST_PERSON.test(words[from]?.word ?? '');
  };
  const reports = markers.of('own-report').filter(isSaid);
  return {
    lastEnd: reports.at(-1)?.to ?? -1,
    hasNow: markers.now.some(isSaid),
    own: reports.filter(isOwn).map(({ from }) => from),
  };
}

/** For each word, where the last clause with a subject of its own begins; -1 without one. */
function lastNewSubjects(words: readonly Word[], markers: MarkerMap): Int32Array {
  const last = new Int32Array(words.length);
  let at = -1;
  for (const [index, word] of words.entries()) {
    if (word.isAfterPause && markers.covers('subject', index)) at = index;
    last[index] = at;
  }
  return last;
}

/** "Do you treat pregnant women?" states nobody's pregnancy; "is it safe in pregnancy" may. */
export function isAboutAnyone(
  hit: Hit,
  reports: Reports,
  words: readonly Word[],
  markers: MarkerMap,
): boolean {
  const sentence = sentenceOf(hit, words);
  const has = (marker: Marker) => markers.in(marker, sentence).length > 0;
  const isReported = (words[reports.lastEnd - 1]?.sentence ?? -1) >= sentence;
  if (isReported || markers.now.length > 0) return false;
  if (markers.has('fiction')) return true;
  const isAsked = has('informational') || has('if') || isGeneralQuestion(sentence, words, markers);
  if (!isAsked) return false;
  if (has('anyone')) return true;
  return has('general') && !has('someone-there') && !isSaidFirst(hit, words, markers);
}

/** "nickel allergy, what are they made of": said of oneself, and then a question about something. */
function isSaidFirst(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  const sentence = sentenceOf(hit, words);
  const asking = (['informational', 'if', 'general', 'asked-first'] as const).flatMap((marker) =>
    markers.in(marker, sentence),
  );
  const first = Math.min(...asking.map(({ from }) => from));
  return words.slice(hit.to, first + 1).some(({ isAfterPause }) => isAfterPause);
}

/**
 * A question or an "if" before the hit, and neither "now" nor anything the person says of
 * themselves after it. A report before the question is its background, judged by its own words.
 */
export function isSupposed(
  hit: Hit,
  { lastEnd, hasNow, own }: Reports,
  words: readonly Word[],
  markers: MarkerMap,
): boolean {
  const sentence = sentenceOf(hit, words);
  if (markers.in('asks-normal', sentence).length > 0) return false;
  const [story] = markers.of('fiction');
  // "I am writing an essay and my chest hurts" is about the writer.
  if (story) {
    return (
      markers.now.length === 0 &&
      !own.some((from) => from <= hit.from && (from >= story.to || hit.to <= story.from))
    );
  }
  const condition = markers.in('if', sentence).find(({ from }) => from <= hit.from);
  const opener = markers
    .in('informational', sentence)
    .find(({ from }) => from < hit.to || isOpenedBehind(hit, from, words));
  if (!condition && !opener && !isGeneralQuestion(sentence, words, markers)) return false;
  const opened = Math.min(condition?.from ?? hit.from, opener?.from ?? hit.from, hit.from);
  return !hasNow && lastEnd <= opened;
}

/** "nerve damage risk"; in "chest pain, what is the protocol" the pain is reported first. */
function isOpenedBehind(hit: Hit, from: number, words: readonly Word[]): boolean {
  return from <= hit.to + OPENER_AFTER && words[from]?.isAfterPause !== true;
}

/** "Are palpitations ...": begins like a question and is about nobody in particular. */
function isGeneralQuestion(sentence: number, words: readonly Word[], markers: MarkerMap): boolean {
  const [first] = markers.in('asked-first', sentence);
  return (
    first !== undefined &&
    words[first.from - 1]?.sentence !== sentence &&
    markers.in('someone-there', sentence).length === 0
  );
}

import type { Concept } from '../../knowledge/concept.ts';
import type { Marker, MarkerMap } from './markers.ts';
import type { Hit } from './match.ts';
import { hasNegation, isDenied, isDeniedInList } from './negation.ts';
import { isOver } from './resolution.ts';
import { isAboutAnyone, isSupposed, readReports, type Reports } from './supposition.ts';
import { sentenceOf, type Word } from './words.ts';

/**
 * What the words around a hit make of it. `over`: it was there and has ended. `past`: long ago.
 * `supposed`: asked about or imagined. `family`: a relative's history. Only `present` and `over`
 * (and `past`, by the rule's decay) count.
 */
export type Status = 'present' | 'over' | 'past' | 'denied' | 'supposed' | 'family';

export interface ScopedHit extends Hit {
  readonly status: Status;
}

/** Words between "used to" and what it is said of. */
const FORMER_REACH = 5;

/** Words between a verb in the present and what it is said of. */
const VERB_REACH = 2;

/** Words between "has" and what is had. */
const HAD_REACH = 1;

/** Words by which a hit around another may begin earlier. */
const LONGEST_AROUND = 12;

/** Gives every hit its status; `hits` in reading order. */
export function scopeHits(
  hits: readonly Hit[],
  words: readonly Word[],
  markers: MarkerMap,
  concepts: ReadonlyMap<string, Concept>,
): ScopedHit[] {
  const scoped: ScopedHit[] = [];
  const reports = readReports(words, markers);
  for (const hit of hits) {
    const concept = concepts.get(hit.concept);
    const before = lastBefore(hit, scoped);
    const status = statusOf(hit, before, concept, reports, words, markers);
    const isWeak = hit.isWeak && !isMeant(hit, words, markers);
    scoped.push({ ...hit, isWeak, status });
  }
  return scoped;
}

/**
 * The hit that a list may go on from: the last one to end before this one or, where it lies in the
 * words of a denied one ("breath" in "no ... shortness of breath, chest pain"), that one.
 */
function lastBefore(hit: Hit, scoped: readonly ScopedHit[]): ScopedHit | undefined {
  const last = scoped.findLast((other) => other.to <= hit.from);
  if (!last || last.status === 'denied') return last;
  for (let at = scoped.length - 1; at >= 0; at -= 1) {
    const other = scoped[at];
    if (!other || last.from - other.from > LONGEST_AROUND) return last;
    if (other.status === 'denied' && other.to === last.to) return other;
  }
  return last;
}

function statusOf(
  hit: Hit,
  before: ScopedHit | undefined,
  concept: Concept | undefined,
  reports: Reports,
  words: readonly Word[],
  markers: MarkerMap,
): Status {
  const scope = concept?.scope ?? 'full';
  if (scope === 'always') return isLongAgo(hit, words, markers) ? 'past' : 'present';
  if (!hasNegation(hit, words, markers)) {
    const isListed = before?.status === 'denied' && isDeniedInList(hit, before, words, markers);
    if (isListed || isDenied(hit, words, markers)) return 'denied';
  }
  if (isFamilyHistory(hit, words, markers)) return 'family';
  if (scope === 'stated') {
    if (isAboutAnyone(hit, reports, words, markers)) return 'supposed';
    const isPast = concept?.isLasting !== true && isLongAgo(hit, words, markers);
    return isPast || isFormer(hit, words, markers) ? 'past' : 'present';
  }
  if (isSupposed(hit, reports, words, markers)) return 'supposed';
  if (isLongAgo(hit, words, markers)) return 'past';
  return isOver(hit, words, markers) ? 'over' : 'present';
}

/** Said to be had, or asked whether it is normal: nobody asks so of the numbness of waiting on hold. */
function isMeant(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  const sentence = sentenceOf(hit, words);
  const conditions = markers.in('if', sentence);
  const isHad = ({ from, to }: Hit): boolean =>
    from <= hit.from &&
    hit.from <= to + HAD_REACH &&
    !conditions.some((condition) => condition.from < from);
  return (
    isIn('asks-normal', hit, words, markers) || markers.in('plainly-told', sentence).some(isHad)
  );
}

function isNowInMessage(markers: MarkerMap): boolean {
  return (
    markers.now.length > 0 ||
    markers.of('recurring').some((mark) => !markers.isWithin('well-now', mark))
  );
}

/** Experience of somebody else counts in full, but for an explicit history in the family. */
function isFamilyHistory(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  return (
    isIn('family-history', hit, words, markers) &&
    !isNowInMessage(markers) &&
    !isToldNow(hit, words, markers)
  );
}

/** A remote marker in the sentence, or in the one before, and nothing that says "now". */
function isLongAgo(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  const sentence = sentenceOf(hit, words);
  const isSaid =
    markers.in('long-ago', sentence).length > 0 || markers.in('long-ago', sentence - 1).length > 0;
  return isSaid && !isNowInMessage(markers) && !isToldNow(hit, words, markers);
}

/**
 * Told in the present, or after "I am fine now", whatever the sentence says of the past or of a
 * relative: "my father had a clot in 2011 and my calf is swollen".
 */
function isToldNow(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  return (
    markers.of('well-now').some(({ to }) => to <= hit.from) || isInPresentTense(hit, words, markers)
  );
}

/** "My calf is swollen", "I feel faint"; in "he is a man who had a stroke" the verb is another's. */
function isInPresentTense(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  return markers.in('present-tense', sentenceOf(hit, words)).some((mark) => {
    if (mark.from >= hit.to || mark.to + VERB_REACH < hit.from) return false;
    const through = words.slice(mark.from + 1, Math.max(mark.to, hit.from + 1));
    return !through.some(({ isAfterPause }) => isAfterPause);
  });
}

function isFormer(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  return markers
    .in('formerly', sentenceOf(hit, words))
    .some((mark) => mark.from <= hit.from && hit.from - mark.to < FORMER_REACH);
}

function isIn(marker: Marker, hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  return markers.in(marker, sentenceOf(hit, words)).length > 0;
}

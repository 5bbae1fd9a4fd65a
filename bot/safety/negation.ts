import type { MarkerMap } from './markers.ts';
import type { Hit } from './match.ts';
import { sentenceOf, type Word } from './words.ts';

/** Words that a denial reaches forward: NegEx with 5 lost fewest reports (safety reference). */
const WINDOW = 5;
/** Words from the hit to a denial after it. */
const AFTER = 2;
/** Words back to the same denial of another thing. */
const SAID_AGAIN = 3;
const OPINION = /^(?:think|believe|feel|say|mean|notice)/;
const JOINS = /^(?:and|or|nor|y|o|ni)$/;
/** "no tengo", "no me": the subject is in the verb, and the denial goes on. */
const SPANISH_VERB = /^(?:me|tengo|siento|esta|estoy)$/;
/** What says something of its own of the words before it: "no fever, left arm is weak". */
const SAYING =
  /^(?:is|are|feels?|went|goes|has|have|keeps?|hurts?|closing|closes|esta|estan|tiene|duele|duelen|falta|faltan|cuesta|arde|arden|aprieta|oprime|sangra|tiembla|siento|noto|veo)$/;
const OWN_NEGATION = /^(?:cant|couldnt|wont|unable|not)$/;

/** "can't feel", "won't stop": the negation is the symptom. */
export function hasNegation(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  for (let at = hit.from; at < hit.to; at += 1) {
    if (markers.covers('negator', at) || markers.covers('noun-negator', at)) return true;
    if (OWN_NEGATION.test(words[at]?.word ?? '')) return true;
  }
  return false;
}

/** One denial reaches the hit; two make a yes, and "never ... until today" is a report. */
export function isDenied(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  if (isDeniedAfter(hit, words, markers)) return true;
  return denialsBefore(hit, words, markers) === 1 && !isNewAfter(hit, markers);
}

/** "no fever, chills or rash": what follows a denied hit in a list is denied with it. */
export function isDeniedInList(
  hit: Hit,
  before: Hit,
  words: readonly Word[],
  markers: MarkerMap,
): boolean {
  if (sentenceOf(before, words) !== sentenceOf(hit, words)) return false;
  for (let at = before.to; at < hit.from; at += 1) {
    if (!markers.covers('list-word', at)) return false;
  }
  if (isOwnClause(hit, words)) return false;
  return !isNewAfter(hit, markers);
}

function denialsBefore(hit: Hit, words: readonly Word[], markers: MarkerMap): number {
  const sentence = sentenceOf(hit, words);
  let count = 0;
  let sawSubject = false;
  let sawOwner = false;
  const isOwn = isOwnClause(hit, words);
  for (let at = hit.from - 1; at >= Math.max(0, hit.from - WINDOW); at -= 1) {
    const word = words[at];
    const next = words[at + 1];
    if (!word || word.sentence !== sentence) break;
    if (next?.isAfterPause && (isOwn || markers.covers('subject', at + 1))) break;
    if (markers.covers('terminator', at)) break;
    if (markers.covers('not-a-negator', at)) continue;
    const isNoun = markers.begins('noun-negator', at);
    if (isNoun || markers.begins('negator', at)) {
      const reaches = isNoun ? !sawSubject : !sawOwner || OPINION.test(next?.word ?? '');
      if (reaches) count += 1;
      // "not pregnant and not on ...", "no fever no chills": a new denial in a list, not a denial of a denial.
      const isListed =
        JOINS.test(word.word) ||
        JOINS.test(words[at - 1]?.word ?? '') ||
        isSaidAgain(word.word, at, words);
      if (word.isAfterPause || isListed) break;
    }
    if (markers.covers('subject', at) && !SPANISH_VERB.test(word.word)) sawSubject = true;
    if (word.word === 'my' || word.word === 'mi') sawOwner = true;
  }
  return count;
}

/** "not hot not numb", "no rash no fever no pain": the same denial stands a few words before. */
function isSaidAgain(denial: string, at: number, words: readonly Word[]): boolean {
  for (let before = at - 2; before >= at - SAID_AGAIN; before -= 1) {
    if (words[before]?.word === denial && words[before]?.sentence === words[at]?.sentence) {
      return true;
    }
  }
  return false;
}

/** From the pause before it to its end the hit says something of its own. */
function isOwnClause(hit: Hit, words: readonly Word[]): boolean {
  for (let at = hit.to - 1; at >= Math.max(0, hit.from - WINDOW); at -= 1) {
    const word = words[at];
    if (word?.isAfterPause) return false;
    if (word && at > 0 && SAYING.test(word.word)) {
      let from = at;
      while (from > 0 && !words[from]?.isAfterPause) from -= 1;
      return words[from]?.isAfterPause === true && from < at;
    }
  }
  return false;
}

/** "chest pain: ruled out", "Chest pain? No." */
function isDeniedAfter(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  const sentence = sentenceOf(hit, words);
  const isSaid = markers
    .in('denied-after', sentence)
    .some((mark) => mark.from >= hit.to && mark.from - hit.to <= AFTER);
  if (isSaid) return true;
  if (!words[hit.from]?.isAsked) return false;
  return markers.in('no', sentence + 1).some(({ from, to }) => {
    const isFirst = words[from - 1]?.sentence !== sentence + 1;
    return isFirst && words[to]?.sentence !== sentence + 1;
  });
}

function isNewAfter(hit: Hit, markers: MarkerMap): boolean {
  return markers.of('new-now').some((mark) => mark.to > hit.from);
}

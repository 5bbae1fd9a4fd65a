import type { Concept } from '../../knowledge/concept.ts';
import { MarkerMap, type Marker } from './markers.ts';
import type { Hit } from './match.ts';
import type { Word } from './words.ts';

/**
 * What the words around a hit make of it. `over`: it was there and has ended. `past`: long ago.
 * `supposed`: asked about or imagined. `family`: a relative's history. Only `present` and `over`
 * (and `past`, by the rule's decay) count.
 */
export type Status = 'present' | 'over' | 'past' | 'denied' | 'supposed' | 'family';

export interface ScopedHit extends Hit {
  readonly status: Status;
}

/** Words that a denial reaches forward (NegEx's 5-token window, see bot/safety/README.md). */
const WINDOW = 5;
const OPINION = /^(?:think|believe|feel|say|mean|notice)/;
const JOINS = /^(?:and|or|nor|y|o|ni)$/;
/** "no tengo", "no me": the subject is in the verb, and the denial goes on. */
const SPANISH_VERB = /^(?:me|tengo|siento|esta|estoy)$/;

/** Gives every hit its status; `hits` in reading order. */
export function scopeHits(
  hits: readonly Hit[],
  words: readonly Word[],
  markers: MarkerMap,
  concepts: ReadonlyMap<string, Concept>,
): ScopedHit[] {
  const scope = new Scope(words, markers);
  const scoped: ScopedHit[] = [];
  for (const hit of hits) {
    const kind = concepts.get(hit.concept)?.scope ?? 'full';
    const isLasting = concepts.get(hit.concept)?.isLasting ?? false;
    const isListed = () => scope.continuesList(hit, scoped);
    scoped.push({ ...hit, status: status(kind, isLasting, hit, isListed) });
  }
  return scoped;

  function status(
    kind: Concept['scope'],
    isLasting: boolean,
    hit: Hit,
    isListed: () => boolean,
  ): Status {
    if (kind === 'always') return scope.isLongAgo(hit) ? 'past' : 'present';
    if (scope.isDenied(hit) || isListed()) return 'denied';
    if (scope.isFamilyHistory(hit)) return 'family';
    if (kind === 'stated') {
      if (scope.isAboutAnyone(hit)) return 'supposed';
      return !isLasting && (scope.isLongAgo(hit) || scope.isFormer(hit)) ? 'past' : 'present';
    }
    if (scope.isSupposed(hit)) return 'supposed';
    if (scope.isLongAgo(hit)) return 'past';
    return scope.isOver(hit) ? 'over' : 'present';
  }
}

class Scope {
  readonly #words: readonly Word[];
  readonly #markers: MarkerMap;
  readonly #nowInMessage: boolean;

  constructor(words: readonly Word[], markers: MarkerMap) {
    this.#words = words;
    this.#markers = markers;
    this.#nowInMessage = markers.has('now') || markers.has('recurring');
  }

  isDenied(hit: Hit): boolean {
    if (this.#isDeniedAfter(hit)) return true;
    if (this.#negatorsBefore(hit) !== 1) return false;
    // "never had chest pain until today": denied for the past, reported for now.
    return !this.#markers.of('new-now').some((mark) => mark.to > hit.from);
  }

  /** "no fever, chills or rash": what follows a denied hit in a list is denied with it. */
  continuesList(hit: Hit, before: readonly ScopedHit[]): boolean {
    const last = before.findLast((other) => other.to <= hit.from);
    if (last?.status !== 'denied' || this.#sentence(last) !== this.#sentence(hit)) return false;
    if (this.#holdsNegation(hit)) return false;
    const between = range(last.to, hit.from);
    return (
      between.every((at) => this.#markers.covers('list-word', at)) && !this.#isNewNowAfter(hit)
    );
  }

  isFamilyHistory(hit: Hit): boolean {
    return this.#inSentence('family-history', hit) && !this.#nowInMessage;
  }

  isLongAgo(hit: Hit): boolean {
    const isNear = this.#markers
      .of('long-ago')
      .some(
        (mark) =>
          Math.abs(this.#sentence(mark) - this.#sentence(hit)) <= (mark.to <= hit.from ? 1 : 0),
      );
    return isNear && !this.#nowInMessage;
  }

  isFormer(hit: Hit): boolean {
    return this.#markers
      .of('formerly')
      .some(
        (mark) =>
          this.#sentence(mark) === this.#sentence(hit) &&
          hit.from - mark.to < WINDOW &&
          mark.from <= hit.from,
      );
  }

  isAboutAnyone(hit: Hit): boolean {
    if (this.#inSentence('own-report', hit) || this.#markers.has('now')) return false;
    if (this.#markers.has('fiction')) return true;
    const isAsked =
      this.#inSentence('informational', hit) ||
      this.#inSentence('if', hit) ||
      this.#isGeneralQuestion(this.#sentence(hit));
    return isAsked && this.#inSentence('anyone', hit);
  }

  /**
   * A question or an "if" before the hit, and neither "now" nor anything the person says of
   * themselves in that sentence or a later one. What stands inside the "if" does not count.
   */
  isSupposed(hit: Hit): boolean {
    if (this.#inSentence('asks-normal', hit)) return false;
    if (this.#markers.has('fiction')) return !this.#markers.has('now');
    const sentence = this.#sentence(hit);
    const isHere = (mark: Hit) => this.#sentence(mark) === sentence;
    const conditions = this.#markers
      .of('if')
      .filter((mark) => isHere(mark) && mark.from <= hit.from);
    const isAsked = this.#markers.of('informational').some(isHere) || this.#isGeneralQuestion(sentence);
    if (conditions.length === 0 && !isAsked) return false;
    const isReport = (mark: Hit) =>
      this.#sentence(mark) >= sentence && !this.#isConditional(mark, conditions);
    const isNow = (mark: Hit) => !this.#isConditional(mark, conditions);
    return !this.#markers.of('own-report').some(isReport) && !this.#markers.of('now').some(isNow);
  }

  /** "Are palpitations ...": begins like a question and is about nobody in particular. */
  #isGeneralQuestion(sentence: number): boolean {
    const first = this.#words.findIndex((word) => word.sentence === sentence);
    const isHere = (mark: Hit) => this.#sentence(mark) === sentence;
    return this.#markers.covers('asked-first', first) && !this.#markers.of('someone-there').some(isHere);
  }

  isOver(hit: Hit): boolean {
    return this.#markers.of('over').some((mark) => {
      if (this.#markers.of('not-over').some((not) => not.from <= mark.from && not.to >= mark.to))
        return false;
      if (this.#markers.of('recurring').some((again) => again.from >= mark.from)) return false;
      const distance = this.#sentence(mark) - this.#sentence(hit);
      if (mark.to <= hit.from) return distance === 0 && hit.from - mark.to <= 2;
      if (distance < 0 || distance > 2) return false;
      return !this.#hasOwnSubject(mark, hit);
    });
  }

  /** "my headache is gone" says nothing of the chest pain before it. */
  #hasOwnSubject(mark: Hit, hit: Hit): boolean {
    for (let at = mark.from - 1; at >= hit.to; at -= 1) {
      const word = this.#words[at];
      if (
        !word ||
        this.#markers.covers('terminator', at) ||
        word.word === 'and' ||
        word.word === 'y'
      )
        return false;
      if (/^(?:my|the|his|her|our|mi|el|la|su)$/.test(word.word)) return this.#clauseStarts(at);
    }
    return false;
  }

  #clauseStarts(at: number): boolean {
    const word = this.#words[at];
    const before = this.#words[at - 1];
    return (
      !word ||
      !before ||
      word.isAfterPause ||
      before.sentence !== word.sentence ||
      this.#markers.covers('terminator', at - 1) ||
      before.word === 'and' ||
      before.word === 'y'
    );
  }

  #negatorsBefore(hit: Hit): number {
    if (this.#holdsNegation(hit)) return 0;
    const first = this.#words[hit.from];
    let count = 0;
    let sawSubject = false;
    let sawOwner = false;
    for (let at = hit.from - 1, steps = 0; at >= 0 && steps < WINDOW; at -= 1, steps += 1) {
      const word = this.#words[at];
      const next = this.#words[at + 1];
      if (!word || word.sentence !== first?.sentence) break;
      if (next?.isAfterPause && this.#markers.covers('subject', at + 1)) break;
      if (this.#markers.covers('terminator', at)) break;
      if (this.#markers.covers('not-a-negator', at)) continue;
      const isNoun = this.#markers.covers('noun-negator', at);
      if (isNoun || this.#markers.covers('negator', at)) {
        const reaches = isNoun ? !sawSubject : !sawOwner || OPINION.test(next?.word ?? '');
        if (reaches) count += 1;
        // "not pregnant and not on ...": a new denial in a list, not a denial of a denial.
        const before = this.#words[at - 1];
        if (word.isAfterPause || JOINS.test(before?.word ?? '')) break;
      }
      if (this.#markers.covers('subject', at) && !SPANISH_VERB.test(word.word)) sawSubject = true;
      if (word.word === 'my' || word.word === 'mi') sawOwner = true;
    }
    return count;
  }

  /** "can't feel", "won't stop": the negation is the symptom. */
  #holdsNegation(hit: Hit): boolean {
    return range(hit.from, hit.to).some((at) => {
      const word = this.#words[at]?.word ?? '';
      return (
        this.#markers.covers('negator', at) ||
        this.#markers.covers('noun-negator', at) ||
        /^(?:cant|couldnt|wont|unable|not)$/.test(word)
      );
    });
  }

  #isDeniedAfter(hit: Hit): boolean {
    const sentence = this.#sentence(hit);
    const isSaid = this.#markers
      .of('denied-after')
      .some(
        (mark) =>
          this.#sentence(mark) === sentence && mark.from >= hit.to && mark.from - hit.to <= 2,
      );
    if (isSaid) return true;
    const last = this.#words[hit.to - 1];
    if (!last?.isAsked) return false;
    const answer = this.#words.findIndex((word) => word.sentence === sentence + 1);
    const word = this.#words[answer];
    return (
      answer > 0 &&
      this.#words[answer + 1]?.sentence !== word?.sentence &&
      this.#markers.covers('no', answer)
    );
  }

  #isNewNowAfter(hit: Hit): boolean {
    return this.#markers.of('new-now').some((mark) => mark.to > hit.from);
  }

  /** Whether the marker belongs to the "if" part: between the "if" and the next pause. */
  #isConditional(mark: Hit, conditions: readonly Hit[]): boolean {
    return conditions.some(
      (condition) =>
        mark.from >= condition.from &&
        !range(condition.to, mark.from + 1).some(
          (at) => this.#words[at]?.isAfterPause && this.#markers.covers('subject', at),
        ),
    );
  }

  #inSentence(marker: Marker, hit: Hit): boolean {
    return this.#markers.of(marker).some((mark) => this.#sentence(mark) === this.#sentence(hit));
  }

  #sentence(hit: Hit): number {
    return this.#words[hit.from]?.sentence ?? -1;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

import type { Claim, ClaimReader, Term } from './claim.ts';
import { isAmong } from './figures.ts';
import { Sides } from './sides.ts';

/** Why a sentence is not shown, most telling first. */
export const FLAWS = [
  ...(['figures', 'negation', 'side', 'who', 'order', 'time', 'hedge', 'words'] as const),
] as const;
export type Flaw = (typeof FLAWS)[number];

/** Words of a claim below which it is hardly a statement. */
export const LEAST_TERMS = 2;

const AUXILIARY = /^(is|ar|mai|can|should|do|doe|will|ha|have)$/;
const PATIENT = /^(patient|peopl|person|individu|someon|children|child)$/;
const PROFESSIONAL =
  /^(provid|practition|therapist|physiotherapist|doctor|physician|chiropractor|profession|clinician|assist)$/;

/**
 * Words that say little and stand nowhere in the ground, up to which a sentence is let pass; none
 * where it denies something, for such a word may be what is denied, or tells little besides.
 */
const LOOSE_TERMS = 1;

/** Share of a ground's telling words from which a sentence retells all of it. */
const RETELLS_FROM = 0.6;
const HALF = 0.5;

/** A ground as it is compared. */
export interface Read {
  readonly claim: Claim;
  readonly heading: Claim;
  /** Statement by statement, where there are several: whose figure is whose. */
  readonly parts: readonly Claim[];
  /** See `Ground`. */
  readonly isWarning: boolean;
}

/** Finds what a claim says otherwise than a ground. */
export class Comparison {
  readonly #reader: ClaimReader;
  readonly #sides: Sides;

  constructor(reader: ClaimReader) {
    this.#reader = reader;
    this.#sides = new Sides(reader);
  }

  /** Empty where the ground says all of it. */
  flawsOf(claim: Claim, { claim: ground, heading, parts, isWarning }: Read): Flaw[] {
    const flaws: Flaw[] = [];
    const says = (term: Term, others: readonly Term[]) => this.isSaid(term, others);
    const telling = claim.terms.filter(({ isPlain }) => !isPlain);
    if (telling.length === 0 && claim.figures.length === 0) return ['words'];
    if (claim.figures.some((figure) => !isAmong(figure, ground.figures))) flaws.push('figures');

    let lent = 0;
    let loose = 0;
    const firm = telling.filter(({ isLoose }) => !isLoose).length;
    const mayBeLoose = claim.denials === 0 && firm >= LEAST_TERMS;
    for (const term of telling) {
      if (says(term, ground.terms)) continue;
      // "What should I do after …?" lends its time; nothing else, least of all its answer.
      const isLent = isTime(term) && says(term, heading.terms);
      if (isLent) lent += 1;
      else if (term.isLoose && mayBeLoose && loose < LOOSE_TERMS) loose += 1;
      else flaws.push(isTime(term) ? 'time' : 'words');
    }
    if (lent + loose > telling.length / 2) flaws.push('words');

    const distinct = new Set(telling.map(({ stems }) => stems.join(' '))).size;
    // "Pregnant people can have it" holds one telling word, and any sentence about pregnancy has that.
    const isBare = distinct < LEAST_TERMS && claim.figures.length === 0;
    if (isBare && (claim.denials !== ground.denials || !this.#retells(claim, ground, HALF))) {
      flaws.push('words');
    }
    if (isWarning && claim.denials === 0) flaws.push('negation');
    if (this.#isOnlySupposed(telling, ground)) flaws.push('hedge');
    if (claim.figures.length === 0 && this.#isBareSubject(claim, ground)) flaws.push('words');
    if (this.#isDeniedOtherwise(telling, ground) || this.#isTurnedAround(claim, ground)) {
      flaws.push('negation');
    }
    if (this.#sides.isOfAnother(claim, ground) || this.#sides.isFigureOfAnother(claim, parts)) {
      flaws.push('side');
    }
    if (this.#isOtherPerson(claim, ground)) flaws.push('who');
    if (this.#isRepeated(claim, ground)) flaws.push('order');
    if (this.#isTurned(telling, claim, ground)) flaws.push('order');
    if (this.#isBolder(telling, claim, ground)) flaws.push('hedge');
    return flaws;
  }

  /** Said as one thing, or word by word. */
  isSaid(term: Term, others: readonly Term[]): boolean {
    if (others.some((other) => this.#reader.isSame(term, other))) return true;
    // "Not the same" does not lend "same".
    const lending = others.filter(({ stems }) => !stems.includes('not'));
    const stems = new Set(lending.flatMap((other) => other.stems));
    return term.stems.every((stem) => stems.has(stem));
  }

  /**
   * Whether it says most of what the ground says, and denies more or less often: "you should have
   * dry needling" holds no word that could be compared.
   */
  #isTurnedAround(claim: Claim, ground: Claim): boolean {
    return claim.denials !== ground.denials && this.#retells(claim, ground);
  }

  /** Whether it takes for so what the ground only says "if" of: "ask if it is safe", made "it is safe". */
  #isOnlySupposed(telling: readonly Term[], ground: Claim): boolean {
    const said = ground.terms.filter(({ isOpen }) => !isOpen);
    if (said.length === ground.terms.length || telling.some(({ isOpen }) => isOpen)) return false;
    return telling.length > 0 && !telling.some((term) => this.isSaid(term, said));
  }

  /** Whether most of the ground's telling words are in the claim. */
  #retells(claim: Claim, ground: Claim, share = RETELLS_FROM): boolean {
    const theirs = ground.terms.filter(({ isPlain }) => !isPlain);
    const said = theirs.filter((term) => this.isSaid(term, claim.terms));
    return said.length >= theirs.length * share;
  }

  /** Whether a word is denied here and nowhere there, or the other way round. */
  #isDeniedOtherwise(telling: readonly Term[], ground: Claim): boolean {
    return telling.some((term) => {
      const same = ground.terms.filter((other) => this.#reader.isSame(term, other));
      return same.length > 0 && same.every(({ isDenied }) => isDenied !== term.isDenied);
    });
  }

  /** Whether the clause it rests on says "may" or "rarely", and the claim does not. */
  #isBolder(telling: readonly Term[], claim: Claim, ground: Claim): boolean {
    let clause = 0;
    let most = 0;
    for (const at of ground.hedged.keys()) {
      const terms = ground.terms.filter((other) => other.clause === at);
      const shared = telling.filter((term) => this.isSaid(term, terms)).length;
      if (shared > most) [clause, most] = [at, shared];
    }
    return (
      ((ground.hedged[clause] ?? false) && !claim.isHedged) ||
      ((ground.rare[clause] ?? false) && !claim.isRare)
    );
  }

  /**
   * Whether all it tells stands before its verb, and there behind it: "trigger points may do dry
   * needling" out of a sentence about trigger points.
   */
  #isBareSubject(claim: Claim, ground: Claim): boolean {
    const verbOf = ({ terms }: Claim) =>
      terms.findIndex(({ stems }) => AUXILIARY.test(stems[0] ?? ''));
    const [verb, theirs] = [verbOf(claim), verbOf(ground)];
    if (verb === -1 || theirs === -1 || verb + 1 === claim.terms.length) return false;
    if (claim.terms.slice(verb).some(({ isPlain }) => !isPlain)) return false;
    const subject = claim.terms.slice(0, verb).filter(({ isPlain }) => !isPlain);
    return !subject.every((term) => this.isSaid(term, ground.terms.slice(0, theirs)));
  }

  /** Whether what a professional does is said of a patient. */
  #isOtherPerson(claim: Claim, ground: Claim): boolean {
    const has = (terms: readonly Term[], pattern: RegExp) =>
      terms.some(({ stems }) => stems.some((stem) => pattern.test(stem)));
    return (
      has(claim.terms, PATIENT) &&
      !has(ground.terms, PATIENT) &&
      has(ground.terms, PROFESSIONAL) &&
      !has(claim.terms, PROFESSIONAL)
    );
  }

  /** Whether a thing is named twice in one clause, and there only once: "soreness eases soreness". */
  #isRepeated(claim: Claim, ground: Claim): boolean {
    const telling = claim.terms.filter(({ isPlain, stems }) => !isPlain || stems.length > 1);
    return telling.some((term) => {
      const again = telling.filter((other) => other.clause === term.clause && isAlike(term, other));
      if (again.length < 2) return false;
      return again.length > ground.terms.filter((other) => isAlike(term, other)).length;
    });
  }

  /** Whether two things have changed places: around a verb, or behind their prepositions. */
  #isTurned(telling: readonly Term[], claim: Claim, ground: Claim): boolean {
    const wrongPlace = telling.some((term) => {
      if (term.after === null) return false;
      const same = ground.terms.filter((other) => this.#reader.isSame(term, other));
      return same.length > 0 && same.every(({ after }) => after !== null && after !== term.after);
    });
    if (wrongPlace) return true;
    if (claim.isPassive !== ground.isPassive) return false;
    const content = ground.terms.filter(({ isPlain }) => !isPlain);
    const isAlso = (term: Term, other: Term | undefined) =>
      other !== undefined && this.#reader.isSame(term, other);
    for (let at = 1; at + 1 < telling.length; at++) {
      const [left, middle, right] = telling.slice(at - 1, at + 2) as [Term, Term, Term];
      for (let i = 1; i < content.length; i++) {
        const [before, verb] = content.slice(i - 1, i + 1) as [Term, Term];
        if (
          this.#reader.isSame(middle, verb) &&
          (isAlso(left, content[i + 1]) || isCausing(middle)) &&
          this.#reader.isSame(right, before) &&
          !this.#reader.isSame(left, before)
        ) {
          return true;
        }
      }
    }
    return false;
  }
}

/** What such a verb is said of is never what it is done to, wherever else the two stand. */
function isCausing({ stems }: Term): boolean {
  return /^(caus|lead|trigger|produc|result)$/.test(stems[0] ?? '');
}

function isAlike(one: Term, other: Term): boolean {
  return one.stems.join(' ') === other.stems.join(' ');
}

export function isTime({ stems }: Term): boolean {
  return stems.some((stem) =>
    /^(befor|after|dure|until|while|following|prior|afterward)/.test(stem),
  );
}

import type { Claim, ClaimReader, Term } from './claim.ts';
import { isAmong } from './figures.ts';

/** One thing an article says: a sentence, a list item with its lead-in, a table row. */
export interface Ground {
  readonly text: string;
  /** Heading it stands under; lends words, never a claim. */
  readonly heading: string;
  /** Section it stands in, unique over all articles. */
  readonly section: string;
  /** A sentence of running text, so that the next ground goes on where it ends. */
  readonly isSentence: boolean;
}

/** Why a sentence is not shown, most telling first. */
export const FLAWS = [
  ...(['figures', 'negation', 'side', 'who', 'order', 'time', 'hedge', 'words'] as const),
] as const;
export type Flaw = (typeof FLAWS)[number];

export type Verdict =
  /** Indices of the grounds it rests on. */
  | { readonly kind: 'supported'; readonly by: readonly number[] }
  | { readonly kind: 'unsupported'; readonly flaw: Flaw };

/** Words of a claim below which a part of a sentence is no statement of its own. */
const LEAST_TERMS = 2;

const AUXILIARY = /^(is|ar|mai|can|should|do|doe|will|ha|have)$/;
const PATIENT = /^(patient|peopl|person|individu|someon|children|child)$/;
const PROFESSIONAL =
  /^(provid|practition|therapist|physiotherapist|doctor|physician|chiropractor|profession|clinician|assist)$/;

/**
 * Words that say little and stand nowhere in the ground, up to which a sentence is let pass; none
 * where it denies something, for such a word may be what is denied.
 */
const LOOSE_TERMS = 1;

/** Share of a ground's telling words from which a sentence retells all of it. */
const RETELLS_FROM = 0.6;

interface Read {
  readonly claim: Claim;
  readonly heading: Claim;
  /** Statement by statement, where there are several: whose figure is whose. */
  readonly parts: readonly Claim[];
}

/** Checks sentences against what they cite; reads each ground once. */
export class Verifier {
  readonly #reader: ClaimReader;
  readonly #read = new WeakMap<Ground, Read>();
  /** A ground and its next neighbour as one, by the first. */
  readonly #pairs = new WeakMap<Ground, Ground>();

  constructor(reader: ClaimReader) {
    this.#reader = reader;
  }

  /**
   * Whether the grounds say what an English sentence says. One ground has to say all of it; a
   * sentence of several parts may rest on one ground for each, all from one section.
   */
  verify(sentence: string, grounds: readonly Ground[]): Verdict {
    const whole = this.#ground(sentence, grounds);
    if (whole.kind === 'supported') return whole;
    for (const parts of splits(sentence)) {
      const verdicts = this.#withSubject(parts).map((part) => this.#parted(part, grounds));
      const by = verdicts.flatMap((verdict) => (verdict.kind === 'supported' ? verdict.by : []));
      const isAll = verdicts.every(({ kind }) => kind === 'supported');
      const sections = new Set(by.map((at) => grounds[at]?.section));
      if (isAll && sections.size === 1) return { kind: 'supported', by: [...new Set(by)] };
    }
    // Two neighbours may be told in one sentence; a figure must stay with its own.
    if (this.#reader.read(sentence).figures.length > 0) return whole;
    for (const [at, ground] of grounds.entries()) {
      const next = grounds[at + 1];
      if (!ground.isSentence || !next?.isSentence || next.section !== ground.section) continue;
      if (!this.#isShared(sentence, ground, next)) continue;
      const text = `${ground.text} ${next.text}`;
      const known = this.#pairs.get(ground);
      const both = known?.text === text ? known : { ...ground, text };
      this.#pairs.set(ground, both);
      if (this.#ground(sentence, [both]).kind === 'supported') {
        return { kind: 'supported', by: [at, at + 1] };
      }
    }
    return whole;
  }

  /** Whether each of two neighbours adds something: a single word put in place of another is no retelling. */
  #isShared(sentence: string, one: Ground, other: Ground): boolean {
    const telling = this.#reader
      .read(sentence)
      .terms.filter((term) => !term.isPlain && !isTime(term));
    const isIn = (ground: Ground) => {
      const { terms } = this.#readGround(ground).claim;
      return telling.map((term) => this.#isSaid(term, terms));
    };
    const [first, second] = [isIn(one), isIn(other)];
    const alone = first.filter((isSaid, at) => isSaid && !second[at]).length;
    const otherAlone = second.filter((isSaid, at) => isSaid && !first[at]).length;
    return alone >= LEAST_TERMS && otherAlone >= LEAST_TERMS;
  }

  /** Gives a part that begins with its verb what the first one speaks of: "bruises are rare and | usually minor". */
  #withSubject(parts: readonly string[]): string[] {
    const first = parts[0] ?? '';
    const verb = VERB.exec(first);
    const words = verb ? first.slice(0, verb.index).split(/\s+/) : [];
    const subject = words.findLast((word) =>
      this.#reader.read(word).terms.some(({ isPlain }) => !isPlain),
    );
    return parts.map((part, at) =>
      at > 0 && subject && VERB.exec(part)?.index === 0 ? `${subject} ${part}` : part,
    );
  }

  #parted(part: string, grounds: readonly Ground[]): Verdict {
    const telling = this.#reader.read(part).terms.filter(({ isPlain }) => !isPlain);
    const least = /^(it|they|this|these)\b/i.test(part) ? 1 : LEAST_TERMS;
    return telling.length < least
      ? { kind: 'unsupported', flaw: 'words' }
      : this.#ground(part, grounds);
  }

  /** The first ground that says it all, else the flaw of the one that comes nearest. */
  #ground(sentence: string, grounds: readonly Ground[]): Verdict {
    const same = grounds.findIndex(({ text }) => text === sentence);
    if (same !== -1) return { kind: 'supported', by: [same] };
    const claim = this.#reader.read(withGlossesLast(sentence));
    let nearest: Flaw = 'words';
    let best = Infinity;
    let most = -1;
    for (const [at, ground] of grounds.entries()) {
      const flaws = this.#flawsOf(claim, this.#readGround(ground));
      if (flaws.length === 0) return { kind: 'supported', by: [at] };
      const words = flaws.filter((flaw) => flaw === 'words').length;
      const shared = -words;
      if (flaws.length < best || (flaws.length === best && shared > most)) {
        best = flaws.length;
        most = shared;
        nearest = FLAWS.find((flaw) => flaws.includes(flaw)) ?? 'words';
      }
    }
    return { kind: 'unsupported', flaw: nearest };
  }

  #readGround(ground: Ground): Read {
    let read = this.#read.get(ground);
    if (!read) {
      read = {
        claim: this.#reader.read(withGlossesLast(ground.text)),
        heading: this.#reader.read(ground.heading),
        parts: ground.text.split(/[;.]\s+/).map((part) => this.#reader.read(part)),
      };
      this.#read.set(ground, read);
    }
    return read;
  }

  #flawsOf(claim: Claim, { claim: ground, heading, parts }: Read): Flaw[] {
    const flaws: Flaw[] = [];
    const says = (term: Term, others: readonly Term[]) => this.#isSaid(term, others);
    const telling = claim.terms.filter(({ isPlain }) => !isPlain);
    if (telling.length === 0 && claim.figures.length === 0) return ['words'];
    if (claim.figures.some((figure) => !isAmong(figure, ground.figures))) flaws.push('figures');

    let lent = 0;
    let loose = 0;
    for (const term of telling) {
      if (says(term, ground.terms)) continue;
      // "What should I do after …?" lends its time; nothing else, least of all its answer.
      const isLent = isTime(term) && says(term, heading.terms);
      if (isLent) lent += 1;
      else if (term.isLoose && claim.denials === 0 && loose < LOOSE_TERMS) loose += 1;
      else flaws.push(isTime(term) ? 'time' : 'words');
    }
    if (lent + loose > telling.length / 2) flaws.push('words');

    const distinct = new Set(telling.map(({ stems }) => stems.join(' '))).size;
    if (distinct < LEAST_TERMS && claim.denials !== ground.denials) {
      flaws.push('words');
    }
    if (claim.figures.length === 0 && this.#isBareSubject(claim, ground)) flaws.push('words');
    if (this.#isDeniedOtherwise(telling, ground) || this.#isTurnedAround(claim, ground)) {
      flaws.push('negation');
    }
    if (this.#isOfAnother(claim, ground) || this.#isFigureOfAnother(claim, parts)) {
      flaws.push('side');
    }
    if (this.#isOtherPerson(claim, ground)) flaws.push('who');
    if (this.#isRepeated(claim, ground)) flaws.push('order');
    if (this.#isTurned(telling, claim, ground)) flaws.push('order');
    if (this.#isBolder(telling, claim, ground)) flaws.push('hedge');
    return flaws;
  }

  /** Said as one thing, or word by word. */
  #isSaid(term: Term, others: readonly Term[]): boolean {
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

  /** Whether most of the ground's telling words are in the claim. */
  #retells(claim: Claim, ground: Claim): boolean {
    const theirs = ground.terms.filter(({ isPlain }) => !isPlain);
    const said = theirs.filter((term) => this.#isSaid(term, claim.terms));
    return said.length >= theirs.length * RETELLS_FROM;
  }

  /** Whether a word is denied here and nowhere there, or the other way round. */
  #isDeniedOtherwise(telling: readonly Term[], ground: Claim): boolean {
    return telling.some((term) => {
      const same = ground.terms.filter((other) => this.#reader.isSame(term, other));
      return same.length > 0 && same.every(({ isDenied }) => isDenied !== term.isDenied);
    });
  }

  /**
   * Whether something is said of the wrong one of things that the ground, or the two texts, set
   * against each other: "acupuncture" where the ground says it of dry needling.
   */
  #isOfAnother(claim: Claim, ground: Claim): boolean {
    return this.#reader.opposites.some((set) => {
      const here = this.#owners(claim, set);
      const there = this.#owners(ground, set);
      const inClaim = new Set([...here.values()].flatMap((names) => [...names]));
      const inGround = new Set([...there.values()].flatMap((names) => [...names]));
      if (inClaim.size === 0 || inGround.size === 0) return false;
      if (![...inClaim].every((name) => inGround.has(name))) return true;
      if (inGround.size < 2) return false;
      return claim.terms.some((term) => {
        if (term.isPlain || this.#memberOf(term, set) !== undefined) return false;
        const mine = here.get(term.clause);
        if (!mine || mine.size === 0) return false;
        const theirs = ground.terms
          .filter((other) => this.#reader.isSame(term, other))
          .map((other) => there.get(other.clause) ?? new Set<number>());
        const isOwned = theirs.every((owners) => owners.size > 0);
        return (
          theirs.length > 0 &&
          isOwned &&
          !theirs.some((owners) => [...mine].some((name) => owners.has(name)))
        );
      });
    });
  }

  /** Whether the clause it rests on says "may" or "rarely", and the claim does not. */
  #isBolder(telling: readonly Term[], claim: Claim, ground: Claim): boolean {
    let clause = 0;
    let most = 0;
    for (const at of ground.hedged.keys()) {
      const terms = ground.terms.filter((other) => other.clause === at);
      const shared = telling.filter((term) => this.#isSaid(term, terms)).length;
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
    return !subject.every((term) => this.#isSaid(term, ground.terms.slice(0, theirs)));
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

  /** Whether a figure stands there only beside the other of two things: chronic pain's sessions for acute pain. */
  #isFigureOfAnother(claim: Claim, parts: readonly Claim[]): boolean {
    if (parts.length < 2 || claim.figures.length === 0) return false;
    const membersOf = ({ terms }: Claim, set: readonly Term[]) =>
      new Set(terms.map((term) => this.#memberOf(term, set)).filter((name) => name !== undefined));
    return this.#reader.opposites.some((set) => {
      const mine = membersOf(claim, set);
      if (mine.size !== 1) return false;
      return claim.figures.some((figure) => {
        const holding = parts.filter(({ figures }) => isAmong(figure, figures));
        const owners = holding.map((part) => membersOf(part, set)).filter(({ size }) => size > 0);
        return (
          owners.length > 0 && !owners.some((names) => [...mine].some((name) => names.has(name)))
        );
      });
    });
  }

  /** By clause: which of the set it speaks of; a clause that names none goes on with the last. */
  #owners(claim: Claim, set: readonly Term[]): Map<number, ReadonlySet<number>> {
    const owners = new Map<number, Set<number>>();
    let last = new Set<number>();
    let clause = -1;
    for (const term of claim.terms) {
      if (term.clause !== clause) {
        clause = term.clause;
        last = owners.get(clause) ?? last;
        if (!owners.has(clause)) owners.set(clause, new Set());
      }
      const member = this.#memberOf(term, set);
      if (member !== undefined) owners.get(clause)?.add(member);
      const own = owners.get(clause);
      if (own && own.size > 0) last = own;
    }
    let before: ReadonlySet<number> = new Set();
    for (const [at, own] of owners) {
      if (own.size === 0) owners.set(at, new Set(before));
      else before = own;
    }
    return owners;
  }

  #memberOf(term: Term, set: readonly Term[]): number | undefined {
    const at = set.findIndex((member) => {
      if (member.stems.join(' ') === term.stems.join(' ')) return true;
      for (const group of member.groups) if (term.groups.has(group)) return true;
      return false;
    });
    return at === -1 ? undefined : at;
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
    for (let at = 1; at + 1 < telling.length; at++) {
      const [left, middle, right] = telling.slice(at - 1, at + 2) as [Term, Term, Term];
      for (let i = 1; i + 1 < content.length; i++) {
        const [before, verb, after] = content.slice(i - 1, i + 2) as [Term, Term, Term];
        if (
          this.#reader.isSame(middle, verb) &&
          this.#reader.isSame(left, after) &&
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

function isAlike(one: Term, other: Term): boolean {
  return one.stems.join(' ') === other.stems.join(' ');
}

function isTime({ stems }: Term): boolean {
  return stems.some((stem) =>
    /^(befor|after|dure|until|while|following|prior|afterward)/.test(stem),
  );
}

const VERB =
  /\b(is|are|was|were|may|might|can|could|should|must|will|does|do|has|have|usually|typically|often|generally|goes?|needs?|helps?|lasts?|comes?|depends?|pass(?:es)?)\b/i;

/** "A weak (compromised) immune system" as "a weak immune system; compromised". */
function withGlossesLast(text: string): string {
  const glosses: string[] = [];
  const plain = text.replace(/\s*\(([^()]*)\)/g, (_, gloss: string) => {
    glosses.push(gloss);
    return '';
  });
  return [plain, ...glosses].join('; ');
}

/** Ways to take a sentence apart into statements, fewest parts first. */
function splits(sentence: string): string[][] {
  const found: string[][] = [];
  const borders = [
    /;\s+|\.\s+(?=[A-Z])/,
    /,?\s+(?:but|while|whereas|although|though|because|so)\s+/,
    /,\s+and\s+/,
    /\s+and\s+/,
    /,?\s+(?=which\s)/,
    /,?\s+(?:and|but|while|because)\s+|,\s+(?=which\s)|;\s+/,
  ];
  for (const border of borders) {
    const parts = sentence.split(border).filter((part) => part.trim());
    if (parts.length > 1 && parts.length <= 4) found.push(parts);
  }
  return found;
}

import type { Claim, ClaimReader, Term } from './claim.ts';
import { isAmong } from './figures.ts';

/** Compares what two texts say of things that articles set against each other. */
export class Sides {
  readonly #reader: ClaimReader;

  constructor(reader: ClaimReader) {
    this.#reader = reader;
  }

  /**
   * Whether something is said of the wrong one of things that the ground, or the two texts, set
   * against each other: "acupuncture" where the ground says it of dry needling.
   */
  isOfAnother(claim: Claim, ground: Claim): boolean {
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

  /** Whether a figure stands there only beside the other of two things: chronic pain's sessions for acute pain. */
  isFigureOfAnother(claim: Claim, parts: readonly Claim[]): boolean {
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
}

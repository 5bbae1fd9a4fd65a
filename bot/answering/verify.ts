import type { ClaimReader } from './claim.ts';
import { Comparison, type Flaw, FLAWS, isTime, LEAST_TERMS, type Read } from './flaws.ts';

/** One thing an article says: a sentence, a list item with its lead-in, a table row. */
export interface Ground {
  readonly text: string;
  /** Heading it stands under; lends words, never a claim. */
  readonly heading: string;
  /** Section it stands in, unique over all articles. */
  readonly section: string;
  /** A sentence of running text, so that the next ground goes on where it ends. */
  readonly isSentence: boolean;
  /** Stands in a list of what should not be, and does not say so itself. */
  readonly isWarning?: boolean;
}

export type Verdict =
  /** Indices of the grounds it rests on. */
  | { readonly kind: 'supported'; readonly by: readonly number[] }
  | { readonly kind: 'unsupported'; readonly flaw: Flaw };

/** Checks sentences against what they cite; reads each ground once. */
export class Verifier {
  readonly #reader: ClaimReader;
  readonly #comparison: Comparison;
  readonly #read = new WeakMap<Ground, Read>();
  /** A ground and its next neighbour as one, by the first. */
  readonly #pairs = new WeakMap<Ground, Ground>();

  constructor(reader: ClaimReader) {
    this.#reader = reader;
    this.#comparison = new Comparison(reader);
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
      return telling.map((term) => this.#comparison.isSaid(term, terms));
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
      const flaws = this.#comparison.flawsOf(claim, this.#readGround(ground));
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
        isWarning: ground.isWarning ?? false,
        parts: ground.text.split(/[;.]\s+/).map((part) => this.#reader.read(part)),
      };
      this.#read.set(ground, read);
    }
    return read;
  }
}

const VERB =
  /\b(is|are|was|were|may|might|can|could|should|must|will|does|do|has|have|usually|typically|often|generally|goes?|needs?|helps?|lasts?|comes?|depends?|pass(?:es)?)\b/i;

/** Where what is said of one thing gives way to what is said of another. */
const TURN = /(,?\s+(?:while|whereas|but|unlike)\s+|;\s+)/;

/** "A weak (compromised) immune system" as "a weak immune system; compromised", side by side of a contrast. */
function withGlossesLast(text: string): string {
  return text
    .split(TURN)
    .map((side) => {
      const glosses: string[] = [];
      const plain = side.replace(/\s*\(([^()]*)\)/g, (_, gloss: string) => {
        glosses.push(gloss);
        return '';
      });
      return [plain, ...glosses].join('; ');
    })
    .join('');
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
    /\s+(?=that\s+(?:can|may|often|usually)\s)/,
    /,?\s+(?:and|but|while|because)\s+|,\s+(?=which\s)|;\s+/,
  ];
  for (const border of borders) {
    const parts = sentence.split(border).filter((part) => part.trim());
    if (parts.length > 1 && parts.length <= 4) found.push(parts);
  }
  return found;
}

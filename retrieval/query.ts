import type { Lexicon } from '../knowledge/lexicon.ts';
import { tokenize } from '../knowledge/tokens.ts';
import { Spelling } from './spelling.ts';
import { isStopWord, rarity, stemOf } from './terms.ts';
import type { Relative, Relatives } from './wordnet.ts';

/** One content word of the question. */
export interface Term {
  readonly word: string;
  readonly stem: string;
  /** Rarity in spoken English, in [1, 8]. */
  readonly rarity: number;
  /** How much of the question it is, in (0, 1]: less for what an earlier question lends. */
  readonly weight: number;
}

/** Something a question turns on. Each name is its stems in order. */
export interface Hinge {
  readonly names: readonly (readonly string[])[];
  /** What only shares a word with it. */
  readonly others: readonly (readonly string[])[];
}

/** A question as retrieval understands it. */
export interface Query {
  /** As given. */
  readonly text: string;
  /** Shorthand spelled out and slips corrected, before the question it leans on; what the encoder sees. */
  readonly plain: string;
  readonly terms: readonly Term[];
  /** Stem -> weight in (0, 1]: the question's own words, corrections and other names. */
  readonly weights: ReadonlyMap<string, number>;
  /** Other names of a stem of the question, as stems: finding one of them covers it. */
  readonly otherNames: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names, as stems, of each thing the question turns on. */
  readonly hinges: readonly Hinge[];
  /** Words of the articles near a stem of the question that they do not use, nearest first. */
  readonly relatives: Relatives;
}

const OWN_WEIGHT = 1;
/** A word of the earlier question that a follow-up leans on. */
const EARLIER_WEIGHT = 0.4;
const CORRECTED_WEIGHT = 0.8;
/** Another name of the same thing, shared out over the words of the name. */
const SAME_WEIGHT = 0.5;
const KIND_WEIGHT = 0.6;
/** A word near one that the articles do not use. */
const RELATIVE_WEIGHT = 0.5;

/** UTF-16 code units of a message that are read as a question; safety has read all of it before. */
const MAX_LENGTH = 2_000;

/** "Dose it hurt": a common slip that is a word itself. */
const MEANS_DOES =
  /((?:^|[.!?,]\s*|\b(?:and|but|so|or|how|what|why|when)\s+))dose(?=\s+(?:it|this|that|the|my|your|a|dry|needling|dn|they|insurance|everyone|anyone|anybody|people|he|she)\b)/gi;
/** Who should not do something. */
const WHO = '(?:i|we|you|he|she|they|one|people|patients?|someone)';
const SHOULD_NOT = "(?:should ?n['\u2019]?t|should not|must ?n['\u2019]?t|must not|ought not to)";
/**
 * "What shouldn't I do?" asks what to avoid; the encoder hears the "do" and not the "not", and would
 * find what to do.
 */
const NOT_TO_DO = new RegExp(
  [
    `\\b(?:what|anything|something|things)(?: else)?(?: that)?(?: ${WHO})? ${SHOULD_NOT}(?: ${WHO})?(?: be)? (?:do|doing)\\b`,
    `\\bwhat(?: else)? (?:can['\u2019]?t|cannot) ${WHO} do\\b`,
    `\\bwhat(?: else)? (?:should|must|can) ${WHO} not (?:do|be doing)\\b`,
    `\\b(?:what|things) not to do\\b`,
  ].join('|'),
  'gi',
);

/** The question with "what should I not do" put as "what should I avoid". */
export function askedAsAvoid(question: string): string {
  return question.replace(NOT_TO_DO, 'what should I avoid');
}

interface Name {
  readonly stems: readonly string[];
  readonly others: readonly (readonly string[])[];
  readonly weight: number;
}

/** Reads questions with one lexicon and one corpus's vocabulary. */
export class QueryReader {
  readonly #shorthand: ReadonlyMap<string, string>;
  /** Names by their first stem. */
  readonly #names = new Map<string, Name[]>();
  readonly #spelling: Spelling;
  readonly #relatives: Relatives;
  readonly #isOwnTwice: boolean;
  readonly #hinges: readonly Hinge[];

  /**
   * `vocabulary`: folded words of the corpus with how often each stands there. `isOwnTwice`: whether
   * the encoder reads a follow-up's own words twice, so that they weigh more than those before.
   */
  constructor(
    lexicon: Lexicon,
    vocabulary: ReadonlyMap<string, number>,
    relatives: Relatives,
    isOwnTwice = false,
  ) {
    this.#relatives = relatives;
    this.#isOwnTwice = isOwnTwice;
    this.#hinges = lexicon.hinges.map((entry) => ({
      names: entry.filter((name) => !name.startsWith('-')).map(allStems),
      others: entry.filter((name) => name.startsWith('-')).map(allStems),
    }));
    this.#shorthand = new Map(Object.entries(lexicon.shorthand));
    const known = new Map(vocabulary);
    const phrases = [
      ...lexicon.same.flat(),
      ...lexicon.hinges.flat(),
      ...Object.values(lexicon.kinds).flat(),
    ];
    for (const phrase of phrases) {
      for (const { word } of tokenize(phrase)) known.set(word, known.get(word) ?? 0);
    }
    this.#spelling = new Spelling(known);
    for (const group of lexicon.same) {
      const members = group.map(allStems);
      for (const [at, stems] of members.entries()) {
        this.#addName(
          stems,
          members.filter((_, i) => i !== at),
          SAME_WEIGHT,
        );
      }
    }
    for (const [kind, members] of Object.entries(lexicon.kinds)) {
      const others = [allStems(kind)];
      for (const member of members) this.#addName(allStems(member), others, KIND_WEIGHT);
    }
  }

  /** `earlier`: the question before, where this one cannot be understood without it. */
  read(text: string, earlier = ''): Query {
    const own = this.#wordsOf(text);
    const words = [
      ...own.map((word) => ({ ...word, share: OWN_WEIGHT })),
      ...this.#wordsOf(earlier).map((word) => ({ ...word, share: EARLIER_WEIGHT })),
    ];
    const content = words.filter(({ word }) => !isStopWord(word));
    const weights = new Map<string, number>();
    for (const { word, isCorrected, share } of content) {
      raise(weights, stemOf(word), share * (isCorrected ? CORRECTED_WEIGHT : OWN_WEIGHT));
    }
    const otherNames = new Map<string, Set<string>>();
    const stems = words.map(({ word }) => stemOf(word));
    for (let at = 0; at < stems.length; at++) {
      this.#expand(stems, at, words[at]?.share ?? OWN_WEIGHT, weights, otherNames);
    }
    const seen = new Set<string>();
    const terms: Term[] = [];
    for (const { word, share } of content) {
      const stem = stemOf(word);
      if (seen.has(stem)) continue;
      seen.add(stem);
      terms.push({ word, stem, rarity: rarity(word), weight: share });
    }
    const plain = own.map(({ word }) => word).join(' ') + (/\?\s*$/.test(text) ? '?' : '');
    const ownStems = own.map(({ word }) => stemOf(word));
    const hinges = this.#hinges.filter((hinge) => isNamed(hinge, ownStems));
    const relatives = this.#relativesOf(terms, weights, otherNames);
    const said = this.#isOwnTwice ? `${plain} ${plain}` : plain;
    const spoken = earlier ? `${said} ${earlier}` : plain;
    return { text, plain: spoken, terms, weights, otherNames, hinges, relatives };
  }

  #wordsOf(text: string): { word: string; isCorrected: boolean }[] {
    const words: { word: string; isCorrected: boolean }[] = [];
    const read = askedAsAvoid(text.slice(0, MAX_LENGTH).replace(MEANS_DOES, '$1does'));
    for (const { word } of tokenize(read)) {
      const spelledOut = this.#shorthand.get(word);
      if (spelledOut) {
        for (const part of spelledOut.split(' ')) words.push({ word: part, isCorrected: false });
        continue;
      }
      const corrected = this.#spelling.correct(word);
      words.push({ word: corrected ?? word, isCorrected: corrected !== undefined });
    }
    return words;
  }

  /** Those of terms that have no other name of the lexicon's; adds their weights. */
  #relativesOf(
    terms: readonly Term[],
    weights: Map<string, number>,
    otherNames: ReadonlyMap<string, ReadonlySet<string>>,
  ): Relatives {
    const found = new Map<string, readonly Relative[]>();
    for (const { stem, weight: share } of terms) {
      const relatives = otherNames.has(stem) ? undefined : this.#relatives.get(stem);
      if (!relatives) continue;
      found.set(stem, relatives);
      for (const { stem: near, weight } of relatives) {
        raise(weights, near, share * weight * RELATIVE_WEIGHT);
      }
    }
    return found;
  }

  #expand(
    stems: readonly string[],
    at: number,
    share: number,
    weights: Map<string, number>,
    otherNames: Map<string, Set<string>>,
  ): void {
    for (const name of this.#names.get(stems[at] as string) ?? []) {
      if (!name.stems.every((stem, i) => stems[at + i] === stem)) continue;
      for (const other of name.others) {
        const content = other.filter((stem) => !isStopWord(stem));
        for (const stem of content) {
          if (!name.stems.includes(stem)) {
            raise(weights, stem, (share * name.weight) / Math.sqrt(content.length));
          }
        }
        // The rarest word of another name stands for it; a name's common words cover nothing.
        for (const own of name.stems) {
          const names = otherNames.get(own) ?? new Set();
          const last = content.at(-1);
          for (const stem of content.length > 1 ? [content[0], last] : [last]) {
            if (stem) names.add(stem);
          }
          otherNames.set(own, names);
        }
      }
    }
  }

  #addName(stems: readonly string[], others: readonly (readonly string[])[], weight: number): void {
    const first = stems[0];
    if (first === undefined) return;
    const names = this.#names.get(first);
    const name = { stems, others, weight };
    if (names) names.push(name);
    else this.#names.set(first, [name]);
  }
}

/** All stems of a name, stop words too: "low back" and "in and out" are matched word by word. */
function allStems(phrase: string): string[] {
  return tokenize(phrase).map(({ word }) => stemOf(word));
}

/** Whether one of its names stands in the stems, unbroken and not as part of something else. */
export function isNamed({ names, others }: Hinge, stems: readonly string[]): boolean {
  return stems.some((_, at) => {
    const starts = (name: readonly string[]) => name.every((stem, i) => stems[at + i] === stem);
    const isPart = others.some((other) =>
      other.some((_, i) => other.every((stem, k) => stems[at - i + k] === stem)),
    );
    return names.some(starts) && !isPart;
  });
}

function raise(weights: Map<string, number>, stem: string, weight: number): void {
  weights.set(stem, Math.max(weight, weights.get(stem) ?? 0));
}

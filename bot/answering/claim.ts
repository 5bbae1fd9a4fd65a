import type { Wording } from '../../knowledge/wording.ts';
import { foldWord } from '../../knowledge/tokens.ts';
import { stemOf } from '../../retrieval/terms.ts';
import { type Figure, figuresIn, isCounting } from './figures.ts';

/** One word, or several that name one thing. */
export interface Term {
  /** Stems of its words. */
  readonly stems: readonly string[];
  /** Groups of `wording.yaml` it belongs to: two terms that share one say the same. */
  readonly groups: ReadonlySet<number>;
  /** Carries no claim of its own. */
  readonly isPlain: boolean;
  /** Says little: one that the ground does not use is let pass. */
  readonly isLoose: boolean;
  /** Number of the clause it stands in, and whether that clause denies. */
  readonly clause: number;
  readonly isDenied: boolean;
  /** Stands behind "if" or "whether": nobody says that it is so. */
  readonly isOpen: boolean;
  /** "into", "before": the preposition it follows, if any. */
  readonly after: string | null;
}

/** A text as far as checking needs to understand it. */
export interface Claim {
  readonly terms: readonly Term[];
  readonly figures: readonly Figure[];
  /** How often it denies; "no training and no license" once. */
  readonly denials: number;
  /** By clause: says "may", "often", ...: less than always; and says that something is rare. */
  readonly hedged: readonly boolean[];
  readonly rare: readonly boolean[];
  /** Says "may", or as much in another way, anywhere. */
  readonly isHedged: boolean;
  readonly isRare: boolean;
  readonly isPassive: boolean;
}

const WORD = /\d+(?:[.,]\d+)?|[\p{L}]+(?:['\u2019][\p{L}]+)*|[;:,.!?()\u2013\u2014]/gu;
const NEGATIONS = new Set(
  (
    'not no never none nor neither without nothing nobody unable cannot avoid avoids avoided avoiding ' +
    'skip skipping refrain myth untrue forgo'
  ).split(' '),
);
/** "Stays in the skin and | does not go deep". */
const VERBS = new Set(['do', 'does', 'is', 'are', 'can', 'may', 'should', 'will', 'has', 'have']);
/** Stem of what "stay away from" and the like say in one word. */
const AVOIDING = 'avoid';
/** Deny what follows only: "minor and cause no injury". */
const AHEAD = new Set(['no', 'without', 'nothing', 'none']);
/** Where one statement ends and the next may say the opposite. */
const BORDERS = new Set([
  'but',
  'while',
  'whereas',
  'although',
  'though',
  'because',
  'unlike',
  'than',
  'so',
]);
const PREPOSITIONS = new Set([
  'into',
  'through',
  'from',
  'before',
  'after',
  'during',
  'without',
  'under',
  'above',
  'below',
  'until',
  'outside',
  'inside',
  'against',
]);
/** Says less than always; what an answer must not leave out. */
const HEDGES =
  'may|might|can|could|some (?:people|patients|experts|providers|athletes)|sometimes|often|usually|typically|generally|normally|most|mostly|likely|unlikely|possibly|possible|tends?|suggests?|seems?|appears?|rare|rarely|nearly|almost|occasionally|up to';
const HEDGED = new RegExp(`\\b(${HEDGES})\\b`, 'i');
/** Says it well enough instead of one of them. */
const HEDGED_SOMEHOW = new RegExp(
  `\\b(${HEDGES}|some|commonly|common|uncommon|many|depends|considered|seen as|believed|thought|called|described|says?|risks?|chance|perhaps|probably|as a rule|if)\\b`,
  'i',
);
const RARE = /\b(rare|rarely|uncommon|unlikely|seldom|very low|low|exceptional\w*)\b/i;
const LIMITS = /^(but|although|though)$/;
const PASSIVE =
  /\b(is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|ut|ne)\b[^.;]*\bby\b/i;

interface Phrase {
  readonly stems: readonly string[];
  readonly group: number;
}

/** Reads texts with one wording file. */
export class ClaimReader {
  /** Names of more than one word, longest first, by their first stem. */
  readonly #phrases = new Map<string, Phrase[]>();
  readonly #groups = new Map<string, Set<number>>();
  readonly #plain: ReadonlySet<string>;
  readonly #loose: ReadonlySet<string>;
  /** Stems of what a general word may stand for, by its stem. */
  readonly #kinds = new Map<string, readonly Term[]>();
  /** Per set: the names of each of the things set against each other. */
  readonly opposites: readonly (readonly Term[])[];

  constructor(wording: Wording) {
    for (const [group, entry] of wording.same.entries()) {
      for (const name of entry) this.#add(name, group);
    }
    const named = [...wording.opposites.flat(), ...Object.values(wording.kinds).flat()];
    for (const name of named) {
      // A name of several words that stands in no group is still one thing.
      if (name.includes(' ') && this.#phraseOf(stemsIn(name), 0) === undefined) {
        this.#add(name, wording.same.length + this.#groups.size + this.#phrases.size);
      }
    }
    this.#plain = new Set(stemsIn(wording.plain));
    this.#loose = new Set(stemsIn(wording.loose));
    for (const [general, members] of Object.entries(wording.kinds)) {
      this.#kinds.set(
        stemOf(general.split(' ').at(-1) ?? general),
        members.flatMap((name) => this.read(name).terms),
      );
    }
    this.opposites = wording.opposites.map((set) =>
      set.flatMap((name) => this.read(name).terms.slice(0, 1)),
    );
  }

  read(text: string): Claim {
    const words = wordsIn(text);
    const stems = words.map(stemOf);
    const terms: Omit<Term, 'isDenied'>[] = [];
    /** By clause, each word that denies and the first term it denies; "no training and no license" denies once. */
    const denials: Map<string, number>[] = [];
    let clause = 0;
    let after: string | null = null;
    let isOpen = false;
    const clauses: string[][] = [];
    let count = 0;
    for (let at = 0; at < words.length;) {
      const word = words[at] as string;
      const isBorder =
        /^[;:.!?()\u2013\u2014]$/.test(word) ||
        BORDERS.has(word) ||
        (word === ',' && startsClause(words, at)) ||
        (word === 'and' && VERBS.has(words[at + 1] ?? ''));
      // ", but" is one border.
      if (isBorder && clauses[clause]) clause += 1;
      if (word === 'if' || word === 'whether') isOpen = true;
      else if (/^[;:,.!?]$/.test(word)) isOpen = false;
      if (/^[;:,.!?()\u2013\u2014]$/.test(word)) {
        after = null;
        at += 1;
        continue;
      }
      const phrase = this.#phraseOf(stems, at);
      const length = phrase?.stems.length ?? 1;
      const isDenial = phrase
        ? this.#groups.get(AVOIDING)?.has(phrase.group)
        : NEGATIONS.has(word) && !isNotOnly(words, at) && !isReply(words, at);
      if (isDenial) {
        if (word !== 'no' || words[at - 1] !== 'and') count += 1;
        const denied = (denials[clause] ??= new Map());
        if (!denied.has(word)) denied.set(word, AHEAD.has(word) ? terms.length : 0);
      }
      (clauses[clause] ??= []).push(...words.slice(at, at + length));
      const isFigure = /^\d/.test(word);
      if (!isFigure) {
        const own = stems.slice(at, at + length);
        const groups = new Set(phrase ? [phrase.group] : this.#groups.get(own[0] as string));
        const isPlain =
          own.join(' ') === SUBJECT ||
          (this.#plain.has(own[0] as string) && length === 1) ||
          isCounting(words, at) ||
          (!phrase &&
            (NEGATIONS.has(word) ||
              BORDERS.has(word) ||
              (PREPOSITIONS.has(word) && !TIMES.has(word))));
        const isLoose = length === 1 && this.#loose.has(own[0] as string);
        terms.push({ stems: own, groups, isPlain, isLoose, isOpen, clause, after });
        if (PREPOSITIONS.has(word)) after = word;
        else if (!this.#plain.has(own[0] as string)) after = null;
      }
      at += length;
    }
    return {
      terms: terms.map((term, at) => {
        const from = [...(denials[term.clause]?.values() ?? [])];
        return { ...term, isDenied: from.filter((first) => at >= first).length % 2 === 1 };
      }),
      figures: figuresIn(text),
      denials: count,
      hedged: clauses.map((said) => HEDGED.test(said.join(' '))),
      // "Can happen, but only in rare cases" says of the first half that it is rare.
      rare: clauses.map((said, at) =>
        [said, ...(LIMITS.test(clauses[at + 1]?.[0] ?? '') ? [clauses[at + 1] ?? []] : [])].some(
          (words) => RARE.test(words.join(' ')),
        ),
      ),
      isHedged: HEDGED_SOMEHOW.test(text),
      isRare: RARE.test(text),
      isPassive: PASSIVE.test(text),
    };
  }

  /** Whether `term` says what `other` says, or stands for it as a general word does. */
  isSame(term: Term, other: Term): boolean {
    if (term.stems.join(' ') === other.stems.join(' ')) return true;
    for (const group of term.groups) if (other.groups.has(group)) return true;
    const last = term.stems.at(-1) ?? '';
    return (
      this.#kinds.get(last)?.some((member) => member.stems.join(' ') === other.stems.join(' ')) ??
      false
    );
  }

  #add(name: string, group: number): void {
    const stems = stemsIn(name);
    const [first] = stems;
    if (first === undefined) return;
    if (stems.length === 1) {
      const groups = this.#groups.get(first) ?? new Set();
      groups.add(group);
      this.#groups.set(first, groups);
      return;
    }
    const phrases = this.#phrases.get(first) ?? [];
    phrases.push({ stems, group });
    phrases.sort((a, b) => b.stems.length - a.stems.length);
    this.#phrases.set(first, phrases);
  }

  #phraseOf(stems: readonly string[], at: number): Phrase | undefined {
    return this.#phrases
      .get(stems[at] as string)
      ?.find((phrase) => phrase.stems.every((stem, i) => stems[at + i] === stem));
  }
}

/** What every article is about: naming it claims nothing. */
const SUBJECT = 'dry needl';
const TIMES = new Set(['before', 'after', 'during', 'until']);

function stemsIn(text: string): string[] {
  return wordsIn(text).map(stemOf);
}

/** Folded words and punctuation, contractions spelled out. */
function wordsIn(text: string): string[] {
  const plain = text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\bcan't\b/gi, 'can not')
    .replace(/\bcannot\b/gi, 'can not')
    .replace(/\bwon't\b/gi, 'will not')
    .replace(/n't\b/gi, ' not')
    .replace(/'(re|ll|ve|d|m|s)\b/gi, '');
  return (plain.match(WORD) ?? []).map(foldWord);
}

/** "Not only … but also" denies nothing. */
function isNotOnly(words: readonly string[], at: number): boolean {
  return words[at] === 'not' && words[at + 1] === 'only' && words.includes('but', at);
}

/** "No, it is a myth": answers a question, and denies nothing of what follows. */
function isReply(words: readonly string[], at: number): boolean {
  return (
    words[at] === 'no' && words[at + 1] === ',' && (at === 0 || /[.!?]/.test(words[at - 1] ?? ''))
  );
}

/** A comma before a clause of its own, and not inside a list or behind "if …". */
function startsClause(words: readonly string[], at: number): boolean {
  const next = words[at + 1] ?? '';
  const begin = words.slice(0, at).findLastIndex((word) => /^[;.!?]$/.test(word)) + 1;
  if (/^(if|when|unless|while|before|after)$/.test(words[begin] ?? '')) return false;
  if (next === 'as' || next === 'since') return true;
  if (!/^(and|but|which|so|it|they|you|this|while|although|though|not)$/.test(next)) return false;
  if (next !== 'and') return true;
  return /^(is|are|can|may|it|they|you|some|most|do|does|should|will|not|no|avoid|the)$/.test(
    words[at + 2] ?? '',
  );
}

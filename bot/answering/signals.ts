import type { Section } from '../../knowledge/article.ts';
import type { Query } from '../../retrieval/query.ts';
import { stemsOf } from '../../retrieval/terms.ts';
import {
  asksIfItHurts,
  asksWhatToAvoid,
  offers,
  type QuestionType,
  refuses,
  saysItEases,
} from './question-type.ts';
import { type Statement, textOf } from './statement.ts';

/** What speaks for a statement answering the question; each in about [-1, 1]. */
export interface Signals {
  /** Cosine of its best sentence to the question. */
  readonly similarity: number;
  /** How well its best sentence matches the question token by token, above the hits' average. */
  readonly match: number;
  /** Nearness to what the bundled articles say to the question; 0 where they are the ones asked. */
  readonly echo: number;
  /** Idf share of the question's words in it, and in its section's heading and asked lines. */
  readonly coverage: number;
  readonly context: number;
  /** The rarest word of the question stands in the statement or its heading. */
  readonly rarest: number;
  /** Its passage's score against the best passage's, and the cosine of its heading. */
  readonly passage: number;
  readonly topic: number;
  /** Its heading asks just this question, and how early in the section it stands. */
  readonly headed: number;
  /** How near the questions are that its section is known to answer, in [0, 1]. */
  readonly asked: number;
  /** Offers the kind of thing the question waits for (1), or does not (-1). */
  readonly type: number;
  /** Speaks of what must not be, as the question does. */
  readonly refusal: number;
  /**
   * Says what to do, under a heading that says so too, where the question is what to avoid; or that the
   * treatment helps pain, where the question is whether it hurts.
   */
  readonly contrary: number;
  /** First thing its section says; how late it comes otherwise. */
  readonly opening: number;
  readonly late: number;
  /** A list, or a table row for a comparison, where one is asked for; a list where none is. */
  readonly listAsked: number;
  readonly listUnasked: number;
  /** A list of names, of which more is said, where it is asked how they differ. */
  readonly namesOnly: number;
  /** Talks about the article or its reader instead of the subject. */
  readonly aside: number;
  /** How far below a full sentence it stays: short ones sound near to everything and say little. */
  readonly short: number;
  /** Tens of words. */
  readonly length: number;
}

/** How far another name, or a near word, covers a word of the question. */
const OTHER_NAME_SHARE = 0.8;
const RELATIVE_SHARE = 0.6;
/** Cosine of a heading or asked line from which it asks about the same thing. */
const HEADED_FROM = 0.65;
/** Words of a full sentence. */
const FULL_LENGTH = 10;

/**
 * Round numbers. Most are set by hand on our own questions, where a fit gained nothing; `asked` and
 * `passage` by trying a few values over 600 questions of four sets (retrieval/README.md).
 */
const WEIGHTS: Signals = {
  similarity: 1,
  match: 1,
  echo: 1.5,
  coverage: 0.7,
  context: 0.3,
  rarest: 0.1,
  passage: 1,
  topic: 0.5,
  headed: 1.5,
  asked: 3,
  type: 0.12,
  refusal: 0.2,
  contrary: -2,
  opening: 0.04,
  late: -0.03,
  listAsked: 0.2,
  listUnasked: -0.3,
  namesOnly: -1,
  aside: -0.8,
  short: -0.3,
  length: -0.02,
};

/** What a page says about itself; true of any article, and no answer to any question. */
const ASIDE =
  /\b(this (guide|article|section|page|post)|in this (guide|article|section)|below,|we'?(ll| will)? (explore|discuss|break down|look|cover|explain)|let['\u2019]?s|here['\u2019]s (a closer|how|what)|by understanding|understanding (the|these|both|what|how|dry)|knowing what|to understand how|key takeaway|make an informed|informed decision|closer look)\b/i;

/** What speaks for a statement; `stems` are its own, `matches` those of its sentences. */
export function signalsOf(
  statement: Statement,
  stems: ReadonlySet<string>,
  query: Query,
  type: QuestionType,
  bestScore: number,
  matches: readonly number[],
  idf: (stem: string) => number,
): Signals {
  const { hit, at, kind } = statement;
  const text = textOf(statement);
  const context = contextOf(hit.section);
  const similarities = at.map((index) => hit.similarities[index] ?? 0);
  const fits = offers(type, text);
  const position = hit.section.sentences.findIndex(
    ({ start }) => start === hit.chunk.sentences[at[0] ?? 0]?.start,
  );
  return {
    match: kind === 'list' ? mean(matches) : Math.max(...matches),
    similarity:
      kind === 'list' ? Math.max(hit.scores.topic, mean(similarities)) : Math.max(...similarities),
    echo: Math.max(...at.map((index) => hit.echoes[index] ?? 0)),
    coverage: coverage(query, stems, idf),
    context: coverage(query, context, idf),
    rarest: hasRarest(query, stems, context, idf) ? 1 : 0,
    passage: bestScore > 0 ? hit.score / bestScore : 0,
    topic: Math.max(0, hit.scores.topic),
    headed: headed(hit.scores.topic, position),
    asked: hit.scores.asked,
    type: fits === undefined ? 0 : fits ? 1 : -1,
    refusal: refuses(query.plain) && refuses(text) ? 1 : 0,
    contrary: isContrary(query.text, text, hit.section) ? 1 : 0,
    opening: statement.isOpening ? 1 : 0,
    late: Math.min(5, Math.max(0, position)),
    listAsked: isShapeOf(type, kind) ? 1 : 0,
    listUnasked: kind === 'list' && type !== 'list' ? 1 : 0,
    namesOnly: type === 'difference' && areNames(statement) ? 1 : 0,
    aside: ASIDE.test(text) ? 1 : 0,
    short: Math.max(0, FULL_LENGTH - statement.words) / FULL_LENGTH,
    length: statement.words / 10,
  };
}

function isContrary(question: string, text: string, { path }: Section): boolean {
  if (asksIfItHurts(question)) return saysItEases(text);
  return asksWhatToAvoid(question) && !refuses(text) && !refuses(path.at(-1) ?? '');
}

const contexts = new WeakMap<Section, ReadonlySet<string>>();

/** Stems of what a section is called and asked; every statement of it is held against them. */
function contextOf(section: Section): ReadonlySet<string> {
  let context = contexts.get(section);
  if (!context) {
    context = new Set(stemsOf([...section.path, ...section.asked].join(' ')));
    contexts.set(section, context);
  }
  return context;
}

export function weighSignals(signals: Signals, weights: Signals = WEIGHTS): number {
  let sum = 0;
  for (const name of Object.keys(weights) as (keyof Signals)[])
    sum += signals[name] * weights[name];
  return sum;
}

/** Idf share of the question's content words found, other names included, in [0, 1]. */
function coverage(query: Query, stems: ReadonlySet<string>, idf: (stem: string) => number): number {
  let found = 0;
  let all = 0;
  for (const { stem, weight: share } of query.terms) {
    const weight = share * idf(stem);
    all += weight;
    if (stems.has(stem)) found += weight;
    else if ([...(query.otherNames.get(stem) ?? [])].some((other) => stems.has(other))) {
      found += OTHER_NAME_SHARE * weight;
    } else if (query.relatives.get(stem)?.some((near) => stems.has(near.stem))) {
      found += RELATIVE_SHARE * weight;
    }
  }
  return all === 0 ? 0 : found / all;
}

function hasRarest(
  query: Query,
  stems: ReadonlySet<string>,
  context: ReadonlySet<string>,
  idf: (stem: string) => number,
): boolean {
  let rarest: string | undefined;
  let most = 0;
  for (const { stem, weight } of query.terms) {
    if (weight * idf(stem) > most) {
      rarest = stem;
      most = weight * idf(stem);
    }
  }
  if (rarest === undefined) return false;
  const names = [rarest, ...(query.otherNames.get(rarest) ?? [])];
  return names.some((name) => stems.has(name) || context.has(name));
}

/** 0 below a cosine that two different questions reach; halved for each later pair of sentences. */
function headed(topic: number, position: number): number {
  const likeness = Math.max(0, topic - HEADED_FROM) / (1 - HEADED_FROM);
  return likeness * 0.5 ** (Math.max(0, position) / 2);
}

function isShapeOf(type: QuestionType, kind: Statement['kind']): boolean {
  return (kind === 'list' && type === 'list') || (kind === 'row' && type === 'difference');
}

function areNames({ kind, hit, at }: Statement): boolean {
  return kind === 'list' && at.every((index) => hit.chunk.sentences[index]?.label !== undefined);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

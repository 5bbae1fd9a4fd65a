import type { Hit } from '../../retrieval/hit.ts';
import type { Query } from '../../retrieval/query.ts';
import type { Corpus } from '../../retrieval/retriever.ts';
import { stemsOf } from '../../retrieval/terms.ts';
import { questionTypeOf } from './question-type.ts';
import { signalsOf, weighSignals } from './signals.ts';
import { type Statement, statementsOf, textOf, wordsIn } from './statement.ts';

/** Longest answer, in words without markers, and most statements in it. */
export const ANSWER_WORDS = 85;
const MOST_STATEMENTS = 6;
/** A further statement must score this share of the best one. */
const WORTH_SAYING = 0.5;
/** The first of another article: whether a second source agrees is worth more than its words. */
const WORTH_HEARING = 0.35;
/** Share of a statement's stems already said above which it only repeats. */
const REPEATS_FROM = 0.8;
/** What a likeness to something already said costs: nothing below .5, this much at 1. */
const LIKENESS_COST = 0.3;
const LIKENESS_FROM = 0.5;
/** Going on in the section of the best statement. */
const SAME_SECTION = 0.15;

interface Scored {
  readonly statement: Statement;
  readonly score: number;
  readonly stems: ReadonlySet<string>;
}

/**
 * The few statements that answer this question, in reading order. Empty when nothing can be said;
 * `isWithheld` names texts that this person must not be given, `room` is the words there are for it.
 */
export function choose(
  query: Query,
  hits: readonly Hit[],
  corpus: Corpus,
  isWithheld: (text: string) => boolean,
  room = ANSWER_WORDS,
): Statement[] {
  const type = questionTypeOf(query.plain);
  const bestScore = hits[0]?.score ?? 1;
  const matches = matchesOf(query, hits, corpus);
  let candidates = hits.flatMap((hit) =>
    statementsOf(hit)
      .filter((statement) => statement.words <= room && !isWithheld(textOf(statement)))
      .map((statement): Scored => {
        const stems = new Set(stemsOf(textOf(statement)));
        const match = statement.at.map((index) => matches.get(hit)?.[index] ?? 0);
        const signals = signalsOf(statement, stems, query, type, bestScore, match, (stem) =>
          corpus.idf(stem),
        );
        return { statement, score: weighSignals(signals), stems };
      }),
  );
  const chosen: Scored[] = [];
  const said = new Set<string>();
  let words = 0;
  while (chosen.length < MOST_STATEMENTS) {
    const next = bestOf(candidates, chosen, corpus);
    if (!next) break;
    const { statement, stems } = next;
    candidates = candidates.filter((other) => other !== next);
    if (chosen.length > 0 && (words + statement.words > room || repeats(stems, said))) continue;
    candidates = candidates.flatMap((other) => withoutSaid(other, statement));
    chosen.push(next);
    words += statement.words;
    for (const stem of stems) said.add(stem);
  }
  return inReadingOrder(chosen.map(({ statement }) => statement));
}

/** How well each sentence of the hits matches the question, above what they do on average. */
function matchesOf(
  query: Query,
  hits: readonly Hit[],
  corpus: Corpus,
): ReadonlyMap<Hit, readonly number[]> {
  const matches = hits.map((hit) =>
    hit.chunk.sentences.map((_, at) => corpus.match(query, hit, at)),
  );
  const all = matches.flat();
  const average = all.reduce((sum, match) => sum + match, 0) / Math.max(1, all.length);
  return new Map(hits.map((hit, i) => [hit, matches[i]!.map((match) => match - average)]));
}

/** What is best worth saying beside what is chosen; undefined where nothing is. */
function bestOf(
  candidates: readonly Scored[],
  chosen: readonly Scored[],
  corpus: Corpus,
): Scored | undefined {
  const [leading] = chosen;
  const heard = new Set(chosen.map(({ statement }) => statement.hit.article));
  let best: { scored: Scored; value: number } | undefined;
  for (const scored of candidates) {
    const { hit } = scored.statement;
    let value = scored.score;
    if (leading) {
      const { article, section } = leading.statement.hit;
      if (hit.article === article && hit.section === section) value += SAME_SECTION;
      const likeness = Math.max(...chosen.map((other) => likenessOf(scored, other, corpus)));
      value -= (LIKENESS_COST * Math.max(0, likeness - LIKENESS_FROM)) / (1 - LIKENESS_FROM);
      const share = heard.has(hit.article) ? WORTH_SAYING : WORTH_HEARING;
      if (value < share * leading.score) continue;
    }
    if (!best || value > best.value) best = { scored, value };
  }
  return best?.scored;
}

function likenessOf(a: Scored, b: Scored, corpus: Corpus): number {
  let most = -1;
  for (const i of a.statement.at) {
    for (const j of b.statement.at) {
      most = Math.max(most, corpus.likeness(a.statement.hit, i, b.statement.hit, j));
    }
  }
  return most;
}

function repeats(stems: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  if (stems.size === 0) return true;
  let again = 0;
  for (const stem of stems) if (said.has(stem)) again++;
  return again / stems.size > REPEATS_FROM;
}

/**
 * What another candidate still has to say: all of it, or nothing where it shares a sentence, or the
 * sentence that leans on the one now said, which will stand right before it.
 */
function withoutSaid(other: Scored, { hit, at }: Statement): Scored[] {
  const { statement } = other;
  if (statement.hit !== hit || !statement.at.some((index) => at.includes(index))) return [other];
  const [before, leaning] = statement.at;
  const last = statement.parts[1];
  const isNext = at.length === 1 && before === at[0] && leaning === (at[0] as number) + 1;
  if (!isNext || !last || statement.parts.length !== 2) return [];
  const rest: Statement = {
    ...statement,
    at: [leaning],
    parts: [last],
    words: wordsIn(last.text),
    isOpening: false,
  };
  return [{ ...other, statement: rest, stems: new Set(stemsOf(last.text)) }];
}

/** The best statement's article first, each article in its own reading order. */
function inReadingOrder(statements: readonly Statement[]): Statement[] {
  const articles = [...new Set(statements.map(({ hit }) => hit.article.slug))];
  return statements.toSorted((a, b) => {
    const first = articles.indexOf(a.hit.article.slug) - articles.indexOf(b.hit.article.slug);
    return first || startOf(a) - startOf(b);
  });
}

function startOf({ hit, at }: Statement): number {
  return hit.chunk.sentences[at[0] ?? 0]?.start ?? 0;
}

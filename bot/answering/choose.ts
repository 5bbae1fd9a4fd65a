import type { Hit } from '../../retrieval/hit.ts';
import type { Query } from '../../retrieval/query.ts';
import type { Corpus } from '../../retrieval/retriever.ts';
import { stemsOf } from '../../retrieval/terms.ts';
import { questionTypeOf } from './question-type.ts';
import { signalsOf, weighSignals } from './signals.ts';
import { type Statement, statementsOf, textOf } from './statement.ts';

/** Longest answer, in words without markers, and most statements in it. */
const ANSWER_WORDS = 85;
const MOST_STATEMENTS = 5;
/** A further statement must score this share of the best one. */
const WORTH_SAYING = 0.5;
/** Share of a statement's stems already said above which it only repeats. */
const REPEATS_FROM = 0.8;
/** What a likeness to something already said costs: nothing below .5, this much at 1. */
const LIKENESS_COST = 0.3;
const LIKENESS_FROM = 0.5;
/** Another article that answers too is worth more than the same one going on. */
const OTHER_ARTICLE = 0.1;
/** Going on in the section of the best statement. */
const SAME_SECTION = 0.15;

interface Scored {
  readonly statement: Statement;
  readonly score: number;
  readonly stems: ReadonlySet<string>;
}

/**
 * The few statements that answer this question, in reading order. Empty when nothing can be said;
 * `isWithheld` names texts that this person must not be given.
 */
export function choose(
  query: Query,
  hits: readonly Hit[],
  corpus: Corpus,
  isWithheld: (text: string) => boolean,
): Statement[] {
  const type = questionTypeOf(query.plain);
  const bestScore = hits[0]?.score ?? 1;
  let candidates = hits.flatMap((hit, rank) =>
    statementsOf(hit)
      .filter((statement) => !isWithheld(textOf(statement)))
      .map((statement): Scored => {
        const signals = signalsOf(statement, query, type, bestScore, rank, (stem) => corpus.idf(stem));
        return { statement, score: weighSignals(signals), stems: new Set(stemsOf(textOf(statement))) };
      }),
  );
  const chosen: Scored[] = [];
  const said = new Set<string>();
  let words = 0;
  let least = -Infinity;
  while (chosen.length < MOST_STATEMENTS) {
    const next = bestOf(candidates, chosen, corpus);
    if (!next || next.value < least) break;
    const { statement, stems } = next.scored;
    candidates = candidates.filter((other) => other !== next.scored && !sharesSentence(other.statement, statement));
    if (chosen.length > 0 && (words + statement.words > ANSWER_WORDS || repeats(stems, said))) continue;
    if (chosen.length === 0) least = next.value * WORTH_SAYING;
    chosen.push(next.scored);
    words += statement.words;
    for (const stem of stems) said.add(stem);
  }
  return inReadingOrder(chosen.map(({ statement }) => statement));
}

function bestOf(
  candidates: readonly Scored[],
  chosen: readonly Scored[],
  corpus: Corpus,
): { scored: Scored; value: number } | undefined {
  const articles = new Set(chosen.map(({ statement }) => statement.hit.article.slug));
  const first = chosen[0]?.statement.hit;
  let best: { scored: Scored; value: number } | undefined;
  for (const scored of candidates) {
    const { hit } = scored.statement;
    let value = scored.score;
    if (first) {
      if (hit.article === first.article && hit.section === first.section) value += SAME_SECTION;
      else if (!articles.has(hit.article.slug)) value += OTHER_ARTICLE;
      const likeness = Math.max(...chosen.map((other) => likenessOf(scored, other, corpus)));
      value -= (LIKENESS_COST * Math.max(0, likeness - LIKENESS_FROM)) / (1 - LIKENESS_FROM);
    }
    if (!best || value > best.value) best = { scored, value };
  }
  return best;
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

function sharesSentence(a: Statement, b: Statement): boolean {
  return a.hit === b.hit && a.at.some((index) => b.at.includes(index));
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

import { join } from 'node:path';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { loadNearDomain } from '../../knowledge/near-domain.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { fitRidge } from '../../knowledge/ridge.ts';

/** Less learns single questions by heart, more forgets what tells them apart. */
const PENALTY = 10;

/** What a `Domain` is learned from: what the bundled articles are asked, and what they are not. */
export function domainExamples(): { answered: string[]; others: string[] } {
  const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
  const sections = articles.flatMap((article) => article.sections);
  return {
    answered: sections.flatMap(({ path, asked }) => [...path.slice(-1), ...asked]),
    others: Object.values(loadNearDomain().kinds).flat(),
  };
}

export interface LearnedDomain {
  /** Of a `Domain`, the constant last. */
  readonly weights: ArrayLike<number>;
  /** For each of the others, its score by weights learned without it. */
  readonly othersLeftOut: readonly number[];
}

/**
 * Least squares towards 1 for the answered and -1 for the others, each side counting half however
 * many it has. Deterministic. Takes some seconds, and blocks.
 */
export function learnDomain(
  answered: readonly Float32Array[],
  others: readonly Float32Array[],
): LearnedDomain {
  const half = (answered.length + others.length) / 2;
  const examples = [
    ...answered.map((vector) => ({ vector, target: 1, importance: half / answered.length })),
    ...others.map((vector) => ({ vector, target: -1, importance: half / others.length })),
  ];
  const { weights, leftOut } = fitRidge(
    examples.map(({ vector }) => Float64Array.from([...vector, 1])),
    examples.map(({ target }) => Float64Array.of(target)),
    Float64Array.from(examples, ({ importance }) => importance),
    PENALTY,
  );
  return {
    weights: weights[0] ?? [],
    othersLeftOut: leftOut.slice(answered.length).map((told) => told[0] ?? 0),
  };
}

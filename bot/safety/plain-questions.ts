import { join } from 'node:path';
import { quoteOf } from '../../knowledge/article.ts';
import { loadInDomain } from '../../knowledge/in-domain.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { loadNearDomain } from '../../knowledge/near-domain.ts';
import type { RuleSet } from '../../knowledge/rule.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { piecesOf } from './pieces.ts';
import { screen } from './screen.ts';

/** A section that sends its readers to care may be asked by somebody who needs it. */
const SENDS_TO_CARE =
  /\b(emergency|911|999|112|urgent|right away|immediate|medical (care|help|attention))\b/i;

/** Kinds of near-domain.yaml: the clinic's own business, and stories around a plain question. */
const PLAIN_KINDS = ['desk', 'stories'];

/**
 * What the bundled articles are asked and known to answer and what the clinic's desk is asked, piece
 * by piece as the second look reads a message, where the fixed rules raise nothing: nothing to raise
 * for the second look either, however long the story around the question is.
 */
export function plainQuestions(rules: RuleSet): string[] {
  const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
  const asked = articles.flatMap((article) =>
    article.sections
      .filter((section) => !SENDS_TO_CARE.test(quoteOf(article, section)))
      .flatMap((section) => section.asked),
  );
  const told = loadInDomain().map(({ text }) => text);
  const { kinds } = loadNearDomain();
  const others = PLAIN_KINDS.flatMap((kind) => kinds[kind] ?? []);
  const isPlain = (text: string) => {
    const { level } = screen(text, [], rules);
    return level === 'none' || level === 'caution';
  };
  const pieces = [...asked, ...told, ...others]
    .filter(isPlain)
    .flatMap((text) => piecesOf(text).map(({ start, end }) => text.slice(start, end).trim()));
  return [...new Set(pieces)].filter(isPlain);
}

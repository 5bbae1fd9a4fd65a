import { join } from 'node:path';
import { quoteOf } from '../../knowledge/article.ts';
import { loadInDomain } from '../../knowledge/in-domain.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import type { RuleSet } from '../../knowledge/rule.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { screen } from './screen.ts';

/** A section that sends its readers to care may be asked by somebody who needs it. */
const SENDS_TO_CARE =
  /\b(emergency|911|999|112|urgent|right away|immediate|medical (care|help|attention))\b/i;

/**
 * What the bundled articles are asked and known to answer, where the fixed rules raise nothing: nothing to raise for the
 * second look either, however long the story around the question is.
 */
export function plainQuestions(rules: RuleSet): string[] {
  const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
  const asked = articles.flatMap((article) =>
    article.sections
      .filter((section) => !SENDS_TO_CARE.test(quoteOf(article, section)))
      .flatMap((section) => section.asked),
  );
  const told = loadInDomain().map(({ text }) => text);
  return [...new Set([...asked, ...told])].filter((text) => {
    const { level } = screen(text, [], rules);
    return level === 'none' || level === 'caution';
  });
}

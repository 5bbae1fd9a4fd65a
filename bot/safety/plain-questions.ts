import { quoteOf } from '../../knowledge/article.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import type { RuleSet } from '../../knowledge/rule.ts';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { screen } from './screen.ts';

/** A section that sends its readers to care may be asked by somebody who needs it. */
const SENDS_TO_CARE =
  /\b(emergency|911|999|112|urgent|right away|immediate|medical (care|help|attention))\b/i;

/**
 * What the bundled articles are asked, where the fixed rules raise nothing: nothing to raise for the
 * second look either, however long the story around the question is.
 */
export function plainQuestions(rules: RuleSet): string[] {
  const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
  const asked = articles.flatMap((article) =>
    article.sections
      .filter((section) => !SENDS_TO_CARE.test(quoteOf(article, section)))
      .flatMap((section) => section.asked),
  );
  return [...new Set(asked)].filter((text) => {
    const { level } = screen(text, [], rules);
    return level === 'none' || level === 'caution';
  });
}

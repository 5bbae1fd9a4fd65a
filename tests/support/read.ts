import type { Article, Section, Span } from '../../knowledge/article.ts';
import { quoteOf } from '../../knowledge/article.ts';
import { readArticle } from '../../knowledge/readers/index.ts';

/** An article from text, as if it had come from a file. */
export function read(text: string, fileName = 'sample.txt'): Article {
  return readArticle(fileName, new TextEncoder().encode(text));
}

/** The quotes of all sentences, or of those of one section. */
export function quotes(article: Article, section?: Section): string[] {
  const sections = section ? [section] : article.sections;
  return sections.flatMap(({ sentences }) =>
    sentences.map((sentence) => quoteOf(article, sentence)),
  );
}

export function paths(article: Article): string[] {
  return article.sections.map((section) => section.path.join(' > '));
}

/** What was found, as "kind: what". */
export function found(article: Article): string[] {
  return article.findings.map(({ kind, what }) => `${kind}: ${what}`);
}

export function quoteOrNull(article: Article, span: Span | undefined): string | null {
  return span ? quoteOf(article, span) : null;
}

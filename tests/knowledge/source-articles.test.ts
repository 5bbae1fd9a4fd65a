import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Article } from '../../knowledge/article.ts';
import { quoteOf } from '../../knowledge/article.ts';
import { CHUNK_LENGTH, chunkArticle } from '../../knowledge/chunk.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';

/** Articles as they were scraped, where they lie beside the checkout; they are not ours to copy. */
const SOURCES = join(__dirname, '..', '..', '..', 'shared', 'articles');
const whereSourcesAre = existsSync(SOURCES) ? describe : describe.skip;

whereSourcesAre('the scraped articles', () => {
  const { articles, skipped } = existsSync(SOURCES)
    ? loadArticles(SOURCES)
    : { articles: [], skipped: [] };
  const byNumber = (number: string): Article => {
    const article = articles.find(({ origin }) => origin.startsWith(number));
    if (!article) throw new RangeError(`no article ${number}`);
    return article;
  };
  const count = (number: string, what: string) =>
    byNumber(number).findings.filter((finding) => finding.what === what).length;

  it('are all read', () => {
    expect(articles).toHaveLength(5);
    expect(skipped).toEqual([]);
    expect(new Set(articles.map(({ slug }) => slug)).size).toBe(5);
  });

  it.each([
    ['000', 21, 75],
    ['001', 23, 105],
    ['002', 1, 85],
    ['003', 61, 260],
    ['004', 23, 95],
  ])('%s has its %i sections and at least %i sentences', (number, sections, sentences) => {
    const article = byNumber(number);
    expect(article.sections).toHaveLength(sections);
    expect(article.sections.flatMap((section) => section.sentences).length).toBeGreaterThanOrEqual(
      sentences,
    );
  });

  it('keep no mojibake, no-break space, promotion, reference or pitch', () => {
    for (const { text } of articles) {
      expect(text).not.toMatch(/[\u0e42\u00a0\u200b\ufeff]/);
      expect(text).not.toMatch(/Also Read|doi:|et al|Getty|Table of Contents|we specialize/i);
    }
  });

  it.each([
    ['000', 'sales paragraph', 1],
    ['001', 'mojibake', 14],
    ['001', 'promotion', 2],
    ['001', 'call to action', 1],
    ['002', 'lost list', 5],
    ['002', 'fragment', 5],
    ['002', 'reference list', 11],
    ['002', 'byline', 2],
    ['002', 'photo credit', 1],
    ['003', 'no-break space', 80],
    ['003', 'footnote digit', 1],
    ['003', 'table of contents', 1],
    ['004', 'beginning lost', 1],
  ])('%s: %s, found %i times', (number, what, times) => {
    expect(count(number, what)).toBe(times);
  });

  it('lose no list but those of 002', () => {
    for (const number of ['000', '001', '003', '004']) {
      expect(count(number, 'lost list')).toBe(0);
      expect(count(number, 'fragment')).toBe(0);
    }
  });

  it('lose no word but what a finding names', () => {
    const wordsOf = (text: string) =>
      text.replace(/[\u0e42'\u2014]/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
    for (const { origin, text, findings } of articles) {
      let raw = readFileSync(join(SOURCES, origin), 'utf8').replace(/healing7\./, 'healing.');
      const dropped = findings.filter(({ kind }) => kind === 'dropped');
      for (const { start, end } of [...dropped].reverse())
        raw = `${raw.slice(0, start)} ${raw.slice(end)}`;
      expect(wordsOf(text)).toEqual(wordsOf(raw));
    }
  });

  it('have tables with rows and columns, and lists with lead-ins', () => {
    const cells = byNumber('001')
      .sections.flatMap((section) => section.sentences)
      .filter(({ kind }) => kind === 'cell');
    expect(cells).toHaveLength(12);
    expect(cells.every(({ row, column }) => row && column)).toBe(true);
    const items = byNumber('004')
      .sections.flatMap((section) => section.sentences)
      .filter(({ kind }) => kind === 'item');
    expect(items.filter(({ leadIn }) => leadIn).length).toBeGreaterThan(30);
  });

  it('fit into chunks', () => {
    for (const article of articles) {
      for (const chunk of chunkArticle(article))
        expect(quoteOf(article, chunk).length).toBeLessThanOrEqual(CHUNK_LENGTH);
    }
  });
});

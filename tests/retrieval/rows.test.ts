import { quoteOf } from '../../knowledge/article.ts';
import { chunkArticle } from '../../knowledge/chunk.ts';
import { type Row, rowHash, rowsOf } from '../../retrieval/rows.ts';
import { read } from '../support/read.ts';
import { smallArticles } from '../support/small-corpus.ts';

const articles = smallArticles();
const chunks = articles.flatMap((article) => chunkArticle(article));
const rows = rowsOf(articles, chunks);
const textsOf = (kind: string) => rows.filter((row) => row.kind === kind).map(({ text }) => text);

describe('rowsOf', () => {
  it('has one row for every sentence of every chunk', () => {
    const sentences = rows.filter(({ kind }) => kind === 'sentence');
    expect(sentences.map(({ chunk, sentence }) => [chunk, sentence])).toEqual(
      chunks.flatMap((chunk, number) => chunk.sentences.map((_, at) => [number, at])),
    );
  });

  it('has the quote in every sentence row', () => {
    for (const { kind, chunk, sentence, text } of rows) {
      if (kind !== 'sentence') continue;
      const owner = chunks[chunk];
      const article = articles.find(({ slug }) => slug === owner?.article);
      const span = owner?.sentences[sentence];
      expect(article && span && text.includes(quoteOf(article, span))).toBe(true);
    }
  });

  it('has headings and asked lines as they were written', () => {
    expect(textsOf('heading')).toContain('Who should not use one?');
    expect(textsOf('heading')).toHaveLength(9);
    expect(textsOf('asked')).toEqual(['when do I take the bag off again']);
  });

  it('reads a list item with its lead-in, and a table cell with its row and column', () => {
    expect(textsOf('sentence')).toContain('Do not use a warm pack if: you have a fresh burn');
    expect(textsOf('sentence')).toContain('Good for: Soft: beginners and thin legs');
  });

  it('reads a list item without a lead-in under its heading', () => {
    const article = read(
      '# Kit\n\n## Wear\n\nWear socks.\n\n## Bring with you\n\n- two towels\n- a chair',
      'kit.md',
    );
    const texts = rowsOf([article], chunkArticle(article)).map(({ text }) => text);
    expect(texts.slice(2)).toEqual([
      'Bring with you',
      'Bring with you two towels',
      'Bring with you a chair',
    ]);
  });

  it('has the heading of a long section once, with its first chunk', () => {
    const long = Array.from({ length: 40 }, (_, i) => `Towel number ${i} is dry and warm.`).join(
      ' ',
    );
    const article = read(`# Kit\n\n## Wear\n\nSocks.\n\n## Towels\n\n${long}`, 'kit.md');
    const longChunks = chunkArticle(article);
    expect(longChunks.length).toBeGreaterThan(2);
    const headings = rowsOf([article], longChunks).filter(({ kind }) => kind === 'heading');
    expect(headings).toEqual([
      { kind: 'heading', chunk: 0, sentence: -1, text: 'Wear' },
      { kind: 'heading', chunk: 1, sentence: -1, text: 'Towels' },
    ]);
  });

  it('has no rows for chunks whose article is not there', () => {
    expect(() => rowsOf([], chunks)).toThrow(RangeError);
  });
});

describe('rowHash', () => {
  const hash = (kind: Row['kind'], text: string) => rowHash({ kind, text });

  it('names a vector by what is encoded', () => {
    expect(hash('sentence', 'Rest.')).toBe(hash('sentence', 'Rest.'));
    expect(hash('sentence', 'Rest.')).not.toBe(hash('sentence', 'Rest!'));
    expect(hash('sentence', 'Rest.')).toMatch(/^[\w-]{22}$/);
  });

  it('tells what is asked from what is said', () => {
    expect(hash('heading', 'Rest.')).toBe(hash('asked', 'Rest.'));
    expect(hash('heading', 'Rest.')).not.toBe(hash('sentence', 'Rest.'));
  });
});

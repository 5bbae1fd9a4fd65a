import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Article, quoteOf, type Section } from '../../knowledge/article.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { loadLexicon } from '../../knowledge/lexicon.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { Encoder } from '../../retrieval/embeddings/encoder.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { HybridRetriever } from '../../retrieval/retriever.ts';
import { corpusOf } from '../../retrieval/snapshot.ts';
import { TokenRows } from '../../retrieval/token-rows.ts';
import { openVectorIndex, VectorMatrix } from '../../retrieval/vector.ts';
import { plainWords, readingGrade } from '../support/reading-grade.ts';

const { articles, skipped } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
/** What the digests were written from, where it lies beside the checkout. */
const SOURCES = join(PROJECT_ROOT, '..', 'shared', 'articles');
const whereSourcesAre = existsSync(SOURCES) ? describe : describe.skip;

/** As many words in a row are a copy and not a coincidence. */
const COPIED_WORDS = 9;
/** Every so many asked lines are tried; all of them take the encoder more than a minute. */
const SAMPLE_STEP = 20;

/**
 * Share of lines that may be lost where they have no vector of their own. With all vectors a line
 * finds itself, which proves nothing.
 */
const MOST_LOST = 0.1;

function place({ origin }: Article, { path }: Section): string {
  return `${origin} > ${path.join(' > ')}`;
}

function runsOf(text: string): string[] {
  const words = plainWords(text);
  return words
    .slice(0, Math.max(0, words.length - COPIED_WORDS + 1))
    .map((_, at) => words.slice(at, at + COPIED_WORDS).join(' '));
}

describe('the bundled articles', () => {
  it('are five, and nothing in them is doubtful', () => {
    expect(skipped).toEqual([]);
    expect(articles.map(({ origin }) => origin.slice(0, 3)).sort()).toEqual([
      '000',
      '001',
      '002',
      '003',
      '004',
    ]);
    expect(articles.flatMap(({ findings }) => findings)).toEqual([]);
  });

  it.each(articles)('$title: is read at grade 8 or below', ({ text }) => {
    expect(readingGrade(text)).toBeLessThanOrEqual(8);
  });

  it('say for every section where it comes from and how else people ask for it', () => {
    const bare = articles.flatMap((article) =>
      article.sections
        .filter(({ from, asked }) => !from?.length || asked.length < 3)
        .map((section) => place(article, section)),
    );
    expect(bare).toEqual([]);
  });

  it('have no asked line twice', () => {
    const repeated = articles.flatMap((article) => {
      const lines = article.sections.flatMap((section) =>
        section.asked.map((line) => ({ words: plainWords(line).join(' '), section })),
      );
      return lines
        .filter(({ words }, at) => lines.findIndex((other) => other.words === words) < at)
        .map(({ words, section }) => `${place(article, section)}: ${words}`);
    });
    expect(repeated).toEqual([]);
  });
});

describe('the asked lines of the bundled articles', () => {
  const offline = new OfflineEmbeddings();
  const encoder = new Encoder('use-lite', offline);
  afterAll(() => offline.close());

  it('find their own section among the first five hits', async () => {
    const corpus = corpusOf(articles, encoder.name);
    // Headings and every so many asked lines have vectors, BM25F has all the words: the whole index
    // takes the encoder a minute.
    const asked = corpus.rows.filter(({ kind }) => kind === 'asked');
    const tried = asked.filter((_, at) => at % SAMPLE_STEP === 0);
    const rows = corpus.rows.filter((row) => row.kind === 'heading');
    const vectors = await encoder.encodeTexts(rows.map(({ text }) => text));
    const dimension = vectors[0]?.length ?? 0;
    const matrix = new VectorMatrix(
      Float32Array.from(vectors.flatMap((vector) => [...vector])),
      dimension,
    );
    const index = openVectorIndex(matrix, undefined);
    const tokens = TokenRows.of(rows.map(() => new Int8Array()));
    const without = { relatives: new Map(), differences: [] };
    const snapshot = { ...corpus, rows, matrix, tokens, index, ...without };
    const retriever = new HybridRetriever(snapshot, encoder, loadLexicon());

    const lost: string[] = [];
    for (const { text, chunk } of tried) {
      const own = corpus.chunks[chunk];
      const { hits } = await retriever.retrieve(text, 5);
      const isFound = hits.some(
        (hit) => hit.chunk.article === own?.article && hit.chunk.section === own.section,
      );
      if (!isFound) lost.push(`${own?.id}: ${text}`);
    }
    const share = lost.length / tried.length;
    expect({ share, lost: share > MOST_LOST ? lost : [] }).toEqual({ share, lost: [] });
  });
});

whereSourcesAre('the bundled articles beside their sources', () => {
  const names = existsSync(SOURCES) ? readdirSync(SOURCES) : [];
  const sources = new Map(names.map((name) => [name, readFileSync(join(SOURCES, name), 'utf8')]));

  it('name stretches of the source that are still as they were', () => {
    const changed = articles.flatMap((article) => {
      const raw = sources.get(article.origin) ?? '';
      return article.sections.flatMap((section) =>
        (section.from ?? [])
          .filter(({ start, end, hash }) => {
            const found = createHash('sha256').update(raw.slice(start, end)).digest('hex');
            return found.slice(0, 16) !== hash || start >= end;
          })
          .map(({ start, end }) => `${place(article, section)}: ${start} to ${end}`),
      );
    });
    expect(changed).toEqual([]);
  });

  it('copy no nine words in a row from a source', () => {
    const theirs = new Set([...sources.values()].flatMap(runsOf));
    // Within one sentence, heading or line of ours: a question as heading and its answer's first
    // words stand in a row in every article about this.
    const copied = articles.flatMap((article) => {
      const lines = article.sections.flatMap(({ path, asked, sentences }) => [
        ...path,
        ...asked,
        ...sentences.map((sentence) => quoteOf(article, sentence)),
      ]);
      return [article.title, ...lines]
        .flatMap(runsOf)
        .filter((run) => theirs.has(run))
        .map((run) => `${article.origin}: ${run}`);
    });
    expect(copied).toEqual([]);
  });
});

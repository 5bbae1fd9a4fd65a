import { createHash } from 'node:crypto';
import { type Article, quoteOf, type Section, type Sentence } from '../knowledge/article.ts';
import type { Chunk } from '../knowledge/chunk.ts';

/** What one vector stands for. */
export interface Row {
  readonly kind: 'sentence' | 'heading' | 'asked';
  /** Index into the corpus's chunks; headings and asked lines belong to their section's first. */
  readonly chunk: number;
  /** Index into `chunk.sentences`; -1 for a heading or an asked line. */
  readonly sentence: number;
  /** What is encoded. */
  readonly text: string;
}

/** A sentence as it must be read to be understood on its own, for the encoder. */
export function readable(article: Article, section: Section, sentence: Sentence): string {
  const text = quoteOf(article, sentence);
  if (sentence.kind === 'cell') {
    const column = sentence.column ? `${quoteOf(article, sentence.column)}: ` : '';
    const row = sentence.row ? `${quoteOf(article, sentence.row)}: ` : '';
    return `${column}${row}${text}`;
  }
  if (sentence.kind === 'item') {
    const lead = sentence.leadIn ? quoteOf(article, sentence.leadIn) : section.path.at(-1);
    return lead ? `${lead} ${text}` : text;
  }
  return text;
}

/** The rows of a corpus, in the order of its chunks. */
export function rowsOf(articles: readonly Article[], chunks: readonly Chunk[]): Row[] {
  const bySlug = new Map(articles.map((article) => [article.slug, article]));
  const rows: Row[] = [];
  let lastSection = '';
  for (const [number, chunk] of chunks.entries()) {
    const article = bySlug.get(chunk.article);
    const section = article?.sections[chunk.section];
    if (!article || !section) throw new RangeError(`chunk ${chunk.id} has no article`);
    const sectionId = `${chunk.article}#${chunk.section}`;
    if (sectionId !== lastSection) {
      lastSection = sectionId;
      const heading = section.path.at(-1);
      if (heading) rows.push({ kind: 'heading', chunk: number, sentence: -1, text: heading });
      for (const text of section.asked) {
        rows.push({ kind: 'asked', chunk: number, sentence: -1, text });
      }
    }
    for (const [at, sentence] of chunk.sentences.entries()) {
      const text = readable(article, section, sentence);
      rows.push({ kind: 'sentence', chunk: number, sentence: at, text });
    }
  }
  return rows;
}

/** Names a row's vector in the snapshot, so that an unchanged one is not encoded again. */
export function rowHash(row: Pick<Row, 'kind' | 'text'>): string {
  const role = isAsked(row) ? 'asked' : 'said';
  return createHash('sha256').update(`${role}\n${row.text}`).digest('base64url').slice(0, 22);
}

/** Whether it is put as people ask, rather than as the article answers. */
export function isAsked({ kind }: Pick<Row, 'kind'>): boolean {
  return kind !== 'sentence';
}

import { type Article, quoteOf } from '../knowledge/article.ts';
import type { Chunk } from '../knowledge/chunk.ts';
import { Fault } from '../knowledge/fault.ts';
import type { Lexicon } from '../knowledge/lexicon.ts';
import { tokenize } from '../knowledge/tokens.ts';
import type { Encoder } from './embeddings/encoder.ts';
import { fuse } from './fuse.ts';
import type { Hit } from './hit.ts';
import { type FieldStems, LexicalIndex } from './lexical.ts';
import { type Query, QueryReader } from './query.ts';
import type { Row } from './rows.ts';
import type { Snapshot } from './snapshot.ts';
import { stemsOf } from './terms.ts';

/** What was found for one question. */
export interface Retrieved {
  readonly query: Query;
  /** Best first. */
  readonly hits: readonly Hit[];
}

export interface Retriever {
  readonly name: string;
  /**
   * The k best chunks; `earlier` is the question before, where this one leans on it.
   *
   * Throws `MODEL_UNAVAILABLE` when the question cannot be encoded, `INDEX_MISMATCH` when its vector
   * does not fit the index.
   */
  retrieve(text: string, k: number, earlier?: string): Promise<Retrieved>;
}

/** What choosing sentences asks of the corpus they come from. */
export interface Corpus {
  /** Rarity of a stem among the chunks, never negative. */
  idf(stem: string): number;
  isKnown(stem: string): boolean;
  /** Cosine of two sentences of hits, by their index in each hit's chunk; in [-1, 1]. */
  likeness(a: Hit, sentenceOfA: number, b: Hit, sentenceOfB: number): number;
}

/** Rows taken from the vector index, and chunks from BM25F; each is then scored by both. */
const DENSE_ROWS = 64;
const LEXICAL_CHUNKS = 50;

/** BM25F and sentence vectors over one snapshot. */
export class HybridRetriever implements Retriever, Corpus {
  readonly name = 'hybrid';
  readonly snapshot: Snapshot;
  readonly #lexical: LexicalIndex;
  readonly #encoder: Encoder;
  readonly #reader: QueryReader;
  /** Chunk number by chunk id. */
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #articles: ReadonlyMap<string, Article>;
  /** Row numbers by chunk: sentences of the chunk, and its section's heading and asked lines. */
  readonly #rowsOfChunk: readonly (readonly number[])[];

  readonly #outbound: (text: string) => string;

  /** `outbound` is applied to a question before anything is made of it that the encoder sees. */
  constructor(
    snapshot: Snapshot,
    encoder: Encoder,
    lexicon: Lexicon,
    outbound: (text: string) => string = (text) => text,
  ) {
    this.snapshot = snapshot;
    this.#outbound = outbound;
    this.#encoder = encoder;
    this.#articles = new Map(snapshot.articles.map((article) => [article.slug, article]));
    this.#lexical = new LexicalIndex(snapshot.chunks.map((chunk) => this.#fieldsOf(chunk)));
    this.#reader = new QueryReader(lexicon, vocabularyOf(snapshot.articles), snapshot.relatives);
    this.#numbers = new Map(snapshot.chunks.map(({ id }, number) => [id, number]));
    this.#rowsOfChunk = rowsByChunk(snapshot.chunks, snapshot.rows);
  }

  async retrieve(text: string, k: number, earlier?: string): Promise<Retrieved> {
    const query = this.#reader.read(
      this.#outbound(text),
      earlier === undefined ? undefined : this.#outbound(earlier),
    );
    if (query.terms.length === 0 && /^[\s?]*$/.test(query.plain)) return { query, hits: [] };
    const vector = await this.#encoder.encodeQuery(query.plain);
    const { chunks, rows, matrix, index } = this.snapshot;
    if (vector.length !== matrix.dimension) {
      throw new Fault(
        'INDEX_MISMATCH',
        `index has ${matrix.dimension} dimensions, ${this.#encoder.name} gives ${vector.length}; run npm run ingest`,
      );
    }
    const lexical = this.#lexical.search(query.weights);
    const candidates = new Set<number>();
    for (const { row } of index.search(vector, DENSE_ROWS)) {
      const { kind, chunk } = rows[row] as Row;
      candidates.add(chunk);
      if (kind !== 'sentence')
        for (const sibling of siblings(chunks, chunk)) candidates.add(sibling);
    }
    const bestLexical = [...lexical].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    for (const [chunk] of bestLexical.slice(0, LEXICAL_CHUNKS)) candidates.add(chunk);

    const scored = [...candidates].map((number) => {
      const chunk = chunks[number] as Chunk;
      const similarities = chunk.sentences.map(() => 0);
      let topic = -1;
      for (const row of this.#rowsOfChunk[number] ?? []) {
        const cosine = matrix.cosine(vector, row);
        const { kind, sentence } = rows[row] as Row;
        if (kind === 'sentence') similarities[sentence] = cosine;
        else topic = Math.max(topic, cosine);
      }
      const dense = Math.max(topic, ...similarities);
      return { number, chunk, similarities, topic, dense, lexical: lexical.get(number) ?? 0 };
    });
    const scores = fuse(scored);
    const hits = scored
      .map(({ number, chunk, similarities, topic, dense, lexical }, i) => {
        const article = this.#articles.get(chunk.article) as Article;
        const section = article.sections[chunk.section];
        if (!section) throw new RangeError(`chunk ${chunk.id} has no section`);
        const score = scores[i] as number;
        const hit: Hit = {
          chunk,
          article,
          section,
          score,
          scores: { lexical, dense, topic },
          similarities,
        };
        return { number, hit };
      })
      .sort((a, b) => b.hit.score - a.hit.score || a.number - b.number)
      .slice(0, k)
      .map(({ hit }) => hit);
    return { query, hits };
  }

  idf(stem: string): number {
    return this.#lexical.idf(stem);
  }

  isKnown(stem: string): boolean {
    return this.#lexical.has(stem);
  }

  likeness(a: Hit, sentenceOfA: number, b: Hit, sentenceOfB: number): number {
    const { matrix } = this.snapshot;
    const rowA = this.#rowOf(a, sentenceOfA);
    const rowB = this.#rowOf(b, sentenceOfB);
    return rowA === undefined || rowB === undefined ? 0 : matrix.cosine(matrix.row(rowA), rowB);
  }

  #rowOf({ chunk }: Hit, sentence: number): number | undefined {
    const number = this.#numbers.get(chunk.id) ?? -1;
    return this.#rowsOfChunk[number]?.find((row) => this.snapshot.rows[row]?.sentence === sentence);
  }

  #fieldsOf(chunk: Chunk): FieldStems {
    const article = this.#articles.get(chunk.article) as Article;
    const section = article.sections[chunk.section];
    const heading = section?.path.at(-1) ?? '';
    const leadIns = new Set(
      chunk.sentences.map(({ leadIn }) => leadIn && quoteOf(article, leadIn)),
    );
    const isQuestion = heading.trimEnd().endsWith('?');
    const own = chunk.sentences.map((sentence) => quoteOf(article, sentence)).join(' ');
    const outside = [...leadIns].filter((leadIn) => leadIn && !own.includes(leadIn)).join(' ');
    return {
      heading: stemsOf((section?.path ?? []).join(' ')),
      question: isQuestion ? stemsOf(heading) : [],
      asked: stemsOf((section?.asked ?? []).join(' ')),
      body: stemsOf(`${outside} ${own}`),
      title: stemsOf(article.title),
    };
  }
}

/** Chunks of the same section, itself among them. */
function siblings(chunks: readonly Chunk[], number: number): number[] {
  const { article, section } = chunks[number] as Chunk;
  const found = [number];
  for (let next = number + 1; next < chunks.length; next++) {
    const chunk = chunks[next] as Chunk;
    if (chunk.article !== article || chunk.section !== section) break;
    found.push(next);
  }
  return found;
}

function rowsByChunk(chunks: readonly Chunk[], rows: readonly Row[]): number[][] {
  const found: number[][] = chunks.map(() => []);
  for (const [row, { kind, chunk }] of rows.entries()) {
    const owners = kind === 'sentence' ? [chunk] : siblings(chunks, chunk);
    for (const owner of owners) found[owner]?.push(row);
  }
  return found;
}

function vocabularyOf(articles: readonly Article[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { title, text, sections } of articles) {
    const parts = [title, text, ...sections.flatMap(({ asked }) => asked)];
    for (const part of parts) {
      for (const { word } of tokenize(part)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

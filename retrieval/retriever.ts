import { type Article, quoteOf } from '../knowledge/article.ts';
import type { Chunk } from '../knowledge/chunk.ts';
import { sectionKey } from '../knowledge/in-domain.ts';
import { Fault } from '../knowledge/fault.ts';
import { foldText } from '../knowledge/tokens.ts';
import type { Lexicon } from '../knowledge/lexicon.ts';
import type { Bridge } from './bridge.ts';
import type { Likeness } from './embeddings/domain.ts';
import type { Encoder } from './embeddings/encoder.ts';
import type { Difference } from './differences.ts';
import { fuse } from './fuse.ts';
import type { Hit, Passage } from './hit.ts';
import { type FieldStems, LexicalIndex } from './lexical.ts';
import { type Query, QueryReader } from './query.ts';
import type { Row } from './rows.ts';
import type { Snapshot } from './snapshot.ts';
import { vocabularyOf } from './spelling.ts';
import { stemsOf } from './terms.ts';

/** What was found for one question. */
export interface Retrieved {
  readonly query: Query;
  /** Best first. */
  readonly hits: readonly Hit[];
  /** What the question is, with what it leans on; undefined where there is no domain. */
  readonly domain: Pick<Likeness, 'answered' | 'desk'> | undefined;
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
  /**
   * How well a sentence of a hit matches the question token by token, in [-1, 1]; 0 for a follow-up, and
   * where the encoder has no matcher.
   */
  match(query: Query, hit: Hit, sentence: number): number;
  /** Where the articles differ, surest first; their sides name chunks by number. */
  readonly differences: readonly Difference[];
  /** The chunk of a number; throws `RangeError` for one that does not exist. */
  passage(chunk: number): Passage;
}

/** Rows taken from the vector index, and chunks from BM25F; each is then scored by both. */
const DENSE_ROWS = 64;
const LEXICAL_CHUNKS = 50;
/** Rows taken for each sentence of the bridge. */
const BRIDGED_ROWS = 4;
/** Of a question to a clinic's own articles. */
const LEAST_DOMAIN = 0;
/**
 * Characters of a message that is encoded as it stands, which the second look has had done already: in
 * so many, capitals and points change the vector little, and a third of such a turn is saved.
 */
const LONG = 140;
/** Questions whose hits are kept, some 15 kB each. */
const REMEMBERED = 1_000;

export interface RetrieverOptions {
  /** Where the articles are not the bundled ones. */
  readonly bridge?: Bridge | undefined;
  /** Applied to a question before anything is made of it that an encoder sees, the bridge's too. */
  readonly outbound?: ((text: string) => string) | undefined;
  /** Whether a follow-up's own words are read twice: pays with the bundled articles alone (README). */
  readonly isOwnTwice?: boolean | undefined;
}

/** BM25F and sentence vectors over one snapshot. */
export class HybridRetriever implements Retriever, Corpus {
  readonly name = 'hybrid';
  readonly snapshot: Snapshot;
  readonly #lexical: LexicalIndex;
  readonly #encoder: Encoder;
  readonly #reader: QueryReader;
  readonly #bridge: Bridge | undefined;
  /** Chunk number by chunk id. */
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #articles: ReadonlyMap<string, Article>;
  /** Row numbers by chunk: sentences of the chunk, and its section's heading and asked lines. */
  readonly #rowsOfChunk: readonly (readonly number[])[];
  /** Row numbers of a chunk's sentences, in their order. */
  readonly #sentenceRows: ReadonlyMap<Chunk, readonly number[]>;
  /** What was found, least recently asked first: the snapshot never changes, so neither does this. */
  readonly #remembered = new Map<string, Promise<Retrieved>>();

  /** Tokens of the questions, as long as they are kept. */
  readonly #tokensOf = new WeakMap<Query, Int8Array>();
  readonly #outbound: (text: string) => string;
  /** Whether a question is encoded in this process, and nothing of it leaves. */
  readonly isLocal: boolean;

  constructor(
    snapshot: Snapshot,
    encoder: Encoder,
    lexicon: Lexicon,
    { bridge, outbound, isOwnTwice }: RetrieverOptions = {},
  ) {
    this.snapshot = snapshot;
    this.#outbound = outbound ?? ((text) => text);
    this.isLocal = outbound === undefined;
    this.#encoder = encoder;
    this.#bridge = bridge;
    this.#articles = new Map(snapshot.articles.map((article) => [article.slug, article]));
    this.#lexical = new LexicalIndex(snapshot.chunks.map((chunk) => this.#fieldsOf(chunk)));
    const vocabulary = vocabularyOf(snapshot.articles);
    this.#reader = new QueryReader(lexicon, vocabulary, snapshot.relatives, isOwnTwice);
    this.#numbers = new Map(snapshot.chunks.map(({ id }, number) => [id, number]));
    this.#rowsOfChunk = rowsByChunk(snapshot.chunks, snapshot.rows);
    this.#sentenceRows = sentenceRowsOf(snapshot.chunks, snapshot.rows);
  }

  async retrieve(text: string, k: number, earlier?: string): Promise<Retrieved> {
    const asked = this.#outbound(text);
    const before = earlier === undefined ? undefined : this.#outbound(earlier);
    const key = JSON.stringify([asked, k, before]);
    const retrieved = this.#remembered.get(key) ?? this.#search(asked, k, before);
    this.#remembered.delete(key);
    this.#remembered.set(key, retrieved);
    if (this.#remembered.size > REMEMBERED) {
      const oldest = this.#remembered.keys().next();
      if (!oldest.done) this.#remembered.delete(oldest.value);
    }
    try {
      return await retrieved;
    } catch (error) {
      this.#remembered.delete(key);
      throw error;
    }
  }

  async #search(text: string, k: number, earlier?: string): Promise<Retrieved> {
    const query = this.#reader.read(text, earlier);
    if (query.terms.length === 0 && /^[\s?]*$/.test(query.plain))
      return { query, hits: [], domain: undefined };
    // Both ask the encoder at once: texts that it is asked for together cost it less.
    const [{ vector: encoded, tokens }, near] = await Promise.all([
      this.#encoder.readQuery(isLong(text, query.plain) ? text : query.plain),
      this.#bridge?.near(text, earlier) ?? [],
    ]);
    // Beside those of the question before, the few words of a follow-up would count for little.
    if (earlier === undefined) this.#tokensOf.set(query, tokens);
    const { adapter } = this.#encoder;
    const { toStatements: vector, toTopics: topicVector } = adapter?.question(encoded) ?? {
      toStatements: encoded,
      toTopics: encoded,
    };
    const { chunks, rows, matrix, index } = this.snapshot;
    if (vector.length !== matrix.dimension) {
      throw new Fault(
        'INDEX_MISMATCH',
        `index has ${matrix.dimension} dimensions, ${this.#encoder.name} gives ${vector.length}; run npm run ingest`,
      );
    }
    const likeness = this.#encoder.domain?.compare(encoded, query.plain);
    const lexical = this.#lexical.search(query.weights);
    const candidates = new Set<number>();
    for (const { row } of index.search(vector, DENSE_ROWS)) {
      const { kind, chunk } = rows[row] as Row;
      candidates.add(chunk);
      if (kind !== 'sentence')
        for (const sibling of siblings(chunks, chunk)) candidates.add(sibling);
    }
    for (const { vector: said } of near) {
      for (const { row } of index.search(said, BRIDGED_ROWS)) {
        const { kind, chunk } = rows[row] as Row;
        if (kind === 'sentence') candidates.add(chunk);
      }
    }
    const bestLexical = [...lexical].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    for (const [chunk] of bestLexical.slice(0, LEXICAL_CHUNKS)) candidates.add(chunk);

    const scored = [...candidates].map((number) => {
      const chunk = chunks[number] as Chunk;
      const similarities = chunk.sentences.map(() => 0);
      const echoes = chunk.sentences.map(() => 0);
      let topic = -1;
      for (const row of this.#rowsOfChunk[number] ?? []) {
        const { kind, sentence } = rows[row] as Row;
        if (kind === 'sentence') {
          similarities[sentence] = matrix.cosine(vector, row);
          let echo = 0;
          for (const { vector: said, weight } of near) {
            echo = Math.max(echo, weight * matrix.cosine(said, row));
          }
          echoes[sentence] = echo;
        } else topic = Math.max(topic, matrix.cosine(topicVector, row));
      }
      const dense = Math.max(topic, ...similarities);
      const echo = Math.max(0, ...echoes);
      const found = lexical.get(number) ?? 0;
      const asked = likeness?.sections.get(keyOf(this.passage(number))) ?? 0;
      return { number, similarities, echoes, topic, dense, echo, asked, lexical: found };
    });
    const scores = fuse(scored);
    const hits = scored
      .map(({ number, similarities, echoes, topic, dense, echo, asked, lexical }, i) => {
        const score = scores[i] as number;
        const { chunk, article, section } = this.passage(number);
        // Named one by one: spread, an object takes four times the room, and 30,000 are remembered.
        const hit: Hit = {
          chunk,
          article,
          section,
          score,
          scores: { lexical, dense, topic, echo, asked },
          similarities,
          echoes,
        };
        return { number, hit };
      })
      .sort((a, b) => b.hit.score - a.hit.score || a.number - b.number)
      .slice(0, k)
      .map(({ hit }) => hit);
    if (!likeness) return { query, hits, domain: undefined };
    // It was learned from the bundled articles: others may answer what those are not asked.
    const answered = this.#bridge ? Math.max(LEAST_DOMAIN, likeness.answered) : likeness.answered;
    return { query, hits, domain: { answered, desk: likeness.desk } };
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
    return rowA === undefined || rowB === undefined ? 0 : matrix.likeness(rowA, rowB);
  }

  match(query: Query, hit: Hit, sentence: number): number {
    const tokens = this.#tokensOf.get(query);
    const row = this.#rowOf(hit, sentence);
    if (!tokens || row === undefined) return 0;
    return this.#encoder.matcher?.match(tokens, this.snapshot.tokens.row(row)) ?? 0;
  }

  /** Vectors of what the chunk's section says, as the snapshot holds them, in reading order. */
  statementsOf(chunk: Chunk): Float32Array[] {
    const { chunks, rows, matrix } = this.snapshot;
    let first = this.#numbers.get(chunk.id) ?? 0;
    while (isSameSection(chunks[first - 1], chunk)) first--;
    return siblings(chunks, first).flatMap((number) =>
      (this.#rowsOfChunk[number] ?? [])
        .filter((row) => rows[row]?.kind === 'sentence')
        .map((row) => matrix.row(row)),
    );
  }

  get differences(): readonly Difference[] {
    return this.snapshot.differences;
  }

  passage(number: number): Passage {
    const chunk = this.snapshot.chunks[number];
    const article = chunk && this.#articles.get(chunk.article);
    const section = article?.sections[chunk?.section ?? -1];
    if (!chunk || !article || !section) throw new RangeError(`there is no chunk ${number}`);
    return { chunk, article, section };
  }

  #rowOf({ chunk }: Hit, sentence: number): number | undefined {
    return this.#sentenceRows.get(chunk)?.[sentence];
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

/** And nothing of it had to be put right. */
function isLong(text: string, plain: string): boolean {
  return text.length > LONG && foldText(text) === foldText(plain);
}

function keyOf({ article, section }: Passage): string {
  return sectionKey(article.slug, section.path.at(-1));
}

function isSameSection(a: Chunk | undefined, b: Chunk): boolean {
  return a?.article === b.article && a.section === b.section;
}

/** Chunks of the same section from this one on. */
function siblings(chunks: readonly Chunk[], number: number): number[] {
  const chunk = chunks[number] as Chunk;
  const found = [number];
  for (let next = number + 1; isSameSection(chunks[next], chunk); next++) found.push(next);
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

function sentenceRowsOf(chunks: readonly Chunk[], rows: readonly Row[]): Map<Chunk, number[]> {
  const found = new Map<Chunk, number[]>(chunks.map((chunk) => [chunk, []]));
  for (const [row, { kind, chunk, sentence }] of rows.entries()) {
    const known = kind === 'sentence' ? found.get(chunks[chunk] as Chunk) : undefined;
    if (known) known[sentence] = row;
  }
  return found;
}

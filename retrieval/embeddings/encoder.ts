import type { Embeddings } from '@langchain/core/embeddings';
import { Fault } from '../../knowledge/fault.ts';
import type { Filters, Reading } from '../../knowledge/reading.ts';
import type { Adapter } from './adapter.ts';
import type { Domain } from './domain.ts';
import type { Matcher } from './matcher.ts';
import { OfflineEmbeddings } from './offline.ts';

/** Queries whose readings are kept; 1,024 floats each (the vector and the peaks) and some 1,000 bytes of tokens, so about 20 MB. */
const CACHED_QUERIES = 4_000;

const NO_PEAKS = new Float32Array();
const NO_TOKENS = new Int8Array();

/** What was learned on embeddings. */
export interface Learned {
  readonly adapter?: Adapter;
  readonly domain?: Domain;
  readonly matcher?: Matcher;
}

/**
 * LangChain `Embeddings` under a name that the snapshot records, with a cache for queries, and the
 * adapter that the snapshot's vectors went through, the domain learned on these embeddings and the
 * matcher of their tokens, where they have one.
 */
export class Encoder {
  readonly #cache = new Map<string, Promise<Reading>>();
  readonly name: string;
  readonly adapter: Adapter | undefined;
  readonly domain: Domain | undefined;
  readonly matcher: Matcher | undefined;
  readonly #embeddings: Embeddings;

  /** `name` changes whenever vectors of the old and the new cannot be compared. */
  constructor(name: string, embeddings: Embeddings, { adapter, domain, matcher }: Learned = {}) {
    this.name = [
      name,
      ...(adapter ? [`adapter ${adapter.id}`] : []),
      ...(matcher ? [`matcher ${matcher.id}`] : []),
    ].join(', ');
    this.adapter = adapter;
    this.domain = domain;
    this.matcher = matcher;
    this.#embeddings = embeddings;
    if (matcher && embeddings instanceof OfflineEmbeddings) embeddings.useTurns(matcher.weights);
  }

  /** Readings from now on have the peaks of these filters, where the embeddings are the offline ones. */
  useFilters(filters: Filters): void {
    if (this.#embeddings instanceof OfflineEmbeddings) this.#embeddings.useFilters(filters);
    this.#cache.clear();
  }

  /** Vector of length 1, as the embeddings give it. Throws `MODEL_UNAVAILABLE`, without the text that failed. */
  async encodeQuery(query: string): Promise<Float32Array> {
    return (await this.readQuery(query)).vector;
  }

  /**
   * The vector with the peaks of the filters in use. Least recently asked queries leave the cache first.
   * Throws as `encodeQuery` does.
   */
  readQuery(query: string): Promise<Reading> {
    const known = this.#cache.get(query);
    const reading = known ?? this.#read(query);
    this.#cache.delete(query);
    this.#cache.set(query, reading);
    if (this.#cache.size > CACHED_QUERIES) {
      const oldest = this.#cache.keys().next();
      if (!oldest.done) this.#cache.delete(oldest.value);
    }
    return reading;
  }

  async #read(query: string): Promise<Reading> {
    const embeddings = this.#embeddings;
    try {
      if (embeddings instanceof OfflineEmbeddings) {
        return await this.#attempt(() => embeddings.read(query));
      }
      const vector = await this.#attempt(() => embeddings.embedQuery(query));
      return { vector: Float32Array.from(vector), peaks: NO_PEAKS, tokens: NO_TOKENS };
    } catch (error) {
      this.#cache.delete(query);
      throw error;
    }
  }

  /** Vectors of length 1, as the embeddings give them, in the order of the texts. Throws `MODEL_UNAVAILABLE`. */
  async encodeTexts(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors = await this.#attempt(() => this.#embeddings.embedDocuments([...texts]));
    return vectors.map((vector) => Float32Array.from(vector));
  }

  /** The same with the texts' tokens, where the embeddings have any. */
  async readTexts(texts: readonly string[]): Promise<Pick<Reading, 'vector' | 'tokens'>[]> {
    const embeddings = this.#embeddings;
    if (embeddings instanceof OfflineEmbeddings) {
      return this.#attempt(() => embeddings.readDocuments(texts));
    }
    const vectors = await this.encodeTexts(texts);
    return vectors.map((vector) => ({ vector, tokens: NO_TOKENS }));
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new Fault('MODEL_UNAVAILABLE', `the encoder ${this.name} gave no vectors`, {
        cause: error,
      });
    }
  }
}

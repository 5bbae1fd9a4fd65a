import type { Embeddings } from '@langchain/core/embeddings';
import { Fault } from '../../knowledge/fault.ts';
import type { Filters, Reading } from '../../knowledge/reading.ts';
import type { Adapter } from './adapter.ts';
import type { Domain } from './domain.ts';
import { OfflineEmbeddings } from './offline.ts';

/** Queries whose readings are kept; 1,024 floats each (the vector and the peaks), so about 16 MB. */
const CACHED_QUERIES = 4_000;

const NO_PEAKS = new Float32Array();

/**
 * LangChain `Embeddings` under a name that the snapshot records, with a cache for queries, and the
 * adapter that the snapshot's vectors went through and the domain learned on these embeddings, where
 * they have one.
 */
export class Encoder {
  readonly #cache = new Map<string, Promise<Reading>>();
  readonly name: string;
  readonly adapter: Adapter | undefined;
  readonly domain: Domain | undefined;
  readonly #embeddings: Embeddings;

  /** `name` changes whenever vectors of the old and the new cannot be compared. */
  constructor(name: string, embeddings: Embeddings, adapter?: Adapter, domain?: Domain) {
    this.name = adapter ? `${name}, adapter ${adapter.id}` : name;
    this.adapter = adapter;
    this.domain = domain;
    this.#embeddings = embeddings;
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
      return { vector: Float32Array.from(vector), peaks: NO_PEAKS };
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

import type { Embeddings } from '@langchain/core/embeddings';
import { Fault } from '../../knowledge/fault.ts';
import type { Adapter } from './adapter.ts';
import type { Domain } from './domain.ts';

/** Queries whose vectors are kept; 512 floats each, so about 8 MB at most. */
const CACHED_QUERIES = 4_000;

/**
 * LangChain `Embeddings` under a name that the snapshot records, with a cache for queries, and the
 * adapter that the snapshot's vectors went through and the domain learned on these embeddings, where
 * they have one.
 */
export class Encoder {
  readonly #cache = new Map<string, Promise<Float32Array>>();
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

  /**
   * Vector of length 1, as the embeddings give it. Least recently asked queries leave the cache first.
   * Throws `MODEL_UNAVAILABLE`, without the text that failed.
   */
  encodeQuery(query: string): Promise<Float32Array> {
    const known = this.#cache.get(query);
    const vector = known ?? this.#encode(query);
    this.#cache.delete(query);
    this.#cache.set(query, vector);
    if (this.#cache.size > CACHED_QUERIES) {
      const oldest = this.#cache.keys().next();
      if (!oldest.done) this.#cache.delete(oldest.value);
    }
    return vector;
  }

  async #encode(query: string): Promise<Float32Array> {
    try {
      return Float32Array.from(await this.#attempt(() => this.#embeddings.embedQuery(query)));
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

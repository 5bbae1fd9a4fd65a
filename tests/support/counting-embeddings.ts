import { Embeddings } from '@langchain/core/embeddings';

/** Passes everything on and remembers which texts and queries were encoded. */
export class CountingEmbeddings extends Embeddings {
  readonly texts: string[] = [];
  readonly queries: string[] = [];
  readonly #inner: Embeddings;

  constructor(inner: Embeddings) {
    super({});
    this.#inner = inner;
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    this.texts.push(...texts);
    return this.#inner.embedDocuments(texts);
  }

  async embedQuery(query: string): Promise<number[]> {
    this.queries.push(query);
    return this.#inner.embedQuery(query);
  }
}

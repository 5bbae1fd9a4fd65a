import { Embeddings } from '@langchain/core/embeddings';
import OpenAI from 'openai';

export interface OpenAiEmbeddingsOptions {
  readonly apiKey: string;
  /** Any address that speaks OpenAI's embeddings protocol; unset = OpenAI itself. */
  readonly baseUrl: string | undefined;
  readonly model: string;
  /** For one request, in ms. */
  readonly timeoutMs: number;
}

/** Texts in one request; the service allows 2,048 and 300,000 tokens, sentences stay far below. */
const BATCH_SIZE = 256;
/** The client waits as `retry-after` says, else 0.5 s to 8 s, doubled each time. */
const MAX_RETRIES = 3;

/** Vectors of length 1 from OpenAI or a compatible endpoint. Throws the client's own errors. */
export class OpenAiEmbeddings extends Embeddings {
  readonly #client: OpenAI;
  readonly #model: string;
  /** For one batch with its retries. */
  readonly #longestMs: number;

  constructor({ apiKey, baseUrl, model, timeoutMs }: OpenAiEmbeddingsOptions) {
    super({ maxRetries: 0 });
    this.#client = new OpenAI({
      apiKey,
      ...(baseUrl && { baseURL: baseUrl }),
      timeout: timeoutMs,
      maxRetries: MAX_RETRIES,
    });
    this.#model = model;
    this.#longestMs = timeoutMs * (MAX_RETRIES + 1);
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    const vectors: number[][] = [];
    for (let at = 0; at < texts.length; at += BATCH_SIZE) {
      const batch = texts.slice(at, at + BATCH_SIZE).map((text) => text.trim() || '.');
      const { data } = await this.#client.embeddings.create(
        { model: this.#model, input: batch, encoding_format: 'float' },
        // The client's own limit ends with the headers; a body that stops half-way would wait for ever.
        { signal: AbortSignal.timeout(this.#longestMs) },
      );
      if (data.length !== batch.length) {
        throw new Error(`embeddings: asked for ${batch.length} vectors, got ${data.length}`);
      }
      // The protocol numbers its rows; not every compatible server keeps their order.
      const rows = data.toSorted((a, b) => a.index - b.index);
      for (const { embedding } of rows) vectors.push(normalised(embedding));
    }
    return vectors;
  }

  async embedQuery(text: string): Promise<number[]> {
    const [vector] = await this.embedDocuments([text]);
    return vector ?? [];
  }
}

function normalised(vector: readonly number[]): number[] {
  if (vector.length === 0 || !vector.every(Number.isFinite)) {
    throw new Error('embeddings: expected a vector of numbers, got something else');
  }
  const norm = Math.hypot(...vector) || 1;
  return vector.map((value) => value / norm);
}

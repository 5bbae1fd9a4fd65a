import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Article } from '../knowledge/article.ts';
import { Fault } from '../knowledge/fault.ts';
import type { Encoder } from './embeddings/encoder.ts';
import { isAsked, type Row, rowHash } from './rows.ts';
import {
  type Corpus,
  corpusOf,
  readSnapshot,
  reusableVectors,
  type Snapshot,
  writeSnapshot,
} from './snapshot.ts';
import { VectorMatrix } from './vector.ts';

export interface PrepareOptions {
  readonly articles: readonly Article[];
  readonly encoder: Encoder;
  /** Snapshots are kept in `snapshots/` below it. */
  readonly dataDir: string;
  /** Called after each batch while encoding; never when a snapshot is at hand. */
  readonly onProgress?: (encoded: number, total: number) => void;
}

export interface Prepared {
  readonly snapshot: Snapshot;
  /** Rows whose text had no vector yet; 0 when the snapshot was at hand. */
  readonly encoded: number;
  readonly reused: number;
  /** What was wrong with the snapshot found, where it was rebuilt because of it. */
  readonly damage: string | null;
}

/** Texts between two steps of the progress bar. */
const BATCH_SIZE = 128;

/**
 * The snapshot of these articles: read if it is there and whole, otherwise built and written.
 * Throws `ARTICLES_UNREADABLE` when there is nothing to index, `MODEL_UNAVAILABLE` from the encoder.
 */
export async function prepareSnapshot(options: PrepareOptions): Promise<Prepared> {
  const { articles, encoder, dataDir, onProgress } = options;
  const folder = join(dataDir, 'snapshots');
  const corpus = corpusOf(articles, encoder.name);
  if (corpus.rows.length === 0) {
    throw new Fault('ARTICLES_UNREADABLE', 'the articles hold no sentence to index');
  }
  mkdirSync(folder, { recursive: true });
  let damage: string | null = null;
  try {
    const snapshot = readSnapshot(folder, corpus);
    if (snapshot) return { snapshot, encoded: 0, reused: corpus.rows.length, damage };
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'SNAPSHOT_DAMAGED') throw error;
    damage = error.message;
  }
  const known = reusableVectors(folder, encoder.name);
  const { vectors, encoded } = await encodeRows(corpus, encoder, known, onProgress);
  const snapshot = writeSnapshot(folder, corpus, matrixOf(vectors));
  return { snapshot, encoded, reused: corpus.rows.length - encoded, damage };
}

async function encodeRows(
  corpus: Corpus,
  encoder: Encoder,
  known: ReadonlyMap<string, Float32Array>,
  onProgress: PrepareOptions['onProgress'],
): Promise<{ vectors: Float32Array[]; encoded: number }> {
  const byHash = new Map(known);
  const missing = new Map<string, Row>();
  for (const row of corpus.rows) {
    const hash = rowHash(row);
    if (!byHash.has(hash)) missing.set(hash, row);
  }
  const waiting = [...missing];
  for (let at = 0; at < waiting.length; at += BATCH_SIZE) {
    const batch = waiting.slice(at, at + BATCH_SIZE);
    const vectors = await encoder.encodeTexts(batch.map(([, { text }]) => text));
    for (const [i, [hash, row]] of batch.entries()) {
      byHash.set(hash, adapted(vectors[i] as Float32Array, row, encoder));
    }
    onProgress?.(Math.min(at + BATCH_SIZE, waiting.length), waiting.length);
  }
  const vectors = corpus.rows.map((row) => byHash.get(rowHash(row)) as Float32Array);
  return { vectors, encoded: waiting.length };
}

function adapted(vector: Float32Array, row: Row, { adapter }: Encoder): Float32Array {
  if (!adapter) return vector;
  return isAsked(row) ? adapter.topic(vector) : adapter.statement(vector);
}

function matrixOf(vectors: readonly Float32Array[]): VectorMatrix {
  const dimension = vectors[0]?.length ?? 0;
  const values = new Float32Array(vectors.length * dimension);
  for (const [row, vector] of vectors.entries()) {
    if (vector.length !== dimension) {
      throw new Fault(
        'INDEX_MISMATCH',
        `vectors of ${dimension} and ${vector.length} numbers in one index; run npm run ingest`,
      );
    }
    values.set(vector, row * dimension);
  }
  return new VectorMatrix(values, dimension);
}

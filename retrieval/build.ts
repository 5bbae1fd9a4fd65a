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
  type RowReading,
  reusableRows,
  type Snapshot,
  writeSnapshot,
} from './snapshot.ts';
import { TokenRows } from './token-rows.ts';
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

const NO_TOKENS = new Int8Array();
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
  const known = reusableRows(folder, encoder.name);
  const { readings, encoded } = await encodeRows(corpus, encoder, known, onProgress);
  const matrix = matrixOf(readings.map(({ vector }) => vector));
  const tokens = TokenRows.of(readings.map((reading) => reading.tokens));
  const snapshot = writeSnapshot(folder, corpus, matrix, tokens);
  return { snapshot, encoded, reused: corpus.rows.length - encoded, damage };
}

async function encodeRows(
  corpus: Corpus,
  encoder: Encoder,
  known: ReadonlyMap<string, RowReading>,
  onProgress: PrepareOptions['onProgress'],
): Promise<{ readings: RowReading[]; encoded: number }> {
  const byHash = new Map(known);
  const missing = new Map<string, Row>();
  for (const row of corpus.rows) {
    const hash = rowHash(row);
    if (!byHash.has(hash)) missing.set(hash, row);
  }
  const waiting = [...missing];
  for (let at = 0; at < waiting.length; at += BATCH_SIZE) {
    const batch = waiting.slice(at, at + BATCH_SIZE);
    const read = await encoder.readTexts(batch.map(([, { text }]) => text));
    for (const [i, [hash, row]] of batch.entries()) {
      byHash.set(hash, adapted(read[i] as RowReading, row, encoder));
    }
    onProgress?.(Math.min(at + BATCH_SIZE, waiting.length), waiting.length);
  }
  const readings = corpus.rows.map((row) => byHash.get(rowHash(row)) as RowReading);
  return { readings, encoded: waiting.length };
}

/** Only what is said is held against a question token by token. */
function adapted({ vector, tokens }: RowReading, row: Row, { adapter }: Encoder): RowReading {
  if (isAsked(row)) return { vector: adapter?.topic(vector) ?? vector, tokens: NO_TOKENS };
  return { vector: adapter?.statement(vector) ?? vector, tokens };
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

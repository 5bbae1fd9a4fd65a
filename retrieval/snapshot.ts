import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Article } from '../knowledge/article.ts';
import { type Chunk, CHUNK_LENGTH, chunkArticle } from '../knowledge/chunk.ts';
import { Fault } from '../knowledge/fault.ts';
import { type Row, rowsOf, textHash } from './rows.ts';
import { openVectorIndex, type VectorIndex, VectorMatrix, writeGraph } from './vector.ts';

/** Raised whenever what a file of the snapshot means changes. */
const FORMAT = 1;

/** Everything retrieval needs, immutable and named by its content. */
export interface Snapshot {
  /** Hash of the articles, the rows and the encoder's name. */
  readonly id: string;
  readonly articles: readonly Article[];
  readonly chunks: readonly Chunk[];
  readonly rows: readonly Row[];
  readonly matrix: VectorMatrix;
  readonly index: VectorIndex;
}

/** A snapshot before its vectors are known. */
export interface Corpus {
  readonly id: string;
  readonly encoder: string;
  readonly articles: readonly Article[];
  readonly chunks: readonly Chunk[];
  readonly rows: readonly Row[];
}

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  id: z.string(),
  encoder: z.string(),
  dimension: z.int().positive(),
  rows: z.int().nonnegative(),
  /** What the rows were made with. */
  parameters: z.object({ chunkLength: z.number() }),
  /** SHA-256 of each file. */
  files: z.record(z.string(), z.string()),
});

/**
 * The id is taken over what was read from the articles, not over the files: a reader that has
 * learned something new makes a new snapshot.
 */
export function corpusOf(articles: readonly Article[], encoder: string): Corpus {
  const chunks = articles.flatMap((article) => chunkArticle(article));
  const rows = rowsOf(articles, chunks);
  const hash = createHash('sha256');
  hash.update(JSON.stringify([FORMAT, encoder, CHUNK_LENGTH, articles]));
  for (const { kind, chunk, sentence, text } of rows) {
    hash.update(`\n${kind} ${chunk} ${sentence} ${text}`);
  }
  return { id: hash.digest('hex').slice(0, 24), encoder, articles, chunks, rows };
}

/**
 * The corpus's snapshot in `folder`, or undefined where that is another one's or none.
 * Throws `SNAPSHOT_DAMAGED` naming the file when its content is not what was written.
 */
export function readSnapshot(folder: string, corpus: Corpus): Snapshot | undefined {
  const home = join(folder, corpus.id);
  if (!existsSync(join(home, 'manifest.json'))) return undefined;
  const manifest = readManifest(home);
  if (manifest.id !== corpus.id || manifest.encoder !== corpus.encoder) return undefined;
  for (const [file, expected] of Object.entries(manifest.files)) {
    if (!existsSync(join(home, file)) || fileHash(join(home, file)) !== expected) {
      throw new Fault('SNAPSHOT_DAMAGED', `${join(home, file)} is not as it was written`);
    }
  }
  const matrix = readMatrix(join(home, 'vectors.f32'), manifest.dimension);
  if (matrix.rows !== corpus.rows.length) {
    throw new Fault(
      'SNAPSHOT_DAMAGED',
      `${home} has ${matrix.rows} vectors for ${corpus.rows.length} rows`,
    );
  }
  const graph = manifest.files['graph.hnsw'] ? join(home, 'graph.hnsw') : undefined;
  return { ...corpus, matrix, index: openVectorIndex(matrix, graph) };
}

/** Vectors of the newest snapshot by text hash, whatever corpus it was made of; empty if unusable. */
export function reusableVectors(folder: string, encoder: string): Map<string, Float32Array> {
  const vectors = new Map<string, Float32Array>();
  try {
    const home = join(folder, readFileSync(join(folder, 'current'), 'utf8').trim());
    const manifest = readManifest(home);
    if (manifest.encoder !== encoder) return vectors;
    if (fileHash(join(home, 'vectors.f32')) !== manifest.files['vectors.f32']) return vectors;
    const matrix = readMatrix(join(home, 'vectors.f32'), manifest.dimension);
    const hashes = readFileSync(join(home, 'rows.txt'), 'utf8').split('\n');
    for (const [row, hash] of hashes.entries()) {
      if (row < matrix.rows) vectors.set(hash, matrix.row(row));
    }
  } catch {
    // Nothing to reuse: everything is encoded, which is slower and never wrong.
    vectors.clear();
  }
  return vectors;
}

/** Written to a folder of its own and then named by one rename, so a reader sees all of it or none. */
export function writeSnapshot(folder: string, corpus: Corpus, matrix: VectorMatrix): Snapshot {
  const draft = join(folder, `draft-${randomUUID()}`);
  mkdirSync(draft, { recursive: true });
  try {
    const { values } = matrix;
    writeFileSync(
      join(draft, 'vectors.f32'),
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
    writeFileSync(join(draft, 'rows.txt'), corpus.rows.map(({ text }) => textHash(text)).join('\n'));
    writeFileSync(join(draft, 'articles.json'), JSON.stringify(corpus.articles));
    const hasGraph = writeGraph(matrix, join(draft, 'graph.hnsw'));
    const files = ['vectors.f32', 'rows.txt', 'articles.json', ...(hasGraph ? ['graph.hnsw'] : [])];
    const manifest: z.infer<typeof manifestSchema> = {
      format: FORMAT,
      id: corpus.id,
      encoder: corpus.encoder,
      dimension: matrix.dimension,
      rows: matrix.rows,
      parameters: { chunkLength: CHUNK_LENGTH },
      files: Object.fromEntries(files.map((file) => [file, fileHash(join(draft, file))])),
    };
    writeFileSync(join(draft, 'manifest.json'), JSON.stringify(manifest, null, 2));
    const home = join(folder, corpus.id);
    rmSync(home, { recursive: true, force: true });
    renameSync(draft, home);
    const pointer = join(folder, `current-${randomUUID()}`);
    writeFileSync(pointer, corpus.id);
    renameSync(pointer, join(folder, 'current'));
    removeOthers(folder, corpus.id);
    const graph = hasGraph ? join(home, 'graph.hnsw') : undefined;
    return { ...corpus, matrix, index: openVectorIndex(matrix, graph) };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function removeOthers(folder: string, id: string): void {
  for (const name of readdirSync(folder)) {
    const isSnapshot = /^[0-9a-f]{24}$/.test(name);
    if (isSnapshot && name !== id) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function readManifest(home: string): z.infer<typeof manifestSchema> {
  const file = join(home, 'manifest.json');
  let source: unknown;
  try {
    source = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Fault('SNAPSHOT_DAMAGED', `${file} cannot be read`, { cause: error });
  }
  const parsed = manifestSchema.safeParse(source);
  if (!parsed.success) throw new Fault('SNAPSHOT_DAMAGED', `${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function readMatrix(file: string, dimension: number): VectorMatrix {
  const bytes = readFileSync(file);
  // A copy: a file buffer may start anywhere, floats must start at a multiple of four.
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  return new VectorMatrix(values, dimension);
}

function fileHash(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

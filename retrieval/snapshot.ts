import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Article } from '../knowledge/article.ts';
import { type Chunk, CHUNK_LENGTH, chunkArticle } from '../knowledge/chunk.ts';
import { Fault } from '../knowledge/fault.ts';
import { type Difference, differencesIn, differencesSchema } from './differences.ts';
import { type Row, rowHash, rowsOf } from './rows.ts';
import { stemsOf } from './terms.ts';
import { TokenRows } from './token-rows.ts';
import { openVectorIndex, type VectorIndex, VectorMatrix, writeGraph } from './vector.ts';
import { type Relative, type Relatives, relativesIn } from './wordnet.ts';

/** Raised whenever what a file of the snapshot means changes. */
const FORMAT = 6;
const REPLACE_ATTEMPTS = 5;
/** A draft this old was left by a process that died; no build takes a day. */
const LEFT_OVER_MS = 24 * 60 * 60 * 1000;

const HASHED_TOGETHER = 64 * 1024;

/** Files of which the content is used; of the others the hash is checked, or they are read elsewhere. */
const READ: readonly string[] = ['vectors.f32', 'tokens.i8', 'relatives.json', 'differences.json'];

/** Everything retrieval needs, immutable and named by its content. */
export interface Snapshot {
  /** Hash of the articles, the rows and the encoder's name. */
  readonly id: string;
  readonly articles: readonly Article[];
  readonly chunks: readonly Chunk[];
  readonly rows: readonly Row[];
  readonly matrix: VectorMatrix;
  /** Of the rows that say something, where the encoder has a matcher. */
  readonly tokens: TokenRows;
  readonly index: VectorIndex;
  /** Words of the corpus by the stem of a word near them that it does not use. */
  readonly relatives: Relatives;
  /** Where the articles differ, surest first. */
  readonly differences: readonly Difference[];
}

/** What the encoder makes of a row. */
export interface RowReading {
  readonly vector: Float32Array;
  readonly tokens: Int8Array;
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
  files: z.object({
    'vectors.f32': z.string(),
    'tokens.i8': z.string(),
    'rows.txt': z.string(),
    'articles.json': z.string(),
    'relatives.json': z.string(),
    'differences.json': z.string(),
    'graph.hnsw': z.string().optional(),
  }),
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
  try {
    return readWhole(home, corpus);
  } catch (error) {
    // Another process may be replacing it, or its manifest may say what its vectors are not.
    if (error instanceof Fault) throw error;
    throw new Fault('SNAPSHOT_DAMAGED', `${home} cannot be read`, { cause: error });
  }
}

function readWhole(home: string, corpus: Corpus): Snapshot | undefined {
  const manifest = readManifest(home);
  if (manifest.id !== corpus.id || manifest.encoder !== corpus.encoder) return undefined;
  const contents = new Map<string, Buffer>();
  for (const [file, expected] of Object.entries(manifest.files)) {
    const path = join(home, file);
    const isThere = existsSync(path);
    const bytes = isThere && READ.includes(file) ? readFileSync(path) : undefined;
    if (!isThere || (bytes ? hashOf(bytes) : fileHash(path)) !== expected) {
      throw new Fault('SNAPSHOT_DAMAGED', `${path} is not as it was written`);
    }
    if (bytes) contents.set(file, bytes);
  }
  const read = (file: string) => contents.get(file) ?? Buffer.alloc(0);
  const matrix = matrixIn(read('vectors.f32'), manifest.dimension);
  if (matrix.rows !== corpus.rows.length) {
    throw new Fault(
      'SNAPSHOT_DAMAGED',
      `${home} has ${matrix.rows} vectors for ${corpus.rows.length} rows`,
    );
  }
  const tokens = TokenRows.read(read('tokens.i8'), matrix.rows);
  const graph = manifest.files['graph.hnsw'] ? join(home, 'graph.hnsw') : undefined;
  // Its hash says that we wrote it; to check each of its 14,000 words again takes 0.1 s.
  const relatives = new Map(
    JSON.parse(read('relatives.json').toString()) as [string, Relative[]][],
  );
  const differences = differencesSchema.parse(JSON.parse(read('differences.json').toString()));
  return {
    ...corpus,
    matrix,
    tokens,
    index: openVectorIndex(matrix, graph),
    relatives,
    differences,
  };
}

/** Rows of the newest snapshot by their hash, whatever corpus it was made of; empty if unusable. */
export function reusableRows(folder: string, encoder: string): Map<string, RowReading> {
  const known = new Map<string, RowReading>();
  try {
    const home = join(folder, readFileSync(join(folder, 'current'), 'utf8').trim());
    const manifest = readManifest(home);
    if (manifest.encoder !== encoder) return known;
    for (const file of ['vectors.f32', 'tokens.i8', 'rows.txt'] as const) {
      if (fileHash(join(home, file)) !== manifest.files[file]) return known;
    }
    const matrix = matrixIn(readFileSync(join(home, 'vectors.f32')), manifest.dimension);
    const hashes = readFileSync(join(home, 'rows.txt'), 'utf8').split('\n');
    if (matrix.rows !== hashes.length) return known;
    const tokens = TokenRows.read(readFileSync(join(home, 'tokens.i8')), matrix.rows);
    for (const [row, hash] of hashes.entries()) {
      known.set(hash, { vector: matrix.row(row), tokens: tokens.row(row) });
    }
  } catch {
    // Nothing to reuse: everything is encoded, which is slower and never wrong.
    known.clear();
  }
  return known;
}

/** Written to a folder of its own and then named by one rename, so a reader sees all of it or none. */
export function writeSnapshot(
  folder: string,
  corpus: Corpus,
  matrix: VectorMatrix,
  tokens: TokenRows,
): Snapshot {
  const draft = join(folder, `draft-${randomUUID()}`);
  mkdirSync(draft, { recursive: true });
  try {
    const { values } = matrix;
    writeFileSync(
      join(draft, 'vectors.f32'),
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
    writeFileSync(join(draft, 'tokens.i8'), tokens.bytes());
    writeFileSync(join(draft, 'rows.txt'), corpus.rows.map((row) => rowHash(row)).join('\n'));
    writeFileSync(join(draft, 'articles.json'), JSON.stringify(corpus.articles));
    const relatives = relativesIn(stemsIn(corpus));
    writeFileSync(join(draft, 'relatives.json'), JSON.stringify([...relatives]));
    const differences = differencesIn(corpus, matrix);
    writeFileSync(join(draft, 'differences.json'), JSON.stringify(differences));
    const graph = writeGraph(matrix, join(draft, 'graph.hnsw'))
      ? join(draft, 'graph.hnsw')
      : undefined;
    const manifest: z.infer<typeof manifestSchema> = {
      format: FORMAT,
      id: corpus.id,
      encoder: corpus.encoder,
      dimension: matrix.dimension,
      rows: matrix.rows,
      parameters: { chunkLength: CHUNK_LENGTH },
      files: {
        'vectors.f32': fileHash(join(draft, 'vectors.f32')),
        'tokens.i8': fileHash(join(draft, 'tokens.i8')),
        'rows.txt': fileHash(join(draft, 'rows.txt')),
        'articles.json': fileHash(join(draft, 'articles.json')),
        'relatives.json': fileHash(join(draft, 'relatives.json')),
        'differences.json': fileHash(join(draft, 'differences.json')),
        ...(graph && { 'graph.hnsw': fileHash(graph) }),
      },
    };
    writeFileSync(join(draft, 'manifest.json'), JSON.stringify(manifest, null, 2));
    // Before the rename: afterwards another process may put its own in place.
    const index = openVectorIndex(matrix, graph);
    replace(draft, join(folder, corpus.id));
    const pointer = join(folder, `current-${randomUUID()}`);
    writeFileSync(pointer, corpus.id);
    renameSync(pointer, join(folder, 'current'));
    removeOthers(folder, corpus.id);
    return { ...corpus, matrix, tokens, index, relatives, differences };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** A second process that builds the same may fill the place between the two calls: tried again. */
function replace(draft: string, home: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      rmSync(home, { recursive: true, force: true });
      renameSync(draft, home);
      return;
    } catch (error) {
      if (attempt === REPLACE_ATTEMPTS) throw error;
    }
  }
}

function removeOthers(folder: string, id: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    try {
      const isOther = /^[0-9a-f]{24}$/.test(name) && name !== id;
      const isLeftOver =
        /^(?:draft|current)-/.test(name) && Date.now() - statSync(path).mtimeMs > LEFT_OVER_MS;
      if (isOther || isLeftOver) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process is removing it too; what stays takes room and does no harm.
    }
  }
}

function readManifest(home: string): z.infer<typeof manifestSchema> {
  const file = join(home, 'manifest.json');
  let source: unknown;
  try {
    source = readJson(file);
  } catch (error) {
    throw new Fault('SNAPSHOT_DAMAGED', `${file} cannot be read`, { cause: error });
  }
  const parsed = manifestSchema.safeParse(source);
  if (!parsed.success)
    throw new Fault('SNAPSHOT_DAMAGED', `${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function stemsIn({ articles, rows }: Corpus): Set<string> {
  const stems = new Set<string>();
  for (const { title } of articles) for (const stem of stemsOf(title)) stems.add(stem);
  for (const { text } of rows) for (const stem of stemsOf(text)) stems.add(stem);
  return stems;
}

function matrixIn({ buffer, byteOffset, length }: Buffer, dimension: number): VectorMatrix {
  const size = Float32Array.BYTES_PER_ELEMENT;
  // A file buffer may start anywhere, floats must start at a multiple of four: a copy then.
  const values =
    byteOffset % size === 0
      ? new Float32Array(buffer, byteOffset, Math.floor(length / size))
      : new Float32Array(buffer.slice(byteOffset, byteOffset + length));
  return new VectorMatrix(values, dimension);
}

/** Read in pieces: as much room as a whole graph takes would stay with the process. */
function fileHash(file: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(HASHED_TOGETHER);
  const opened = openSync(file, 'r');
  try {
    for (let read = 1; read > 0;) {
      read = readSync(opened, piece);
      hash.update(piece.subarray(0, read));
    }
  } finally {
    closeSync(opened);
  }
  return hash.digest('hex');
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

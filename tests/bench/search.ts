import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { loadHnswlib } from '../../retrieval/hnswlib.ts';
import {
  ExactIndex,
  openVectorIndex,
  type VectorIndex,
  VectorMatrix,
  writeGraph,
} from '../../retrieval/vector.ts';
import { randomFrom } from '../../knowledge/random.ts';
import { line, type Measured, quantile, rounded, timed } from './measured.ts';

/** Rows at which search is measured; the last one's figures are the goals'. */
const SIZES = [1_000, 16_000, 100_000] as const;
/** Length of the noise across a vector of length 1 that leaves their cosine at 0.8. */
const NOISE = 0.75;
/** Rows that the retriever asks for, of which recall looks at the first ten. */
const ASKED = 64;
const RECALLED = 10;
/** Queries drawn like the rows; as many real questions are asked beside them. */
const DRAWN_QUERIES = 50;

/**
 * Search among vectors drawn around `centres`, the real sentences': time and recall@10 against exact
 * search, for queries drawn alike and for `questions`, the vectors of real questions. A graph takes
 * minutes to build, so it is kept in `dataDir/bench` for as long as `vector.ts` stays as it is.
 */
export async function* measureSearch(
  centres: VectorMatrix,
  questions: readonly Float32Array[],
  dataDir: string,
): AsyncGenerator<Measured> {
  for (const rows of SIZES) {
    const random = randomFrom(rows);
    const matrix = drawnAround(centres, rows, random);
    const drawn = drawnAround(centres, DRAWN_QUERIES, random);
    const queries = [
      ...Array.from({ length: drawn.rows }, (_, row) => drawn.row(row)),
      ...questions.slice(0, DRAWN_QUERIES),
    ];
    const { index, built } = await indexed(matrix, join(dataDir, 'bench'));
    const found = measureIndex(index, queries);
    const exact = measureIndex(new ExactIndex(matrix), queries);
    const recall = recallOf(found.rows, exact.rows);
    const name = `${rows / 1_000}k`;
    const times = (took: readonly number[]) =>
      `p50 ${quantile(took, 0.5).toFixed(2)}, p95 ${quantile(took, 0.95).toFixed(2)} ms`;
    yield {
      figures: {
        [`search_${name}_p95_ms`]: rounded(quantile(found.took, 0.95)),
        [`search_${name}_recall10`]: rounded(recall, 4),
      },
      lines: [
        line(
          `search, ${rows} rows, ${index.name}`,
          `${times(found.took)}, recall@10 ${recall.toFixed(4)}`,
        ),
        line('  exact, in JavaScript', times(exact.took)),
        ...(built === undefined ? [] : [line('  graph built', `${(built / 1000).toFixed(1)} s`)]),
      ],
    };
  }
}

/** Each row is a sentence's vector, turned a little: cosine to its centre near 0.8. */
function drawnAround(centres: VectorMatrix, rows: number, random: () => number): VectorMatrix {
  const { dimension } = centres;
  const values = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row++) {
    const centre = centres.row(Math.floor(random() * centres.rows));
    const noise = Float32Array.from(
      { length: dimension },
      () => random() + random() - random() - random(),
    );
    const scale = NOISE / norm(noise);
    const vector = noise.map((value, at) => (centre[at] ?? 0) + value * scale);
    const length = norm(vector);
    values.set(
      vector.map((value) => value / length),
      row * dimension,
    );
  }
  return new VectorMatrix(values, dimension);
}

function norm(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}

/** `built` is how many ms building the graph took, undefined where one was kept or none pays. */
async function indexed(
  matrix: VectorMatrix,
  folder: string,
): Promise<{ index: VectorIndex; built: number | undefined }> {
  if (!loadHnswlib()) return { index: openVectorIndex(matrix, undefined), built: undefined };
  mkdirSync(folder, { recursive: true });
  const hash = createHash('sha256');
  hash.update(readFileSync(join(PROJECT_ROOT, 'retrieval', 'vector.ts')));
  hash.update(new Uint8Array(matrix.values.buffer));
  const file = join(folder, `${matrix.rows}-${hash.digest('hex').slice(0, 16)}.hnsw`);
  if (existsSync(file)) return { index: openVectorIndex(matrix, file), built: undefined };
  const draft = `${file}.draft`;
  let isWritten = false;
  const built = await timed(() => {
    isWritten = writeGraph(matrix, draft);
  });
  if (!isWritten) return { index: openVectorIndex(matrix, undefined), built: undefined };
  renameSync(draft, file);
  return { index: openVectorIndex(matrix, file), built };
}

interface Searched {
  readonly took: readonly number[];
  /** The first ten rows of each query. */
  readonly rows: readonly (readonly number[])[];
}

function measureIndex(index: VectorIndex, queries: readonly Float32Array[]): Searched {
  const took: number[] = [];
  const rows: number[][] = [];
  // Once unmeasured: the first calls are compiled while they run.
  for (const query of queries.slice(0, 10)) index.search(query, ASKED);
  for (const query of queries) {
    const start = performance.now();
    const found = index.search(query, ASKED);
    took.push(performance.now() - start);
    rows.push(found.slice(0, RECALLED).map(({ row }) => row));
  }
  return { took, rows };
}

function recallOf(
  found: readonly (readonly number[])[],
  exact: readonly (readonly number[])[],
): number {
  let same = 0;
  let all = 0;
  for (const [query, expected] of exact.entries()) {
    const rows = new Set(found[query]);
    all += expected.length;
    same += expected.filter((row) => rows.has(row)).length;
  }
  return same / all;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Neighbour, VectorIndex } from '../../retrieval/vector.ts';
import { ExactIndex, openVectorIndex, VectorMatrix, writeGraph } from '../../retrieval/vector.ts';
import { loadHnswlib } from '../../retrieval/hnswlib.ts';
import { randomVectors } from '../support/random-vectors.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const DIMENSION = 64;
const queries = randomVectors(40, DIMENSION, 7);
const hnswlib = loadHnswlib();
/** It is compiled at install, and where there is no compiler it is absent. */
const whereHnswlibIs = hnswlib ? describe : describe.skip;

function rowsOf(neighbours: readonly Neighbour[]): number[] {
  return neighbours.map(({ row }) => row);
}

/** Share of the exact ten nearest that the index finds, over all queries. */
function recallOf(index: VectorIndex, matrix: VectorMatrix): number {
  const exact = new ExactIndex(matrix);
  let found = 0;
  for (let i = 0; i < queries.rows; i++) {
    const near = new Set(rowsOf(index.search(queries.row(i), 10)));
    found += rowsOf(exact.search(queries.row(i), 10)).filter((row) => near.has(row)).length;
  }
  return found / (queries.rows * 10);
}

describe('VectorMatrix', () => {
  it('gives its rows and their cosines', () => {
    const matrix = new VectorMatrix(Float32Array.from([1, 0, 0.6, 0.8]), 2);
    expect(matrix.rows).toBe(2);
    expect(Array.from(matrix.row(1))).toEqual([Math.fround(0.6), Math.fround(0.8)]);
    expect(matrix.cosine(Float32Array.from([0, 1]), 1)).toBeCloseTo(0.8, 6);
  });

  it('does not take half a row', () => {
    expect(() => new VectorMatrix(new Float32Array(5), 2)).toThrow(RangeError);
    expect(() => new VectorMatrix(new Float32Array(4), 0)).toThrow(RangeError);
  });
});

describe('ExactIndex', () => {
  it('gives the nearest first, and rows in their order where they are equally near', () => {
    const matrix = new VectorMatrix(Float32Array.from([0, 1, 1, 0, 0, 1, -1, 0]), 2);
    const found = new ExactIndex(matrix).search(Float32Array.from([0, 1]), 3);
    expect(found).toEqual([
      { row: 0, cosine: 1 },
      { row: 2, cosine: 1 },
      { row: 1, cosine: 0 },
    ]);
  });
});

describe.each([
  ['exact', (matrix: VectorMatrix) => new ExactIndex(matrix)],
  ['as opened', (matrix: VectorMatrix) => openVectorIndex(matrix, undefined)],
])('a vector index, %s', (_, open) => {
  it('gives all rows when asked for more', () => {
    expect(open(randomVectors(5, DIMENSION, 1)).search(queries.row(0), 50)).toHaveLength(5);
  });

  it('gives nothing from an empty matrix, or when asked for none', () => {
    expect(
      open(new VectorMatrix(new Float32Array(0), DIMENSION)).search(queries.row(0), 3),
    ).toEqual([]);
    expect(open(randomVectors(5, DIMENSION, 1)).search(queries.row(0), 0)).toEqual([]);
  });

  it('does not compare vectors of another dimension', () => {
    const index = open(randomVectors(5, DIMENSION, 1));
    expect(() => index.search(new Float32Array(DIMENSION - 1), 3)).toThrow(RangeError);
    expect(() => index.search(new Float32Array(DIMENSION + 1), 3)).toThrow(RangeError);
  });
});

describe('openVectorIndex', () => {
  it('searches exactly in JavaScript where hnswlib is absent', async () => {
    await inTempFolder(async (folder) => {
      const matrix = randomVectors(1_100, DIMENSION, 1);
      const index = openVectorIndex(matrix, join(folder, 'graph.hnsw'), null);
      expect(index.name).toBe('exact');
      expect(recallOf(index, matrix)).toBe(1);
      expect(writeGraph(matrix, join(folder, 'graph.hnsw'), null)).toBe(false);
    });
  });
});

whereHnswlibIs('openVectorIndex with hnswlib', () => {
  it('gives the exact neighbours of a small corpus', () => {
    const matrix = randomVectors(300, DIMENSION, 2);
    const index = openVectorIndex(matrix, undefined, hnswlib);
    expect(index.name).toBe('hnswlib exact');
    const exact = new ExactIndex(matrix);
    for (let i = 0; i < queries.rows; i++) {
      const query = queries.row(i);
      expect(index.search(query, 10)).toEqual(exact.search(query, 10));
    }
  });

  it('needs no graph below 1,000 rows', async () => {
    await inTempFolder(async (folder) => {
      const matrix = randomVectors(999, DIMENSION, 3);
      expect(writeGraph(matrix, join(folder, 'graph.hnsw'), hnswlib)).toBe(false);
    });
  });

  // Past 2,000 rows the graph no longer looks at everything; at hnswlib's own ef of 10, to which
  // reading resets it, both would find far less.
  it.each([1_200, 3_000])('finds in a graph of %i rows what exact search finds', async (rows) => {
    await inTempFolder(async (folder) => {
      const matrix = randomVectors(rows, DIMENSION, 4);
      const file = join(folder, 'graph.hnsw');
      expect(writeGraph(matrix, file, hnswlib)).toBe(true);
      const index = openVectorIndex(matrix, file, hnswlib);
      expect(index.name).toBe('hnswlib graph');
      expect(recallOf(index, matrix)).toBeGreaterThanOrEqual(0.99);
      const [nearest] = index.search(queries.row(0), 1);
      expect(nearest).toEqual(new ExactIndex(matrix).search(queries.row(0), 1)[0]);

      const again = openVectorIndex(matrix, file, hnswlib);
      for (let i = 0; i < queries.rows; i++) {
        expect(again.search(queries.row(i), 10)).toEqual(index.search(queries.row(i), 10));
      }
      expect(again.search(queries.row(0), rows * 2)).toHaveLength(rows);
      expect(() => again.search(new Float32Array(DIMENSION + 1), 3)).toThrow(RangeError);
      expect(again.search(queries.row(0), 0)).toEqual([]);
    });
  });

  it('gives the same graph for the same vectors', async () => {
    await inTempFolder(async (folder) => {
      const matrix = randomVectors(1_000, DIMENSION, 5);
      const files = ['a.hnsw', 'b.hnsw'].map((name) => join(folder, name));
      for (const file of files) writeGraph(matrix, file, hnswlib);
      const [a, b] = files.map((file) => readFileSync(file));
      expect(a?.equals(b as Buffer)).toBe(true);
    });
  });
});

import { type ExactSearch, type Graph, type Hnswlib, loadHnswlib } from './hnswlib.ts';

/** One row of the matrix and its cosine to the query, in [-1, 1]. */
export interface Neighbour {
  readonly row: number;
  readonly cosine: number;
}

export interface VectorIndex {
  /** `exact`, `hnswlib exact` or `hnswlib graph`: said at start-up. */
  readonly name: string;
  /** The k nearest rows, nearest first; equal cosines by row. Throws `RangeError` on another dimension. */
  search(query: Float32Array, k: number): Neighbour[];
}

/** Vectors of length 1, one after the other. */
export class VectorMatrix {
  readonly values: Float32Array;
  readonly dimension: number;

  /** Throws `RangeError` when the values are no whole number of rows. */
  constructor(values: Float32Array, dimension: number) {
    if (dimension <= 0 || values.length % dimension !== 0) {
      throw new RangeError(`${values.length} values are no rows of ${dimension}`);
    }
    this.values = values;
    this.dimension = dimension;
  }

  get rows(): number {
    return this.values.length / this.dimension;
  }

  row(row: number): Float32Array {
    return this.values.subarray(row * this.dimension, (row + 1) * this.dimension);
  }

  /** Both have length 1, so the dot product is the cosine. */
  cosine(query: Float32Array, row: number): number {
    return dotAt(query, 0, this.values, row * this.dimension, this.dimension);
  }

  /** Cosine of two rows. */
  likeness(row: number, other: number): number {
    const { values, dimension } = this;
    return dotAt(values, row * dimension, values, other * dimension, dimension);
  }
}

/**
 * In four sums, because one waits for each addition before the next: this is the innermost loop of
 * every turn.
 */
function dotAt(
  one: Float32Array,
  at: number,
  other: Float32Array,
  offset: number,
  length: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    a += (one[at + i] as number) * (other[offset + i] as number);
    b += (one[at + i + 1] as number) * (other[offset + i + 1] as number);
    c += (one[at + i + 2] as number) * (other[offset + i + 2] as number);
    d += (one[at + i + 3] as number) * (other[offset + i + 3] as number);
  }
  for (; i < length; i++) a += (one[at + i] as number) * (other[offset + i] as number);
  return a + b + (c + d);
}

/** Below this many rows exact search is as quick as the graph (retrieval/README.md). */
const GRAPH_FROM_ROWS = 1_000;
/** Edges per node, and candidates held while building: recall@10 .999 at 4,300 rows. */
const GRAPH_M = 16;
const GRAPH_EF_CONSTRUCTION = 200;
/** Candidates held while searching; loading a graph resets it to 10, so it is set after every load. */
const GRAPH_EF = 400;
const GRAPH_EF_ALL_UP_TO_ROWS = 2_000;
/** The graph hands on more than asked, and the cosines are then computed exactly. */
const RESCORED_PER_NEIGHBOUR = 2;

export class ExactIndex implements VectorIndex {
  readonly name = 'exact';
  readonly #matrix: VectorMatrix;

  constructor(matrix: VectorMatrix) {
    this.#matrix = matrix;
  }

  search(query: Float32Array, k: number): Neighbour[] {
    requireDimension(query, this.#matrix);
    const rows = Array.from({ length: this.#matrix.rows }, (_, row) => row);
    return nearest(this.#matrix, query, rows, k);
  }
}

class HnswlibExactIndex implements VectorIndex {
  readonly name = 'hnswlib exact';
  readonly #matrix: VectorMatrix;
  readonly #index: ExactSearch;

  constructor(matrix: VectorMatrix, hnswlib: Hnswlib) {
    this.#matrix = matrix;
    this.#index = new hnswlib.BruteforceSearch('ip', matrix.dimension);
    this.#index.initIndex(Math.max(1, matrix.rows));
    for (let row = 0; row < matrix.rows; row++) {
      this.#index.addPoint(Array.from(matrix.row(row)), row);
    }
  }

  search(query: Float32Array, k: number): Neighbour[] {
    requireDimension(query, this.#matrix);
    const found = Math.min(k, this.#matrix.rows);
    if (found === 0) return [];
    const { neighbors } = this.#index.searchKnn(Array.from(query), found);
    return nearest(this.#matrix, query, neighbors, k);
  }
}

class HnswlibGraphIndex implements VectorIndex {
  readonly name = 'hnswlib graph';
  readonly #matrix: VectorMatrix;
  readonly #graph: Graph;

  constructor(matrix: VectorMatrix, graph: Graph) {
    this.#matrix = matrix;
    this.#graph = graph;
    const rows = matrix.rows;
    graph.setEf(rows <= GRAPH_EF_ALL_UP_TO_ROWS ? rows : GRAPH_EF);
  }

  search(query: Float32Array, k: number): Neighbour[] {
    requireDimension(query, this.#matrix);
    const found = Math.min(k * RESCORED_PER_NEIGHBOUR, this.#matrix.rows);
    const { neighbors } = this.#graph.searchKnn(Array.from(query), found);
    return nearest(this.#matrix, query, neighbors, k);
  }
}

/** Past its end a vector reads as `undefined`, and every cosine would quietly be NaN. */
function requireDimension(query: Float32Array, { dimension }: VectorMatrix): void {
  if (query.length === dimension) return;
  throw new RangeError(`a query of ${query.length} numbers against vectors of ${dimension}`);
}

function nearest(
  matrix: VectorMatrix,
  query: Float32Array,
  rows: readonly number[],
  k: number,
): Neighbour[] {
  return rows
    .map((row) => ({ row, cosine: matrix.cosine(query, row) }))
    .sort((a, b) => b.cosine - a.cosine || a.row - b.row)
    .slice(0, k);
}

/**
 * The quickest index that is exact enough for this many rows. A graph is read from `graphFile` when
 * one is named there, and otherwise not used: building takes minutes past 50,000 rows and belongs
 * to `writeGraph`. Throws what hnswlib throws on a damaged file.
 */
export function openVectorIndex(
  matrix: VectorMatrix,
  graphFile: string | undefined,
  hnswlib: Hnswlib | null = loadHnswlib(),
): VectorIndex {
  if (!hnswlib) return new ExactIndex(matrix);
  if (!graphFile) return new HnswlibExactIndex(matrix, hnswlib);
  const graph = new hnswlib.HierarchicalNSW('ip', matrix.dimension);
  graph.readIndexSync(graphFile);
  return new HnswlibGraphIndex(matrix, graph);
}

/** Writes the graph where one pays; false where exact search serves. Same input, same graph. */
export function writeGraph(
  matrix: VectorMatrix,
  graphFile: string,
  hnswlib: Hnswlib | null = loadHnswlib(),
): boolean {
  if (!hnswlib || matrix.rows < GRAPH_FROM_ROWS) return false;
  const graph = new hnswlib.HierarchicalNSW('ip', matrix.dimension);
  graph.initIndex({
    maxElements: matrix.rows,
    m: GRAPH_M,
    efConstruction: GRAPH_EF_CONSTRUCTION,
    randomSeed: 100,
  });
  for (let row = 0; row < matrix.rows; row++) graph.addPoint(Array.from(matrix.row(row)), row);
  graph.writeIndexSync(graphFile);
  return true;
}

import { createRequire } from 'node:module';

interface Found {
  readonly neighbors: number[];
}

/**
 * What we use of hnswlib-node. Declared here, not imported: the package is absent where there is no
 * compiler, and its types with it.
 */
export interface Hnswlib {
  readonly BruteforceSearch: new (space: 'ip', dimension: number) => ExactSearch;
  readonly HierarchicalNSW: new (space: 'ip', dimension: number) => Graph;
}

export interface ExactSearch {
  initIndex(maxElements: number): void;
  addPoint(point: number[], label: number): void;
  searchKnn(query: number[], k: number): Found;
}

export interface Graph {
  initIndex(options: {
    maxElements: number;
    m: number;
    efConstruction: number;
    randomSeed: number;
  }): void;
  addPoint(point: number[], label: number): void;
  searchKnn(query: number[], k: number): Found;
  setEf(ef: number): void;
  readIndexSync(file: string): void;
  writeIndexSync(file: string): void;
}

/** hnswlib-node is compiled at install; without a compiler it is absent, which is no fault. */
export function loadHnswlib(): Hnswlib | null {
  try {
    return createRequire(import.meta.url)('hnswlib-node') as Hnswlib;
  } catch {
    return null;
  }
}

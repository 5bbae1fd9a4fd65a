import { createRequire } from 'node:module';
import MiniSearch, { type SearchOptions } from 'minisearch';
import { stemsOf } from '../../retrieval/terms.ts';

/** Numbers of the texts that match, best first. */
export type WordSearch = (query: string, limit: number) => number[];

/** What we use of wink's BM25, which has no types. */
interface WinkBm25 {
  defineConfig(config: { fldWeights: Readonly<Record<string, number>> }): void;
  definePrepTasks(tasks: readonly ((text: string) => string[])[]): void;
  addDoc(document: Readonly<Record<string, string>>, id: number): void;
  consolidate(): void;
  search(query: string, limit: number): readonly (readonly [string, number])[];
}

export function miniSearchOver(texts: readonly string[], options: SearchOptions = {}): WordSearch {
  const miniSearch = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
  miniSearch.addAll(texts.map((text, id) => ({ id, text })));
  return (query, limit) =>
    miniSearch
      .search(query, options)
      .slice(0, limit)
      .map(({ id }) => Number(id));
}

/** With our stems: its own word preparation is another package. */
export function winkOver(texts: readonly string[]): WordSearch {
  const wink = (createRequire(import.meta.url)('wink-bm25-text-search') as () => WinkBm25)();
  wink.defineConfig({ fldWeights: { text: 1 } });
  wink.definePrepTasks([stemsOf]);
  for (const [id, text] of texts.entries()) wink.addDoc({ text }, id);
  wink.consolidate();
  return (query, limit) => wink.search(query, limit).map(([id]) => Number(id));
}

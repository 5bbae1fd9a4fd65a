import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { Document } from '@langchain/core/documents';
import type { HybridRetriever } from '../../retrieval/retriever.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { miniSearchOver, winkOver } from '../support/word-search.ts';
import { line, spread, timed } from './measured.ts';

const HITS = 10;
/** The quick start encodes every question anew; this many are enough for a median. */
const ENCODED_QUESTIONS = 100;

/**
 * One question to ten hits over the same chunks, as each library's own quick start does it. Ours has
 * each question's vector at hand already, as has the second line for LangChain.
 */
export async function measurePeers(
  retriever: HybridRetriever,
  questions: readonly string[],
): Promise<string[]> {
  const { articles, chunks } = retriever.snapshot;
  const bySlug = new Map(articles.map((article) => [article.slug, article]));
  const texts = chunks.map(
    (chunk) => bySlug.get(chunk.article)?.text.slice(chunk.start, chunk.end) ?? '',
  );
  const askAll = async (ask: (text: string) => unknown, asked = questions) => {
    const took: number[] = [];
    for (const question of asked) took.push(await timed(() => ask(question)));
    return spread(took, 2);
  };

  const miniSearch = miniSearchOver(texts);
  const wink = winkOver(texts);
  const embeddings = new OfflineEmbeddings();
  try {
    const store = await MemoryVectorStore.fromDocuments(
      texts.map((pageContent) => new Document({ pageContent })),
      embeddings,
    );
    const some = questions.slice(0, ENCODED_QUESTIONS);
    const vectors = new Map<string, number[]>();
    for (const question of some) vectors.set(question, await embeddings.embedQuery(question));
    // One hit more: its vector is then at hand, but its hits are not remembered.
    await askAll((question) => retriever.retrieve(question, HITS + 1));
    return [
      line(
        `retrieval, ours, ${texts.length} chunks`,
        await askAll((q) => retriever.retrieve(q, HITS)),
      ),
      line(
        '  LangChain MemoryVectorStore',
        await askAll((question) => store.similaritySearch(question, HITS), some),
      ),
      line(
        '  the same, vector at hand',
        await askAll(
          (q) => store.similaritySearchVectorWithScore(vectors.get(q) ?? [], HITS),
          some,
        ),
      ),
      line('  MiniSearch (words only)', await askAll((question) => miniSearch(question, HITS))),
      line('  wink BM25 (words only)', await askAll((question) => wink(question, HITS))),
    ];
  } finally {
    await embeddings.close();
  }
}

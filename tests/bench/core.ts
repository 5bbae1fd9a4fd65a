import { openBot } from '../../bot/bot.ts';
import { progressBar } from '../../bot/cli/progress.ts';
import type { Config } from '../../bot/config.ts';
import type { Article } from '../../knowledge/article.ts';
import { prepareSnapshot } from '../../retrieval/build.ts';
import { Encoder } from '../../retrieval/embeddings/encoder.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { inTempFolder } from '../support/temp-folder.ts';
import { line, type Measured, timed } from './measured.ts';
import { measurePeers } from './peers.ts';
import { benchQuestions } from './questions.ts';
import { measureSearch } from './search.ts';
import { measureServer } from './throughput.ts';
import { measureTurns } from './turns.ts';

/** The bot without a browser: the server under load and its memory, turns, peers, indexing, search. */
export async function* measureCore(config: Config): AsyncGenerator<Measured> {
  const questions = benchQuestions();
  const prepared = await openBot(config, { onProgress: progressBar('Indexing articles') });
  await prepared.close();

  yield await measureServer(config, questions);
  yield await measureTurns(config, questions);

  const bot = await openBot(config);
  try {
    yield { figures: {}, lines: await measurePeers(bot.retriever, questions.asked) };
    const articles = [...bot.articles.values()].toSorted((a, b) => a.text.length - b.text.length);
    yield { figures: {}, lines: [await measureIndexing(articles.slice(0, 1))] };

    const encoder = new OfflineEmbeddings();
    const vectors = await encoder.embedDocuments([...questions.asked]);
    await encoder.close();
    yield* measureSearch(
      bot.prepared.snapshot.matrix,
      vectors.map((vector) => Float32Array.from(vector)),
      config.dataDir,
    );
  } finally {
    await bot.close();
  }
}

/** From nothing: sentences encoded, the snapshot written. */
async function measureIndexing(articles: readonly Article[]): Promise<string> {
  return inTempFolder(async (dataDir) => {
    const embeddings = new OfflineEmbeddings();
    try {
      const encoder = new Encoder('bench', embeddings);
      let rows = 0;
      const took = await timed(async () => {
        const { encoded } = await prepareSnapshot({ articles, encoder, dataDir });
        rows = encoded;
      });
      return line('indexing', `${((rows * 1000) / took).toFixed(0)} sentences/s (${rows} rows)`);
    } finally {
      await embeddings.close();
    }
  });
}

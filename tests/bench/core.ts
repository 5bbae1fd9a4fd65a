import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED_ARTICLES, openBot } from '../../bot/bot.ts';
import { progressBar } from '../../bot/cli/progress.ts';
import type { Config } from '../../bot/config.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
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

/** The bot without a browser: turns, the server under load, its memory, search, indexing, and peers. */
export async function measureCore(config: Config): Promise<Measured> {
  const questions = benchQuestions();
  const prepared = await openBot(config, { onProgress: progressBar('Indexing articles') });
  await prepared.close();

  const server = await measureServer(config, questions);
  const turns = await measureTurns(config, questions);

  const bot = await openBot(config);
  try {
    const encoder = new OfflineEmbeddings();
    const vectors = await encoder.embedDocuments([...questions.asked]);
    await encoder.close();
    const peers = await measurePeers(bot.retriever, questions.asked);
    const search = await measureSearch(
      bot.prepared.snapshot.matrix,
      vectors.map((vector) => Float32Array.from(vector)),
      config.dataDir,
    );
    return {
      figures: { ...turns.figures, ...server.figures, ...search.figures },
      lines: [...turns.lines, ...server.lines, ...peers, ...search.lines, await measureIndexing()],
    };
  } finally {
    await bot.close();
  }
}

/** One article from nothing: its sentences encoded, the snapshot written. */
async function measureIndexing(): Promise<string> {
  const [file] = readdirSync(BUNDLED_ARTICLES).sort();
  const { articles } = loadArticles(BUNDLED_ARTICLES);
  const article = articles.find(({ slug }) => `${slug}.md` === file);
  if (!article)
    throw new RangeError(`expected an article in ${join(BUNDLED_ARTICLES, file ?? '')}`);
  return inTempFolder(async (dataDir) => {
    const embeddings = new OfflineEmbeddings();
    try {
      const encoder = new Encoder('bench', embeddings);
      let rows = 0;
      const took = await timed(async () => {
        const { encoded } = await prepareSnapshot({ articles: [article], encoder, dataDir });
        rows = encoded;
      });
      return line('indexing', `${((rows * 1000) / took).toFixed(0)} sentences/s (${rows} rows)`);
    } finally {
      await embeddings.close();
    }
  });
}

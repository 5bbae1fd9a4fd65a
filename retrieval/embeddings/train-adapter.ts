import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chunkArticle } from '../../knowledge/chunk.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { rowsOf } from '../rows.ts';
import { ADAPTER_FILE, adapterBytes } from './adapter.ts';
import { learnAdapter, type Topic } from './learn-adapter.ts';
import { OfflineEmbeddings } from './offline.ts';

/** `npm run train`: learns the adapter from the bundled articles and writes it beside this file. */
async function train(): Promise<void> {
  const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
  const chunks = articles.flatMap((article) => chunkArticle(article));
  const rows = rowsOf(articles, chunks);
  const embeddings = new OfflineEmbeddings();
  try {
    const vectors = await embeddings.embedDocuments(rows.map(({ text }) => text));
    const topics = new Map<string, { questions: Float32Array[]; statements: Float32Array[] }>();
    for (const [i, row] of rows.entries()) {
      const chunk = chunks[row.chunk];
      const key = `${chunk?.article}#${chunk?.section}`;
      const topic = topics.get(key) ?? { questions: [], statements: [] };
      topics.set(key, topic);
      const side = row.kind === 'sentence' ? topic.statements : topic.questions;
      side.push(Float32Array.from(vectors[i] ?? []));
    }
    const usable: Topic[] = [...topics.values()].filter(
      ({ questions, statements }) => questions.length > 0 && statements.length > 0,
    );
    const { questions, statements } = learnAdapter(usable, {
      onStep: (step, steps, loss) => {
        if (step % 20 === 0 || step === steps) {
          process.stderr.write(`step ${step} of ${steps}, loss ${loss.toFixed(3)}\n`);
        }
      },
    });
    writeFileSync(ADAPTER_FILE, adapterBytes(questions, statements));
  } finally {
    await embeddings.close();
  }
}

await train();

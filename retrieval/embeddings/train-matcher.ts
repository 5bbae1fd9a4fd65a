import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chunkArticle } from '../../knowledge/chunk.ts';
import { loadInDomain, sectionKey } from '../../knowledge/in-domain.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { isAsked, rowsOf } from '../rows.ts';
import { learnMatcher } from './learn-matcher.ts';
import { MATCHER_FILE, matcherBytes } from './matcher.ts';
import { OfflineEmbeddings } from './offline.ts';

/** `npm run train`: learns the matcher from what the bundled articles are asked, and writes it beside this file. */
async function train(): Promise<void> {
  const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
  const chunks = articles.flatMap((article) => chunkArticle(article));
  const sections = new Map<string, { said: string[]; asked: string[] }>();
  const bySlug = new Map(articles.map((article) => [article.slug, article]));
  for (const row of rowsOf(articles, chunks)) {
    const chunk = chunks[row.chunk];
    const heading = bySlug.get(chunk?.article ?? '')?.sections[chunk?.section ?? -1]?.path.at(-1);
    const key = sectionKey(chunk?.article ?? '', heading);
    const section = sections.get(key) ?? { said: [], asked: [] };
    sections.set(key, section);
    (isAsked(row) ? section.asked : section.said).push(row.text);
  }
  const answering = [...sections].filter(([, { said }]) => said.length > 0);
  const places = new Map(answering.map(([key], place) => [key, place]));
  const asked = [
    ...answering.flatMap(([, section], place) =>
      section.asked.map((text) => ({ text, sections: [place] })),
    ),
    ...loadInDomain().map(({ text, sections: keys }) => ({
      text,
      sections: keys.flatMap((key) => places.get(key) ?? []),
    })),
  ].filter((question) => question.sections.length > 0);
  const embeddings = new OfflineEmbeddings();
  try {
    const statesOf = async (texts: readonly string[]) =>
      (await embeddings.readTokens(texts)).map(({ states }) => states);
    const said: Float32Array[][] = [];
    for (const [, section] of answering) said.push(await statesOf(section.said));
    const states = await statesOf(asked.map(({ text }) => text));
    const weights = learnMatcher(
      asked.map((question, at) => ({ states: states[at]!, sections: question.sections })),
      said,
      {
        onStep: (step, steps, loss) => {
          if (step % 20 === 0 || step === steps) {
            process.stderr.write(`step ${step} of ${steps}, loss ${loss.toFixed(3)}\n`);
          }
        },
      },
    );
    writeFileSync(MATCHER_FILE, matcherBytes(weights));
  } finally {
    await embeddings.close();
  }
}

await train();

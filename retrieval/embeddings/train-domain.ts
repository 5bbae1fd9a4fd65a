import { writeFileSync } from 'node:fs';
import { DOMAIN_FILE, domainBytes } from './domain.ts';
import { Encoder } from './encoder.ts';
import { domainExamples, learnDomain } from './learn-domain.ts';
import { OFFLINE_NAME, OfflineEmbeddings } from './offline.ts';

/** `npm run train`: learns which questions the bundled articles are asked, and writes it beside this file. */
async function train(): Promise<void> {
  const { answered, others } = domainExamples();
  const embeddings = new OfflineEmbeddings();
  try {
    const encoder = new Encoder(OFFLINE_NAME, embeddings);
    const vectors = await encoder.encodeTexts([...answered, ...others]);
    const { weights } = learnDomain(
      vectors.slice(0, answered.length),
      vectors.slice(answered.length),
    );
    writeFileSync(DOMAIN_FILE, domainBytes(weights));
  } finally {
    await embeddings.close();
  }
}

await train();

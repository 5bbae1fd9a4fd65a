import { writeFileSync } from 'node:fs';
import { DOMAIN_FILE, domainText } from './domain.ts';
import { Encoder } from './encoder.ts';
import { domainExamples, encodeExamples, learnDomain } from './learn-domain.ts';
import { OFFLINE_NAME, OfflineEmbeddings } from './offline.ts';

/** `npm run train`: learns which questions the bundled articles are asked, and writes it beside this file. */
async function train(): Promise<void> {
  const { answered, others } = domainExamples();
  const embeddings = new OfflineEmbeddings();
  try {
    const encoder = new Encoder(OFFLINE_NAME, embeddings);
    const { learned } = learnDomain(
      await encodeExamples(answered, encoder),
      await encodeExamples(others, encoder),
    );
    writeFileSync(DOMAIN_FILE, domainText(learned));
  } finally {
    await embeddings.close();
  }
}

await train();

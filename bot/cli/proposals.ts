import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../knowledge/fault.ts';
import type { Prepared } from '../../retrieval/build.ts';
import type { Config } from '../config.ts';
import { progressBar } from './progress.ts';

/**
 * Asks the model for `asked:` lines and summaries and writes them into a file for a person. Publishes
 * nothing. Throws `CONFIG_INVALID` without a chat model, `MODEL_UNAVAILABLE` where it gave nothing.
 */
export async function writeProposals(
  config: Config,
  { snapshot }: Prepared,
): Promise<{ file: string; count: number; failed: number; stopped: string | undefined }> {
  const { chat, openai, databaseUrl, dataDir } = config;
  if (!chat) throw new Fault('CONFIG_INVALID', 'CHAT_MODEL: needed for --propose');
  const [{ openProposer }, { openModelLog }] = await Promise.all([
    import('../model/proposer.ts'),
    import('../store/model-log.ts'),
  ]);
  const modelLog = await openModelLog(databaseUrl);
  try {
    const { text, count, failed, stopped } = await openProposer(chat, openai, modelLog)(
      snapshot.articles,
      snapshot.chunks,
      progressBar('Asking for proposals'),
    );
    if (count === 0) {
      throw new Fault('MODEL_UNAVAILABLE', `no proposal came; ${stopped ?? 'every call failed'}`);
    }
    const file = join(dataDir, 'proposals.yaml');
    writeFileSync(file, text);
    return { file, count, failed, stopped };
  } finally {
    await modelLog.close();
  }
}

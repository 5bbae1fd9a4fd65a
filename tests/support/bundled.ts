import { mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Bot, BUNDLED_ARTICLES, openBot } from '../../bot/bot.ts';
import { loadConfig } from '../../bot/config.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { corpusOf } from '../../retrieval/snapshot.ts';

/** Longest time to encode the bundled articles on a busy machine, in ms: for `beforeAll`. */
export const ENCODING_MS = 240_000;
/** A lock whose holder has shown no progress for this long, in ms, is left over. */
const STALE_MS = 60_000;
const POLL_MS = 250;

let shared: string | undefined;

/**
 * A data folder with the snapshot of the bundled articles. It outlives the run and is named by what
 * it holds, so that encoding (most of a minute) happens once and not in every test process.
 */
export function bundledDataDir(): string {
  if (shared) return shared;
  const { articles } = loadArticles(BUNDLED_ARTICLES);
  const { id } = corpusOf(articles, 'tests');
  shared = join(tmpdir(), `needlepoint-tests-${id}`);
  return shared;
}

/** The real bot over the bundled articles; the first process to ask encodes, the others wait and read. */
export async function openBundledBot(): Promise<Bot> {
  const dataDir = bundledDataDir();
  mkdirSync(dataDir, { recursive: true });
  const lock = join(dataDir, 'lock');
  await take(lock);
  try {
    return await openBot(loadConfig({ DATA_DIR: dataDir }), {
      onProgress: () => utimesSync(lock, new Date(), new Date()),
    });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Making a folder is the one step of a file system that only one process wins. */
async function take(lock: string): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      // Not by instanceof: under jest an error of node:fs is of another realm's Error.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > STALE_MS) rmSync(lock, { recursive: true });
    await wait(POLL_MS);
  }
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDirectLine } from '../../bot/direct-line/direct-line.ts';
import type { DirectLine, DirectLineDeps } from '../../bot/direct-line/direct-line.ts';
import { createLogger } from '../../bot/log.ts';
import { TurnQueue } from '../../bot/queue.ts';
import { createApp } from '../../bot/server.ts';
import { createStore } from '../../bot/store/store.ts';
import type { Store } from '../../bot/store/store.ts';
import { REAL_CALLBACKS } from './callbacks.ts';
import { answer, citation } from './replies.ts';
import { inTempFolder } from './temp-folder.ts';

export interface ServedChat {
  /** Of the server, which keeps its port over a restart. */
  readonly url: string;
  readonly base: string;
  readonly store: Store;
  readonly directLine: DirectLine;
  readonly logged: string[];
  stop(): Promise<void>;
  /** A new server on the same database and port, after `stop`. */
  start(more?: Partial<DirectLineDeps>): Promise<void>;
}

export const GREETING = 'Hello! Ask me about dry needling.';

/** Runs the real server with Direct Line on a free port; it answers everything with one sentence. */
export async function withChat(
  more: Partial<DirectLineDeps>,
  use: (chat: ServedChat) => Promise<void>,
): Promise<void> {
  await inTempFolder(async (folder) => {
    const database = pathToFileURL(join(folder, 'conversations.db')).href;
    const logged: string[] = [];
    let port = 0;

    async function start(changes: Partial<DirectLineDeps>) {
      const store = await createStore(database);
      const deps: DirectLineDeps = {
        answerTurn: (utterance) =>
          Promise.resolve(answer(`You asked: ${utterance} [1]`, { citations: [citation(1)] })),
        triggersOf: () => Promise.resolve([]),
        store,
        queue: new TurnQueue(),
        clinic: { name: 'the clinic', phone: '+1 555 010 0199' },
        greeting: GREETING,
        callbacks: REAL_CALLBACKS,
        log: createLogger('debug', { write: (line) => void logged.push(line) }),
        key: Buffer.from('a key for tests that is long enough'),
        allowedOrigins: [],
        ...changes,
      };
      const directLine = createDirectLine(deps);
      const app = createApp({
        ...deps,
        config: { host: '127.0.0.1', port, azureBot: undefined },
        directLine,
        articles: new Map(),
        isReady: () => Promise.resolve([]),
      });
      ({ port } = await app.start());
      return { app, store, directLine };
    }

    let running = await start(more);
    try {
      await use({
        url: `http://127.0.0.1:${port}`,
        base: `http://127.0.0.1:${port}/directline`,
        get store() {
          return running.store;
        },
        get directLine() {
          return running.directLine;
        },
        logged,
        stop: async () => {
          await running.app.stop();
          await running.store.close();
        },
        start: async (changes = {}) => {
          running = await start({ ...more, ...changes });
        },
      });
    } finally {
      await running.app.stop();
      await running.store.close();
    }
  });
}

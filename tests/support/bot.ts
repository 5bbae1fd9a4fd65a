import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLogger } from '../../bot/log.ts';
import { TurnQueue } from '../../bot/queue.ts';
import { createApp } from '../../bot/server.ts';
import type { AppDeps } from '../../bot/server.ts';
import { createStore } from '../../bot/store/store.ts';
import type { Store } from '../../bot/store/store.ts';
import { startConnector } from './connector.ts';
import type { Connector, SentActivity } from './connector.ts';
import { answer, citation } from './replies.ts';
import { inTempFolder } from './temp-folder.ts';

export interface Bot {
  readonly url: string;
  readonly store: Store;
  readonly connector: Connector;
  /** Lines the bot logged, as JSON. */
  readonly logged: string[];
  /** As on SIGTERM. */
  stop(): Promise<void>;
  /** POSTs to the bot endpoint; a string goes as it is. */
  post(body: object | string, headers?: Record<string, string>): Promise<Response>;
}

/** Runs the real server on a free port over a real store; it answers everything with one sentence. */
export async function withBot(
  more: Partial<AppDeps>,
  use: (bot: Bot) => Promise<void>,
): Promise<void> {
  await inTempFolder(async (folder) => {
    const store = await createStore(pathToFileURL(join(folder, 'conversations.db')).href);
    const connector = await startConnector();
    const logged: string[] = [];
    const app = createApp({
      config: { host: '127.0.0.1', port: 0, azureBot: undefined },
      answerTurn: (utterance) =>
        Promise.resolve(answer(`You asked: ${utterance} [1]`, { citations: [citation(1)] })),
      triggersOf: () => Promise.resolve([]),
      store,
      queue: new TurnQueue(),
      clinic: { name: 'the clinic', phone: '+1 555 010 0199' },
      greeting: 'Hello! Ask me about dry needling.',
      articles: new Map(),
      isReady: () => Promise.resolve([]),
      log: createLogger('debug', { write: (line) => void logged.push(line) }),
      ...more,
    });
    try {
      const { url } = await app.start();
      await use({
        url,
        store,
        connector,
        logged,
        stop: () => app.stop(),
        post: (body, headers) =>
          fetch(`${url}/api/messages`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
      });
    } finally {
      await app.stop();
      await connector.close();
      await store.close();
    }
  });
}

/** A person's message as the emulator sends it, delivered to `connector` or answered in the response. */
export function message(text: string | undefined, more: object = {}): object {
  return {
    type: 'message',
    id: `activity-${Math.random()}`,
    channelId: 'emulator',
    from: { id: 'visitor', name: 'Visitor' },
    recipient: { id: 'bot', name: 'Needlepoint' },
    conversation: { id: 'conversation-1' },
    text,
    ...more,
  };
}

/** What the bot says to a message, without a connector. */
export async function answersTo(bot: Bot, activity: object): Promise<SentActivity[]> {
  const response = await bot.post({ ...activity, deliveryMode: 'expectReplies' });
  const { activities } = (await response.json()) as { activities: SentActivity[] };
  return activities;
}

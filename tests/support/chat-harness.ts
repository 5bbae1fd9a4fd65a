import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { buildPage, startChatServer } from './chat-server.ts';
import type { ChatOptions, ChatServer } from './chat-server.ts';

interface Chat {
  readonly browser: Browser;
  readonly server: ChatServer;
  /** Another server of the same page. */
  readonly serve: (options: ChatOptions) => Promise<ChatServer>;
}

/** Inside a `describe`: a browser, the built page and its server for all of its tests. */
export function useChat(): () => Chat {
  let chat: Chat | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'needlepoint-chat-'));
  const page = join(folder, 'page');

  beforeAll(async () => {
    await buildPage(page);
    const serve = (options: ChatOptions) =>
      startChatServer(mkdtempSync(join(folder, 'store-')), page, options);
    const [browser, server] = await Promise.all([launchBrowser(), serve({ callback: true })]);
    chat = { browser, server, serve };
  }, 60_000);
  afterAll(async () => {
    await chat?.browser.close();
    await chat?.server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return () => {
    if (!chat) throw new Error('the chat is there in tests only');
    return chat;
  };
}

import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import express, { Router } from 'express';
import type { RequestHandler } from 'express';
import { createDirectLine } from '../../bot/direct-line/direct-line.ts';
import type { DirectLine, DirectLineDeps } from '../../bot/direct-line/direct-line.ts';
import { createLogger } from '../../bot/log.ts';
import { TurnQueue } from '../../bot/queue.ts';
import { conversationKey, createStore } from '../../bot/store/store.ts';
import { createWebRoutes } from '../../bot/web-routes.ts';
import type { WebDeps } from '../../bot/web-routes.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { REAL_CALLBACKS } from './callbacks.ts';
import { FULL_CLINIC } from './clinic.ts';
import { answerCallback, answerFromScript, CHAT_ARTICLES } from './scripted-chat.ts';
import { serve } from './serve.ts';

export interface ChatServer {
  readonly url: string;
  /** Stops, and on the same port and store starts again when the returned function is called. */
  stop(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Builds the page as `npm run build` does, into a folder of the test's own. */
export async function buildPage(folder: string): Promise<void> {
  const vite = join(PROJECT_ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(PROJECT_ROOT, 'bot', 'web', 'vite.config.ts');
  const options = ['--config', config, '--outDir', folder, '--logLevel', 'warn'];
  await promisify(execFile)(process.execPath, [vite, 'build', ...options]);
}

/** What a chat server is told besides where its files are. */
export interface ChatOptions extends Partial<
  Pick<WebDeps, 'allowedOrigins' | 'clinic' | 'emergencyNumber' | 'callback'>
> {
  readonly limits?: DirectLineDeps['limits'];
}

/** The page before the real Direct Line server and store; only the answers are from a script. */
export async function startChatServer(
  folder: string,
  pageFolder: string,
  { limits = {}, ...options }: ChatOptions = {},
): Promise<ChatServer> {
  const { allowedOrigins = [], clinic = FULL_CLINIC } = options;
  let running = await run(0);

  async function run(port: number) {
    const store = await createStore(pathToFileURL(join(folder, 'conversations.db')).href);
    const directLine = createDirectLine({
      key: Buffer.alloc(32, 7),
      allowedOrigins,
      limits,
      answerTurn: answerFromScript,
      triggersOf: () => Promise.resolve([]),
      callbacks: REAL_CALLBACKS,
      store,
      queue: new TurnQueue(),
      clinic: { name: 'Elm Street Physio', phone: FULL_CLINIC.phone },
      greeting: "Hello! I'm an automated assistant.",
      log: createLogger('silent'),
    });
    const app = express();
    app.use(createWebRoutes({ ...options, clinic, allowedOrigins, folder: pageFolder }));
    if (options.callback) app.use('/directline', takeCallbacks(directLine));
    app.use('/directline', directLine.router);
    app.get('/articles/:slug', (request, response) => {
      const article = CHAT_ARTICLES.get(request.params.slug);
      if (article) response.json(article);
      else response.status(404).json({ error: 'no such article' });
    });
    const server = createServer(app);
    directLine.attach(server);
    const served = await serve(server, port);
    return {
      port: served.port,
      close: async () => {
        await directLine.close();
        await served.close();
        await store.close();
      },
    };
  }

  return {
    url: `http://127.0.0.1:${running.port}/`,
    stop: async () => {
      await running.close();
      return async () => {
        running = await run(running.port);
      };
    },
    close: () => running.close(),
  };
}

/** What the bot does with a `callback` event: 400 to a number of under five digits, else a message. */
function takeCallbacks(directLine: DirectLine): Router {
  const take: RequestHandler<{ id: string }> = (request, response, next) => {
    const { name, value, locale } = request.body as Record<string, unknown>;
    if (name !== 'callback') {
      next();
      return;
    }
    const { phone } = value as { readonly phone: string };
    if (phone.replace(/\D/g, '').length < 5) {
      response.status(400).json({ error: { code: 'PhoneUnreadable', message: 'no number' } });
      return;
    }
    const reply = answerCallback(String(locale));
    const message = { type: 'message', text: reply.text, channelData: { reply } } as const;
    directLine
      .publish(conversationKey('directline', request.params.id), message)
      .then(() => response.json({ id: 'callback' }), next);
  };
  const router = Router();
  router.post('/conversations/:id/activities', express.json(), take);
  return router;
}

interface HostPage {
  readonly origin: string;
  /** Puts the widget of a chat on the page. */
  readonly embed: (chatUrl: string, attributes: string) => void;
  readonly close: () => Promise<void>;
}

/** A page of another origin than the chat's, as strict about scripts as a clinic's may be. */
export async function startHostPage(): Promise<HostPage> {
  let policy = '';
  let script = '';
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', policy);
    response.end(
      '<!doctype html><html lang="en"><head><title>Elm Street Physio</title>' +
        `<meta name="viewport" content="width=device-width">${script}</head>` +
        '<body><main><h1>Elm Street Physio</h1><p>Welcome.</p></main></body></html>',
    );
  });
  const { port, close } = await serve(server);
  return {
    origin: `http://localhost:${port}`,
    embed: (chatUrl, attributes) => {
      policy = `default-src 'self'; script-src ${new URL(chatUrl).origin}; frame-src ${new URL(chatUrl).origin}`;
      script = `<script src="${chatUrl}widget.js" async ${attributes}></script>`;
    },
    close,
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Activity } from '@microsoft/agents-activity';
import { CloudAdapter, OutboundHostValidator, authorizeJWT } from '@microsoft/agents-hosting';
import type { TurnContext } from '@microsoft/agents-hosting';
import express from 'express';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import type { Signoff } from '../knowledge/signoff.ts';
import {
  messageActivity,
  parseActivity,
  readActivity,
  typingActivity,
  wireNames,
} from './activity.ts';
import type { Incoming } from './activity.ts';
import { presenters } from './channels/index.ts';
import { channelOf } from './conversation.ts';
import type { Config } from './config.ts';
import type { DirectLine } from './direct-line/direct-line.ts';
import { isLoopback } from './loopback.ts';
import { attempt, receiveMessage, receiveNewcomer } from './receive.ts';
import type { Delivery, ReceiveDeps } from './receive.ts';
import { faultReply } from './stock-reply.ts';
import { Throttle } from './throttle.ts';

const BODY_LIMIT_BYTES = 256 * 1024;

/** A connector that takes longer is down; the conversation's next message is waiting. */
const SEND_TIMEOUT_MS = 15_000;

/** Activities of one conversation per minute: more than people type, a group of them included. */
const ACTIVITIES_PER_MINUTE = 120;

/** What is still being answered when the server stops gets this long. */
const STOP_GRACE_MS = 10_000;

/** Where Azure Bot Service takes replies, and nowhere else: the address comes with the request. */
const CONNECTOR_HOSTS = ['botframework.com', 'smba.trafficmanager.net'];
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

export interface AppDeps extends ReceiveDeps {
  readonly config: Pick<Config, 'host' | 'port' | 'azureBot'>;
  /** By slug, for the source sheet; citations' offsets point into `text`. */
  readonly articles: ReadonlyMap<string, { readonly title: string; readonly text: string }>;
  /** Absent: Direct Line clients are not served. */
  readonly directLine?: Pick<DirectLine, 'router' | 'attach' | 'close'>;
  /** The chat page and the widget; absent: no page is served. */
  readonly web?: RequestHandler;
  /** That POST /api/messages takes of one conversation; 120 if absent. */
  readonly activitiesPerMinute?: number;
  /** Names what is still missing before questions can be answered; empty when ready. */
  readonly isReady: () => Promise<readonly string[]>;
  /** Whether the safety wording is signed; absent: /readyz does not say. */
  readonly signoff?: Signoff['kind'];
}

export interface App {
  readonly express: Express;
  /** Rejects when the port is taken or the address is not ours. */
  start(): Promise<{ readonly port: number; readonly url: string }>;
  /** Takes no more requests, lets the running ones finish, then hangs up. */
  stop(): Promise<void>;
}

/** The channel did not take our reply; the reply is stored, and a redelivery sends it. */
class Undelivered extends Error {
  override readonly name = 'Undelivered';
}

export function createApp(deps: AppDeps): App {
  const { config, articles, isReady, signoff, directLine, web } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.set('json replacer', wireNames);

  app.get('/healthz', (_, response) => {
    response.json({ status: 'alive' });
  });
  app.get('/readyz', async (_, response) => {
    const missing = await isReady();
    response
      .status(missing.length === 0 ? 200 : 503)
      .json({ ready: missing.length === 0, missing, signoff });
  });
  app.get('/articles/:slug', (request, response) => {
    const article = articles.get(request.params.slug);
    if (article)
      response.json({ slug: request.params.slug, title: article.title, text: article.text });
    else response.status(404).json({ error: 'no such article' });
  });
  app.post('/api/messages', ...botEndpoint(deps));
  if (directLine) app.use(['/directline', '/v3/directline'], directLine.router);
  if (web) app.use(web);
  app.use((_, response) => {
    response.status(404).json({ error: 'not found' });
  });
  app.use(jsonErrors(deps));

  const server = createServer(app);
  directLine?.attach(server);
  return {
    express: app,
    start: () =>
      new Promise((started, failed) => {
        server.once('error', failed);
        server.listen(config.port, config.host, () => {
          server.off('error', failed);
          const { address, port, family } = server.address() as AddressInfo;
          started({ port, url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}` });
        });
      }),
    stop: async () => {
      const grace = new AbortController();
      const closed = new Promise<void>((done) => {
        server.close(() => done());
      });
      // Streams count as connections: the server is not closed before they are.
      const hungUp = directLine?.close();
      await Promise.race([closed, delay(STOP_GRACE_MS, null, { signal: grace.signal })]);
      grace.abort();
      server.closeAllConnections();
      await Promise.all([closed, hungUp]);
    },
  };
}

/** Who may speak comes first, then what they say: a stranger's body is not even read. */
function botEndpoint(deps: AppDeps): RequestHandler[] {
  const { azureBot, host } = deps.config;
  const local = isLoopback(host);
  if (!azureBot && !local) return [closedEndpoint];

  const hosts = new OutboundHostValidator({
    enabled: true,
    includeDefaultMicrosoftHosts: false,
    hosts: azureBot ? CONNECTOR_HOSTS : LOOPBACK_HOSTS,
  });
  const settings = azureBot
    ? { ...azureBot, validateIssuer: true }
    : // Never used: without credentials no caller is authenticated. But the adapter refuses to be
      // built without a client id where NODE_ENV is production.
      { clientId: 'anonymous' };
  // Given as connections, they win over any the SDK would find in the environment by itself.
  const auth = {
    ...settings,
    connections: new Map([['needlepoint', settings]]),
    connectionsMap: [{ serviceUrl: '*', connection: 'needlepoint' }],
  };
  const adapter = new CloudAdapter(auth, undefined, undefined, { emitStackTrace: false }, hosts);
  adapter.onTurnError = async (context, error) => {
    if (error instanceof Undelivered) throw error;
    deps.log.error({ err: error }, 'fault at the edge of a turn');
    const reply = faultReply(deps.clinic);
    const present = presenters[channelOf(context.activity.channelIdChannel)];
    await deliver(
      context,
      present(reply).map((outgoing) => messageActivity(reply, outgoing)),
    );
  };

  return [
    azureBot ? authorizeJWT(auth) : onlyLocalNames,
    express.json({ limit: BODY_LIMIT_BYTES }),
    takeActivity(adapter, hosts, deps),
  ];
}

const closedEndpoint: RequestHandler = (_, response) => {
  response.status(503).json({
    error: 'the bot endpoint is closed',
    why: 'it is reachable from other machines, and without an Azure Bot registration callers cannot be told apart',
    set: ['CLIENT_ID', 'CLIENT_SECRET', 'TENANT_ID'],
    or: 'HOST=127.0.0.1 to try it on this machine only',
  });
};

/** A web page anywhere can name its own server 127.0.0.1 (DNS rebinding); the Host header tells. */
const onlyLocalNames: RequestHandler = (request, response, next) => {
  if (isLoopback(request.hostname)) next();
  else closedEndpoint(request, response, next);
};

function takeActivity(
  adapter: CloudAdapter,
  hosts: OutboundHostValidator,
  deps: AppDeps,
): RequestHandler {
  const throttle = new Throttle(deps.activitiesPerMinute ?? ACTIVITIES_PER_MINUTE);
  return async (request, response) => {
    const activity = parseActivity(request.body);
    if (!activity) {
      response.status(400).json({ error: 'expected an activity as application/json' });
      return;
    }
    if (activity.serviceUrl && !hosts.isAllowed(activity.serviceUrl)) {
      response.status(400).json({ error: 'replies are not sent to this serviceUrl' });
      return;
    }
    const incoming = readActivity(activity);
    if (incoming.kind === 'ignored') {
      response.status(200).json({});
      return;
    }
    const { channelIdChannel, conversation } = activity;
    const seconds = await throttle.take(`${channelIdChannel}/${conversation?.id}`);
    if (seconds > 0) {
      response.set('retry-after', String(seconds));
      response.status(429).json({ error: SAID[429] });
      return;
    }
    request.body = activity;
    await adapter.process(request, response, (context) => converse(context, incoming, deps));
  };
}

async function converse(
  context: TurnContext,
  incoming: Exclude<Incoming, { kind: 'ignored' }>,
  deps: ReceiveDeps,
): Promise<void> {
  if (incoming.kind === 'invoke') {
    const { conversationId, known, feedback } = incoming;
    if (known && feedback) {
      await attempt(() => deps.store.feedback.keepOnSent(conversationId, feedback), deps.log);
    }
    const status = known ? 200 : 501;
    await context.sendActivity(
      Activity.fromObject({ type: 'invokeResponse', value: { status, body: {} } }),
    );
    return;
  }
  const { channel } = incoming;
  const { conversationId } = incoming.kind === 'message' ? incoming.received : incoming;
  const delivery: Delivery = {
    send: async (reply, outgoing) => {
      const ids = await deliver(
        context,
        outgoing.map((message) => messageActivity(reply, message)),
      );
      // Teams asks for a thumb under each message, and names the message by the id it gave it.
      if (channel !== 'msteams') return;
      for (const id of ids) {
        await attempt(() => deps.store.feedback.noteSent(conversationId, id), deps.log);
      }
    },
    ...(channel !== 'sms' &&
      context.activity.deliveryMode !== 'expectReplies' && {
        typing: async () => {
          await deliver(context, [typingActivity()]);
        },
      }),
  };
  if (incoming.kind === 'message') {
    await receiveMessage(incoming.received, channel, delivery, deps);
  } else {
    await receiveNewcomer(conversationId, incoming.channelId, channel, delivery, deps);
  }
}

/** The ids that the channel gave, as far as it gave any. Rejects with `Undelivered` only. */
async function deliver(context: TurnContext, activities: Activity[]): Promise<string[]> {
  if (activities.length === 0) return [];
  const timer = new AbortController();
  try {
    const taken = await Promise.race([
      context.sendActivities(activities),
      delay(SEND_TIMEOUT_MS, null, { signal: timer.signal }).then(() => {
        throw new Error(`not taken within ${SEND_TIMEOUT_MS} ms`);
      }),
    ]);
    return taken.flatMap((answered) => answered?.id || []);
  } catch (error) {
    throw new Undelivered('the channel did not take an activity', { cause: error });
  } finally {
    timer.abort();
  }
}

function jsonErrors({ log }: AppDeps): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error instanceof Undelivered ? 502 : statusOf(error);
    if (status >= 500) log.error({ err: error }, 'request failed');
    response.status(status).json({ error: SAID[status] ?? SAID[status < 500 ? 400 : 500] });
  };
}

const SAID: Readonly<Record<number, string>> = {
  400: 'the request could not be read',
  413: `the body is over ${BODY_LIMIT_BYTES} bytes`,
  415: 'expected application/json in UTF-8',
  429: 'too many activities of one conversation; deliver this one again after Retry-After seconds',
  500: 'something went wrong on our side',
  502: 'the reply is stored, but the channel did not take it; deliver the activity again',
};

/** Of the body parser and the router; anything else is ours. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

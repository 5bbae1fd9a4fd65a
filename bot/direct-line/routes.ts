import express from 'express';
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express';
import type { ActivityLog } from '../store/activity-log.ts';
import type { Logger } from '../log.ts';
import { keyOf } from './conversations.ts';
import type { Conversations } from './conversations.ts';
import type { Limits } from './limits.ts';
import { judgeOrigin } from './origin.ts';
import { REFUSALS, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { takePosted } from './take-posted.ts';
import { Throttle } from '../throttle.ts';
import { TOKEN_SECONDS } from './token.ts';
import type { Access, Tokens } from './token.ts';
import { parseWatermark, randomId, readPosted, toWire } from './wire.ts';

/** As Azure's Direct Line; a message of the longest text, escaped, is within it. */
const BODY_LIMIT_BYTES = 256 * 1024;

const PAGE = 100;

/** A page that comes back after this long starts anew. */
const RESUME_MS = 30 * 24 * 60 * 60_000;

export interface RouteDeps {
  readonly tokens: Tokens;
  readonly conversations: Conversations;
  readonly activities: ActivityLog;
  readonly allowedOrigins: readonly string[];
  readonly limits: Limits;
  readonly isStopping: () => boolean;
  readonly log: Logger;
}

interface Let {
  readonly access: Access;
  readonly key: string;
}

/** The HTTP side of Direct Line 3.0, to be mounted at its base path. Every refusal is JSON with a code. */
export function createRoutes(deps: RouteDeps): Express {
  const { tokens, conversations, activities, limits } = deps;
  const routes = express();
  routes.disable('x-powered-by');
  routes.disable('etag');
  // Whoever forwards to us from this machine or its own network says for whom, and over what.
  routes.set('trust proxy', ['loopback', 'linklocal', 'uniquelocal']);

  const json = express.json({ limit: BODY_LIMIT_BYTES });
  const starts = throttled(limits.startsPerMinute);
  const posts = throttled(limits.activitiesPerMinute);
  const callbacks = new Throttle(limits.callbacksPerMinute);

  const issue = ({ conversationId, userId }: Access) => ({
    conversationId,
    token: tokens.issue({ conversationId, userId }, 'access'),
    expires_in: TOKEN_SECONDS,
  });
  const describe = (request: Request, access: Access, watermark: string) => ({
    ...issue(access),
    streamUrl: streamUrl(request, access, tokens.issue(access, 'stream'), watermark),
  });

  /** Whom the bearer token lets in; a refusal where it does not, or not to this conversation. */
  function admit(request: Request<{ id?: string }>): Let | Refusal {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const access = token === undefined ? 'unknown' : tokens.check(token, 'access');
    if (access === 'unknown') return REFUSALS.unauthorized;
    if (access === 'expired') return REFUSALS.expired;
    const { id } = request.params;
    if (id !== undefined && id !== access.conversationId) return REFUSALS.otherConversation;
    return { access, key: keyOf(access.conversationId) };
  }

  const admitted =
    (
      serve: (request: Request, response: Response, admitted: Let) => Promise<void>,
    ): RequestHandler<{ id?: string }> =>
    async (request, response) => {
      const verdict = admit(request);
      if ('status' in verdict) refuse(response, verdict);
      else await serve(request as Request, response, verdict);
    };
  /** Before the body is read. */
  const onlyAdmitted: RequestHandler<{ id?: string }> = (request, response, next) => {
    const verdict = admit(request);
    if ('status' in verdict) refuse(response, verdict);
    else next();
  };

  routes.use(pageHeaders(deps));
  // What is being answered can still be fetched, but not for ever over one connection.
  routes.use((request, response, next) => {
    if (!deps.isStopping()) {
      next();
      return;
    }
    response.set('connection', 'close');
    if (request.method === 'POST') refuse(response, REFUSALS.stopping);
    else next();
  });

  // Ours, not Direct Line's: Azure gives tokens to the page's own server, which a clinic has not.
  async function generate(request: Request, response: Response): Promise<void> {
    const { conversationId, token } = (request.body ?? {}) as Record<string, unknown>;
    if (conversationId === undefined && token === undefined) {
      response.json(issue({ conversationId: randomId(), userId: `dl_${randomId()}` }));
      return;
    }
    const access = typeof token === 'string' ? tokens.check(token, 'access', RESUME_MS) : 'unknown';
    if (access === 'unknown') refuse(response, REFUSALS.unauthorized);
    else if (access === 'expired') refuse(response, REFUSALS.expired);
    else if (access.conversationId !== conversationId) refuse(response, REFUSALS.otherConversation);
    else if ((await conversations.length(keyOf(conversationId))) === undefined)
      refuse(response, REFUSALS.ended);
    else response.json(issue(access));
  }
  routes.post('/tokens/generate', starts, json, (request, response) => generate(request, response));

  routes.post(
    '/tokens/refresh',
    admitted(async (_, response, { access, key }) => {
      if ((await conversations.length(key)) === undefined) refuse(response, REFUSALS.ended);
      else response.json(issue(access));
    }),
  );

  // The body names a user and a language; the token has named the user.
  routes.post(
    '/conversations',
    onlyAdmitted,
    starts,
    admitted(async (request, response, { access, key }) => {
      const opened = await conversations.open(key);
      if (opened === 'ending') refuse(response, REFUSALS.ended);
      else response.status(opened === 'new' ? 201 : 200).json(describe(request, access, ''));
    }),
  );

  routes.get(
    '/conversations/:id',
    admitted(async (request, response, { access, key }) => {
      const length = await conversations.length(key);
      if (length === undefined) {
        refuse(response, REFUSALS.ended);
        return;
      }
      const position = parseWatermark(request.query.watermark, length);
      response.json(describe(request, access, position === 0 ? '' : String(position)));
    }),
  );

  routes.delete(
    '/conversations/:id',
    admitted(async (_, response, { key }) => {
      await conversations.forget(key);
      response.status(204).end();
    }),
  );

  routes.get(
    '/conversations/:id/activities',
    admitted(async (request, response, { access, key }) => {
      const length = await conversations.length(key);
      if (length === undefined) {
        refuse(response, REFUSALS.ended);
        return;
      }
      const position = parseWatermark(request.query.watermark, length);
      const entries = await activities.read(key, position, PAGE);
      response.json({
        activities: entries.map((entry) => toWire(entry, access)),
        watermark: String(entries.at(-1)?.position ?? position),
      });
    }),
  );

  routes.post(
    '/conversations/:id/activities',
    onlyAdmitted,
    posts,
    json,
    admitted(async (request, response, { access }) => {
      const posted = readPosted(request.body, access, limits.textLength);
      const refusal = await takePosted(posted, request.ip ?? '', { conversations, callbacks });
      if (refusal) refuse(response, refusal);
      else response.json({ id: posted.id });
    }),
  );

  routes.post('/conversations/:id/upload', onlyAdmitted, (_, response) => {
    refuse(response, REFUSALS.upload);
  });

  routes.get('/conversations/:id/stream', (_, response) => refuse(response, REFUSALS.noStream));
  routes.use((_, response) => refuse(response, REFUSALS.notFound));
  routes.use(jsonErrors(deps.log));
  return routes;
}

/** Who may call from a page, what a page may read of the answer, and that nobody keeps it. */
function pageHeaders({ allowedOrigins }: RouteDeps): RequestHandler {
  return (request, response, next) => {
    response.set({
      vary: 'origin',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    const origin = request.get('origin');
    const verdict = judgeOrigin(origin, request.get('host'), allowedOrigins);
    if (verdict === 'refused') {
      refuse(response, REFUSALS.origin);
      return;
    }
    if (origin !== undefined && verdict === 'allowed') {
      response.set({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'retry-after',
      });
    }
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response
      .set({
        'access-control-allow-methods': 'GET, POST, DELETE',
        'access-control-allow-headers':
          'accept, authorization, content-type, x-ms-bot-agent, x-requested-with',
        'access-control-max-age': '600',
      })
      .status(204)
      .end();
  };
}

function throttled(perMinute: number): RequestHandler {
  const throttle = new Throttle(perMinute);
  return async (request, response, next) => {
    const seconds = await throttle.take(request.ip ?? '');
    if (seconds === 0) next();
    else refuse(response, { ...REFUSALS.busy, retryAfterSeconds: seconds });
  };
}

/** Behind the same name and prefix as the request; a proxy that ends TLS says so. */
function streamUrl(request: Request, access: Access, ticket: string, watermark: string): string {
  const isSecure = request.secure || request.get('origin') === `https://${request.get('host')}`;
  const host = request.get('host');
  const query = new URLSearchParams({ watermark, t: ticket }).toString();
  return `${isSecure ? 'wss' : 'ws'}://${host}${request.baseUrl}/conversations/${access.conversationId}/stream?${query}`;
}

function jsonErrors(log: Logger): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error instanceof Error && 'status' in error ? error.status : undefined;
    if (status === 413) refuse(response, REFUSALS.tooLarge);
    else if (status === 415) refuse(response, REFUSALS.encoding);
    else if (typeof status === 'number' && status >= 400 && status < 500)
      refuse(response, REFUSALS.unreadable);
    else {
      log.error({ err: error }, 'request failed');
      refuse(response, REFUSALS.fault);
    }
  };
}

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { keyOf } from './conversations.ts';
import { judgeOrigin } from './origin.ts';
import { REFUSALS } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { RouteDeps } from './routes.ts';
import { Stream } from './stream.ts';
import type { Streams } from './streams.ts';
import type { Access } from './token.ts';
import { parseWatermark } from './wire.ts';

/** What a client may send in one message; it has nothing to send but pings. */
const PAYLOAD_LIMIT_BYTES = 64 * 1024;

const STREAM_PATH = /^\/(?:v3\/)?directline\/conversations\/([\w-]+)\/stream$/;

interface Visit {
  readonly access: Access;
  readonly conversationId: string;
  readonly position: number;
}

/** Serves streams on `server`. Other upgrades are refused, unless someone else listens for them. */
export function serveStreams(server: Server, streams: Streams, deps: RouteDeps): void {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: PAYLOAD_LIMIT_BYTES,
    perMessageDeflate: false,
  });
  const { activities, limits, log } = deps;

  server.on('upgrade', (request, socket: Duplex, head) => {
    socket.on('error', ignore);
    const url = URL.parse(request.url ?? '', 'http://stream');
    const [, conversation] = STREAM_PATH.exec(url?.pathname ?? '') ?? [];
    if (!url || conversation === undefined) {
      if (server.listenerCount('upgrade') === 1) refuseUpgrade(socket, REFUSALS.notFound);
      return;
    }
    void open(request, socket, head, conversation, url.searchParams);
  });

  async function open(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    conversation: string,
    query: URLSearchParams,
  ): Promise<void> {
    try {
      const visit = await admitVisit(request, conversation, query, streams, deps);
      if (socket.destroyed) return;
      if ('status' in visit) {
        refuseUpgrade(socket, visit);
        return;
      }
      socket.off('error', ignore);
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const read: typeof activities.read = (...range) => activities.read(...range);
        streams.add(new Stream(webSocket, visit, { read, limits, log }));
      });
    } catch (error) {
      log.error({ err: error }, 'a stream could not be opened');
      refuseUpgrade(socket, REFUSALS.fault);
    }
  }
}

async function admitVisit(
  request: IncomingMessage,
  conversation: string,
  query: URLSearchParams,
  streams: Streams,
  { tokens, conversations, allowedOrigins, isStopping }: RouteDeps,
): Promise<Visit | Refusal> {
  const { origin, host } = request.headers;
  if (judgeOrigin(origin, host, allowedOrigins) === 'refused') return REFUSALS.origin;
  const access = tokens.check(query.get('t') ?? '', 'stream');
  if (access === 'unknown') return REFUSALS.unauthorized;
  if (access === 'expired') return REFUSALS.expired;
  if (access.conversationId !== conversation) return REFUSALS.otherConversation;
  const conversationId = keyOf(conversation);
  const length = await conversations.length(conversationId);
  if (length === undefined) return REFUSALS.ended;
  if (isStopping() || streams.isFull) return REFUSALS.stopping;
  return { access, conversationId, position: parseWatermark(query.get('watermark'), length) };
}

function refuseUpgrade(
  socket: Duplex,
  { status, code, message, retryAfterSeconds }: Refusal,
): void {
  const body = JSON.stringify({ error: { code, message } });
  const head = [
    `HTTP/1.1 ${status} ${code}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...(retryAfterSeconds === undefined ? [] : [`retry-after: ${retryAfterSeconds}`]),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function ignore(): void {}

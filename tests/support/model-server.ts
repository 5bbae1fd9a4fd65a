import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { serve } from './serve.ts';

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly response_format?: {
    readonly type: string;
    readonly json_schema?: { readonly name: string };
  };
}

/** One request as the server got it. */
export interface ModelRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: ChatRequest;
  /** Everything that was sent, as text: what left the process. */
  readonly sent: string;
  /** What is asked for: the name of the schema, such as `answer` or `opinion`. */
  readonly purpose: string;
  /** The data of the request: the last message, read as JSON; empty where it is none. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a player does with a request: a value to answer with as JSON, or something done by hand. */
export type Player = (request: ModelRequest, response: ServerResponse) => unknown;

export interface ModelServer {
  readonly baseUrl: string;
  /** All requests so far, in order. */
  readonly requests: readonly ModelRequest[];
  /** Who answers from now on. */
  play(player: Player): void;
}

/** The player has answered by itself. */
export const DONE = Symbol('done');

/** An address that speaks OpenAI's chat protocol, whole or as a stream, and answers as `player` does. */
export async function withModelServer<Result>(
  player: Player,
  use: (server: ModelServer) => Promise<Result>,
): Promise<Result> {
  const requests: ModelRequest[] = [];
  let playing = player;
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const sent = Buffer.concat(parts).toString('utf8');
      const body = JSON.parse(sent) as ChatRequest;
      const request: ModelRequest = {
        path: incoming.url ?? '',
        headers: incoming.headers,
        body,
        sent,
        purpose: body.response_format?.json_schema?.name ?? '',
        data: dataOf(body),
      };
      requests.push(request);
      void answer(request, response, playing);
    });
  });
  const { port, close } = await serve(server);
  try {
    return await use({
      baseUrl: `http://127.0.0.1:${port}/v1`,
      requests,
      play: (next) => {
        playing = next;
      },
    });
  } finally {
    await close();
  }
}

async function answer(
  request: ModelRequest,
  response: ServerResponse,
  player: Player,
): Promise<void> {
  const said: unknown = await player(request, response);
  if (said === DONE) return;
  const content = typeof said === 'string' ? said : JSON.stringify(said);
  if (request.body.stream) sendStream(response, request.body.model, content);
  else sendWhole(response, request.body.model, content);
}

/** Tokens that each answer is said to have cost. */
export const USAGE = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };

function sendWhole(response: ServerResponse, model: string, content: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model,
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: USAGE,
    }),
  );
}

const PIECE = 40;

/** Server-sent events, a few characters each; `cutAfter` ends the connection after that many. */
export function sendStream(
  response: ServerResponse,
  model: string,
  content: string,
  cutAfter = Infinity,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (choices: unknown[], usage?: object) =>
    response.write(
      `data: ${JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion.chunk',
        created: 1,
        model,
        choices,
        ...(usage && { usage }),
      })}\n\n`,
    );
  send([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]);
  for (let at = 0; at < content.length; at += PIECE) {
    if (at >= cutAfter) {
      setTimeout(() => response.destroy(), 20);
      return;
    }
    send([{ index: 0, delta: { content: content.slice(at, at + PIECE) }, finish_reason: null }]);
  }
  send([{ index: 0, delta: {}, finish_reason: 'stop' }]);
  send([], USAGE);
  response.end('data: [DONE]\n\n');
}

export function sendFailure(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): typeof DONE {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message: 'not now', type: 'test', code: null } }));
  return DONE;
}

/** Takes the request and never answers. */
export const hanging: Player = () => DONE;

export function slow(ms: number, player: Player): Player {
  return async (request, response) => {
    await delay(ms);
    return response.destroyed ? DONE : player(request, response);
  };
}

function dataOf({ messages }: ChatRequest): Record<string, unknown> {
  const text = messages?.at(-1)?.content;
  if (typeof text !== 'string') return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

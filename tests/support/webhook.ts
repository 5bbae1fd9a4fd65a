import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { serve } from './serve.ts';

interface TakenPost {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How one POST is answered: a status, a redirect to an address, or never. */
export type WebhookAnswer = number | { readonly location: string } | 'hang';

/** Stands in for the clinic's side of HANDOFF_WEBHOOK_URL. */
export interface WebhookServer {
  readonly url: string;
  readonly posts: TakenPost[];
  /** For the next posts, in this order; 200 when they are used up. */
  readonly answers: WebhookAnswer[];
  close(): Promise<void>;
}

export async function startWebhook(...answers: WebhookAnswer[]): Promise<WebhookServer> {
  const posts: TakenPost[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method, url: path, headers } = request;
      posts.push({ method, path, headers, body });
      reply(response, answers.shift() ?? 200);
    });
  });
  const { port, close } = await serve(server);
  return {
    url: `http://127.0.0.1:${port}/hook`,
    posts,
    answers,
    close,
  };
}

function reply(response: ServerResponse, answer: WebhookAnswer): void {
  if (answer === 'hang') return;
  if (typeof answer === 'number') response.writeHead(answer).end('noted');
  else response.writeHead(307, answer).end();
}

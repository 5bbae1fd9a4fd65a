import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { serve } from './serve.ts';

export interface EmbeddingsRequest {
  readonly input: string[];
  readonly model: string;
  readonly headers: IncomingHttpHeaders;
}

export interface EmbeddingsServer {
  readonly baseUrl: string;
  /** All requests so far, the refused ones too. */
  readonly requests: EmbeddingsRequest[];
}

type Answering = (response: ServerResponse, request: EmbeddingsRequest, attempt: number) => void;

/** An address that speaks OpenAI's embeddings protocol, and answers as the test wants it to. */
export async function withEmbeddingsServer(
  answering: Answering,
  use: (server: EmbeddingsServer) => Promise<void>,
): Promise<void> {
  const requests: EmbeddingsRequest[] = [];
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (part: Buffer) => {
      body += part.toString();
    });
    incoming.on('end', () => {
      const sent = JSON.parse(body) as Pick<EmbeddingsRequest, 'input' | 'model'>;
      const request = { ...sent, headers: incoming.headers };
      requests.push(request);
      answering(response, request, requests.length);
    });
  });
  const { port, close } = await serve(server);
  try {
    await use({ baseUrl: `http://127.0.0.1:${port}/v1`, requests });
  } finally {
    await close();
  }
}

export function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** A refusal that may be tried again at once. */
export function sendError(response: ServerResponse, status: number, message: string): void {
  const headers = { 'content-type': 'application/json', 'retry-after-ms': '5' };
  response.writeHead(status, headers);
  response.end(JSON.stringify({ error: { message, type: 'test' } }));
}

/** A vector of length 5 for each text, which says how long the text was. */
export function vectorsOf(texts: readonly string[]): { index: number; embedding: number[] }[] {
  return texts.map((text, index) => ({ index, embedding: [3, 4, 0, text.length] }));
}

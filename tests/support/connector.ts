import { createServer } from 'node:http';
import type { Reply } from '../../bot/reply.ts';
import { serve } from './serve.ts';

export interface SentActivity {
  readonly type: string;
  readonly text?: string;
  readonly replyToId?: string;
  readonly channelData?: { readonly reply?: Reply };
}

/** Stands in for the channel's side: takes activities as Azure Bot Service does. */
export interface Connector {
  readonly serviceUrl: string;
  readonly sent: SentActivity[];
  /** The HTTP status it answers with from now on. */
  status: number;
  readonly close: () => Promise<void>;
}

export async function startConnector(): Promise<Connector> {
  const sent: SentActivity[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      if (connector.status === 200) sent.push(JSON.parse(body) as SentActivity);
      response.writeHead(connector.status, { 'content-type': 'application/json' });
      response.end('{"id":"taken"}');
    });
  });
  const { port, close } = await serve(server);
  const connector: Connector = {
    serviceUrl: `http://127.0.0.1:${port}/_connector`,
    sent,
    status: 200,
    close,
  };
  return connector;
}

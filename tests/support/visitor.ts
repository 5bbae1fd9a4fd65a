import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Reply } from '../../bot/reply.ts';

export interface SeenActivity {
  readonly type: string;
  readonly id: string;
  readonly text?: string;
  readonly timestamp: string;
  readonly channelId: string;
  readonly conversation: { readonly id: string };
  readonly from: { readonly id: string; readonly role: string; readonly name?: string };
  readonly replyToId?: string;
  readonly channelData?: { readonly clientActivityID?: string; readonly reply?: Reply };
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON body; undefined where there is none. */
  readonly body: any;
}

/** A plain Direct Line client: what the official one sends, without a browser. */
export class Visitor {
  readonly base: string;
  token = '';
  conversationId = '';
  streamUrl = '';
  watermark = '';
  /** In the order they came, over all connections; typing is apart. */
  readonly seen: SeenActivity[] = [];
  typing = 0;
  readonly closes: number[] = [];
  socket: WebSocket | undefined;

  constructor(base: string) {
    this.base = base;
  }

  async call(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answered> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  /** Token and conversation. */
  async begin(): Promise<this> {
    const { body } = await this.call('POST', '/tokens/generate');
    this.token = body.token;
    this.conversationId = body.conversationId;
    const started = await this.call('POST', '/conversations', { body: { user: { id: 'r_1' } } });
    this.streamUrl = started.body.streamUrl;
    return this;
  }

  say(text: string, more: object = {}): Promise<Answered> {
    return this.post({ type: 'message', text, ...more });
  }

  post(activity: unknown): Promise<Answered> {
    return this.call('POST', `/conversations/${this.conversationId}/activities`, {
      body: activity,
    });
  }

  /** What is new, over HTTP. */
  async poll(): Promise<SeenActivity[]> {
    const query = `watermark=${this.watermark}`;
    const { body } = await this.call(
      'GET',
      `/conversations/${this.conversationId}/activities?${query}`,
    );
    this.watermark = body.watermark;
    this.seen.push(...body.activities);
    return body.activities;
  }

  /** Opens the stream that was given last, and resolves when it is open. */
  async connect(options: { headers?: Record<string, string> } = {}): Promise<WebSocket> {
    const socket = new WebSocket(this.streamUrl, options);
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString())));
    socket.on('close', (code) => this.closes.push(code));
    await new Promise<void>((opened, failed) => {
      socket.once('open', opened);
      socket.once('error', failed);
    });
    return socket;
  }

  /** As the official client after a dropped socket: asks for a stream from its watermark, and opens it. */
  async reconnect(): Promise<void> {
    const { body } = await this.call(
      'GET',
      `/conversations/${this.conversationId}?watermark=${this.watermark}`,
    );
    this.token = body.token;
    this.streamUrl = body.streamUrl;
    await this.connect();
  }

  /** What was said, ours and theirs, in order. */
  get texts(): (string | undefined)[] {
    return this.seen.map(({ text }) => text);
  }

  close(): void {
    this.socket?.terminate();
  }

  #take({ activities, watermark }: { activities: SeenActivity[]; watermark: string }): void {
    this.watermark = watermark;
    for (const activity of activities) {
      if (activity.type === 'typing') this.typing += 1;
      else this.seen.push(activity);
    }
  }
}

/** A visitor with a token and a conversation of their own. */
export function begin(base: string): Promise<Visitor> {
  return new Visitor(base).begin();
}

/** HTTP status and error code with which an upgrade is refused. */
export function refusedUpgrade(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number | undefined; code: string }> {
  return new Promise((refused, failed) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      socket.terminate();
      failed(new Error('the upgrade was accepted'));
    });
    socket.on('error', failed);
    socket.on('unexpected-response', (_, response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () =>
        refused({ status: response.statusCode, code: JSON.parse(text).error.code }),
      );
    });
  });
}

/** Waits until something holds; fails after `ms`. */
export async function until(holds: () => boolean | Promise<boolean>, ms = 5000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`did not come to hold within ${ms} ms`);
    await delay(5);
  }
}

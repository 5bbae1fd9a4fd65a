import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { RequestOptions } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { PROJECT_ROOT } from '../../../knowledge/project-root.ts';
import { GREETING, withChat } from '../../support/direct-line.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

const CADDYFILE = join(PROJECT_ROOT, 'bot', 'hosting', 'Caddyfile');

const describeWithCaddy = hasCaddy()
  ? describe
  : (((subject: string, work: () => void) =>
      describe.skip(`${subject} (skipped: no caddy found)`, work)) as typeof describe);

interface Proxied {
  readonly port: number;
  /** Of the proxy's own authority, which signs for localhost. */
  readonly ca: string;
  readonly send: (options: CallOptions, body?: string) => Promise<Answer>;
}

interface CallOptions extends Pick<RequestOptions, 'method' | 'path' | 'localAddress'> {
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

describeWithCaddy('the proxy of the hosting folder', () => {
  it('passes a visit on over TLS: token, conversation, WebSocket, answer', async () => {
    await withProxiedChat({}, async ({ port, ca, send }) => {
      const own = { origin: `https://localhost:${port}`, 'content-type': 'application/json' };
      const token = await send({
        method: 'POST',
        path: '/directline/tokens/generate',
        headers: own,
      });
      expect(token.status).toBe(200);
      const bearer = { ...own, authorization: `Bearer ${JSON.parse(token.body).token}` };
      const opened = await send({
        method: 'POST',
        path: '/directline/conversations',
        headers: bearer,
      });
      expect(opened.status).toBe(201);
      const { conversationId, streamUrl } = JSON.parse(opened.body);
      expect(streamUrl).toMatch(`wss://localhost:${port}/directline/conversations/`);

      const socket = new WebSocket(streamUrl, { ca, origin: own.origin });
      const said: string[] = [];
      socket.on('message', (data) => {
        const text = (data as Buffer).toString('utf8');
        if (text === '') return;
        for (const { from, text: line } of JSON.parse(text).activities) {
          if (from.role === 'bot' && line) said.push(line);
        }
      });
      await once(socket, 'open');
      const posted = await send(
        {
          method: 'POST',
          path: `/directline/conversations/${conversationId}/activities`,
          headers: bearer,
        },
        JSON.stringify({ type: 'message', from: { id: 'x' }, text: 'Does it hurt?' }),
      );
      expect(posted.status).toBe(200);
      await until(() => said.length >= 2);
      socket.close();
      expect(said[0]).toBe(GREETING);
      expect(said[1]).toContain('You asked: Does it hurt?');
    });
  });

  it('tells the bot who a visitor is, whatever the visitor says about it', async () => {
    await withProxiedChat({ startsPerMinute: 2 }, async ({ send }) => {
      const start = async (localAddress: string, claimed: string) => {
        const { status } = await send({
          method: 'POST',
          path: '/directline/tokens/generate',
          localAddress,
          headers: { 'x-forwarded-for': claimed },
        });
        return status;
      };
      expect(await start('127.0.0.2', '203.0.113.1')).toBe(200);
      expect(await start('127.0.0.2', '203.0.113.2')).toBe(200);
      expect(await start('127.0.0.2', '203.0.113.3')).toBe(429);
      expect(await start('127.0.0.3', '203.0.113.3')).toBe(200);
    });
  });

  it('keeps other pages out, and what is for the machine only', async () => {
    await withProxiedChat({}, async ({ send }) => {
      const elsewhere = await send({
        method: 'POST',
        path: '/directline/tokens/generate',
        headers: { origin: 'https://other.example' },
      });
      expect(elsewhere.status).toBe(403);
      for (const path of ['/metrics', '/healthz', '/readyz']) {
        expect((await send({ path })).status).toBe(404);
      }
      const other = await send({ path: '/nowhere' });
      expect(other.status).toBe(404);
      expect(other.headers['strict-transport-security']).toBe('max-age=31536000');
      expect(other.headers.server).toBeUndefined();
    });
  });

  it('leaves it to the bot to refuse what is too long, and itself stops what is far too long', async () => {
    await withProxiedChat({}, async ({ send }) => {
      const post = (kilobytes: number) =>
        send(
          {
            method: 'POST',
            path: '/directline/tokens/generate',
            headers: { 'content-type': 'application/json' },
          },
          JSON.stringify({ token: 'x'.repeat(kilobytes * 1024) }),
        );
      const long = await post(300);
      expect(long.status).toBe(413);
      expect(JSON.parse(long.body).error.code).toBe('MessageSizeTooBig');
      // 413 too, but for older proxies, which take the end of the body for a fault of the bot.
      const far = await post(600);
      expect([413, 502]).toContain(far.status);
      expect(far.body).toBe('');
    });
  });
});

function hasCaddy(): boolean {
  try {
    execFileSync('caddy', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The real proxy with the real Caddyfile and a certificate of its own, before the real server. */
async function withProxiedChat(
  limits: { startsPerMinute?: number },
  use: (proxied: Proxied) => Promise<void>,
): Promise<void> {
  await withChat({ limits }, async ({ url }) => {
    await inTempFolder(async (home) => {
      const [port, plainPort] = [await freePort(), await freePort()];
      const caddy = spawn('caddy', ['run', '--config', CADDYFILE, '--adapter', 'caddyfile'], {
        env: {
          ...process.env,
          HOME: home,
          XDG_DATA_HOME: home,
          XDG_CONFIG_HOME: home,
          DOMAIN: 'localhost',
          HTTP_PORT: String(plainPort),
          HTTPS_PORT: String(port),
          UPSTREAM: new URL(url).host,
        },
        stdio: 'ignore',
      });
      const ended = once(caddy, 'exit');
      try {
        const authority = join(home, 'caddy', 'pki', 'authorities', 'local', 'root.crt');
        let ca = '';
        await until(async () => {
          ca = readFileSync(authority, 'utf8');
          await send(port, ca, { path: '/healthz' });
          return true;
        });
        await use({ port, ca, send: (options, body) => send(port, ca, options, body) });
      } finally {
        caddy.kill('SIGTERM');
        await ended;
      }
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function send(port: number, ca: string, options: CallOptions, body?: string): Promise<Answer> {
  return new Promise((answered, failed) => {
    const agent = new Agent({ keepAlive: false });
    // By address: localhost may be ::1 first, from which no 127.0.0.2 can call.
    const outgoing = request(
      {
        host: '127.0.0.1',
        servername: 'localhost',
        port,
        ca,
        agent,
        ...options,
        headers: { host: `localhost:${port}`, ...options.headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('error', failed);
        response.on('end', () => {
          answered({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      },
    );
    outgoing.on('error', failed);
    outgoing.end(body);
  });
}

/** Tries again until it is so; what is thrown meanwhile counts as not yet. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  for (;;) {
    try {
      if (await isSo()) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    if (Date.now() > end) throw new Error('waited 20 s in vain');
    await delay(50);
  }
}

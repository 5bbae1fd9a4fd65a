import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServedChat } from '../../support/direct-line.ts';
import { GREETING, withChat } from '../../support/direct-line.ts';
import { answer } from '../../support/replies.ts';
import { begin, refusedUpgrade, until, Visitor } from '../../support/visitor.ts';

function publish(chat: ServedChat, visitor: Visitor, text: string, id?: string) {
  return chat.directLine.publish(`directline/${visitor.conversationId}`, {
    type: 'message',
    text,
    ...(id !== undefined && { id }),
  });
}

describe('a stream', () => {
  it('shows the greeting, then what is said, typing and the reply, with a watermark', () => {
    const answerTurn = async (utterance: string) => {
      await delay(50);
      return answer(`You asked: ${utterance}`);
    };
    return withChat({ answerTurn }, async ({ base }) => {
      const visitor = await begin(base);
      const socket = await visitor.connect();
      await until(() => visitor.seen.length === 1);
      expect(visitor.watermark).toBe('1');
      socket.send('');
      await visitor.say('does it hurt?', { channelData: { clientActivityID: 'c-1' } });
      await until(() => visitor.seen.length === 3);

      expect(visitor.seen).toMatchObject([
        { text: GREETING, from: { role: 'bot' } },
        { text: 'does it hurt?', channelData: { clientActivityID: 'c-1' } },
        { text: expect.stringContaining('You asked'), replyToId: visitor.seen[1]?.id },
      ]);
      expect([visitor.typing, visitor.watermark]).toEqual([1, '3']);
      visitor.close();
    });
  });

  it('shows the same to two sockets of one conversation, and to nobody else', () =>
    withChat({}, async ({ base }) => {
      const [first, stranger] = [await begin(base), await begin(base)];
      const second = new Visitor(base);
      Object.assign(second, { token: first.token, conversationId: first.conversationId });
      await first.connect();
      await second.reconnect();
      await stranger.connect();
      await Promise.all([first.say('one'), second.say('two')]);
      await until(() => first.seen.length === 5 && second.seen.length === 5);
      await delay(20);

      expect(second.seen).toEqual(first.seen);
      expect(stranger.texts).toEqual([GREETING]);
      for (const visitor of [first, second, stranger]) visitor.close();
    }));

  it('resumes behind a watermark: what was said meanwhile comes once, in order', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      await visitor.connect();
      await visitor.say('one');
      await until(() => visitor.seen.length === 3);
      visitor.close();
      await until(() => chat.directLine.load().streams === 0);
      for (let i = 0; i < 130; i += 1) await publish(chat, visitor, `staff ${i}`);
      await visitor.reconnect();
      await until(() => visitor.seen.length === 133);

      expect(visitor.texts.slice(3)).toEqual(Array.from({ length: 130 }, (_, i) => `staff ${i}`));
      visitor.close();
    }));

  it('is refused with the reason where it is not due', () => {
    let now = Date.now();
    return withChat({ now: () => now, limits: { streams: 1 } }, async ({ base, url, store }) => {
      const [visitor, other] = [await begin(base), await begin(base)];
      const address = new URL(visitor.streamUrl);
      const without = new URL(address);
      without.searchParams.delete('t');
      const foreign = new URL(address);
      foreign.searchParams.set('t', new URL(other.streamUrl).searchParams.get('t') ?? '');
      const withToken = new URL(address);
      withToken.searchParams.set('t', visitor.token);
      const elsewhere = `${url.replace('http', 'ws')}/elsewhere`;

      expect(await refusedUpgrade(without.href)).toEqual({ status: 401, code: 'Unauthorized' });
      expect(await refusedUpgrade(withToken.href)).toEqual({ status: 401, code: 'Unauthorized' });
      expect(await refusedUpgrade(foreign.href)).toEqual({ status: 403, code: 'Forbidden' });
      expect(await refusedUpgrade(address.href, { origin: 'https://evil.example' })).toEqual({
        status: 403,
        code: 'OriginNotAllowed',
      });
      expect(await refusedUpgrade(elsewhere)).toEqual({ status: 404, code: 'NotFound' });
      await visitor.connect();
      expect(await refusedUpgrade(other.streamUrl)).toEqual({
        status: 503,
        code: 'ServiceUnavailable',
      });
      visitor.close();
      await store.deleteConversation(`directline/${other.conversationId}`);
      expect(await refusedUpgrade(other.streamUrl)).toEqual({
        status: 404,
        code: 'ConversationNotFound',
      });
      now += 61_000;
      expect(await refusedUpgrade(address.href)).toEqual({ status: 403, code: 'TokenExpired' });
    });
  });

  it('gives way to newer ones of its conversation', () =>
    withChat({ limits: { streamsPerConversation: 2 } }, async ({ base, directLine }) => {
      const tabs: Visitor[] = [await begin(base)];
      await tabs[0]?.connect();
      for (let i = 0; i < 2; i += 1) {
        const tab = new Visitor(base);
        Object.assign(tab, { token: tabs[0]?.token, conversationId: tabs[0]?.conversationId });
        await tab.reconnect();
        tabs.push(tab);
      }
      await until(() => directLine.load().streams === 2);

      expect(tabs.map(({ closes }) => closes)).toEqual([[1008], [], []]);
      for (const tab of tabs) tab.close();
    }));

  it('is closed by a client message over 64 kB', () =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      const socket = await visitor.connect();
      socket.send('x'.repeat(64 * 1024 + 1));
      await until(() => visitor.closes.length > 0);

      expect(visitor.closes).toEqual([1009]);
    }));

  it('is closed where the peer answers no ping, or nothing is said for long', () =>
    withChat({ limits: { pingMs: 40 } }, async (chat) => {
      const [dead, alive] = [await begin(chat.base), await begin(chat.base)];
      const silent = await dead.connect();
      (silent as unknown as { _socket: { pause(): void } })._socket.pause();
      await alive.connect();
      await until(() => chat.directLine.load().streams === 1);
      await delay(100);
      expect(chat.directLine.load().streams).toBe(1);
      expect(alive.closes).toEqual([]);
      for (const visitor of [dead, alive]) visitor.close();

      await chat.stop();
      await chat.start({ limits: { pingMs: 30, idleMs: 60 } });
      const idle = await begin(chat.base);
      await idle.connect();
      await until(() => idle.closes.length > 0);
      expect(idle.closes).toEqual([1001]);
    }));

  it('that does not read is closed with 1013, costs little, and resumes where it was', () =>
    withChat({ limits: { slowMs: 300 } }, async (chat) => {
      const visitor = await begin(chat.base);
      const socket = await visitor.connect();
      await until(() => visitor.seen.length === 1);
      socket.pause();
      const before = process.memoryUsage().external;
      const COUNT = 400;
      for (let i = 0; i < COUNT; i += 1) {
        await publish(chat, visitor, `${i} ${'x'.repeat(100_000)}`);
        if (i % 20 === 0) await delay(1);
      }
      await delay(400);
      expect(process.memoryUsage().external - before).toBeLessThan(15e6);
      socket.resume();
      await until(() => visitor.closes.length > 0, 20_000);
      expect(visitor.closes).toEqual([1013]);
      expect(visitor.seen.length).toBeLessThan(COUNT);

      await visitor.reconnect();
      await until(() => visitor.seen.length >= COUNT + 1, 20_000);
      expect(visitor.texts.slice(1).map((text) => Number.parseInt(text ?? '', 10))).toEqual(
        Array.from({ length: COUNT }, (_, i) => i),
      );
      visitor.close();
    }));

  it('ends when its conversation is deleted', () =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      await visitor.connect();
      await visitor.call('DELETE', `/conversations/${visitor.conversationId}`);
      await until(() => visitor.closes.length > 0);

      expect(visitor.closes).toEqual([1000]);
    }));

  it('leaves nothing in memory when everyone has gone', () =>
    withChat({}, async ({ base, directLine }) => {
      const visitors = await Promise.all(Array.from({ length: 20 }, () => begin(base)));
      await Promise.all(visitors.map((visitor) => visitor.connect()));
      await Promise.all(visitors.map((visitor) => visitor.say('hi')));
      expect(directLine.load().streams).toBe(20);
      for (const visitor of visitors) visitor.close();
      await until(() => directLine.load().streams === 0 && directLine.load().turns === 0);
    }));

  it('is not harmed by a connection that breaks during the handshake', () =>
    withChat({}, async ({ base, url, directLine }) => {
      const visitor = await begin(base);
      const { pathname, search } = new URL(visitor.streamUrl);
      const { port } = new URL(url);
      for (let i = 0; i < 10; i += 1) {
        const socket = connect(Number(port), '127.0.0.1');
        socket.write(
          `GET ${pathname}${search} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
            'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        );
        await delay(i % 3);
        socket.resetAndDestroy();
      }
      await until(() => directLine.load().streams === 0);
      await visitor.connect();
      await until(() => visitor.seen.length === 1);
      visitor.close();
    }));
});

describe('publish', () => {
  it('reaches who is connected now and who is not later, once, as staff', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      await visitor.connect();
      expect(await publish(chat, visitor, 'now', 's1')).toBe('done');
      expect(await publish(chat, visitor, 'now', 's1')).toBe('repeated');
      await until(() => visitor.seen.length === 2);
      visitor.close();
      await publish(chat, visitor, 'later');
      await visitor.reconnect();
      await until(() => visitor.seen.length === 3);

      expect(visitor.texts).toEqual([GREETING, 'now', 'later']);
      expect(visitor.seen[1]).toMatchObject({ id: 's1', from: { id: 'staff', role: 'bot' } });
      visitor.close();
    }));

  it('makes no conversation', () =>
    withChat({}, async (chat) => {
      expect(await publish(chat, new Visitor(chat.base), 'hello')).toBe('unknown');
    }));
});

describe('a restart', () => {
  it('keeps token, log and order: the client resumes by its watermark', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      await visitor.connect();
      await visitor.say('one');
      await until(() => visitor.seen.length === 3);
      await chat.stop();
      expect(visitor.closes).toEqual([1001]);
      await chat.start();
      await publish(chat, visitor, 'meanwhile');
      await visitor.reconnect();
      await visitor.say('two');
      await until(() => visitor.seen.length === 6);

      expect(visitor.texts.slice(1)).toEqual([
        'one',
        expect.stringContaining('asked: one'),
        'meanwhile',
        'two',
        expect.stringContaining('asked: two'),
      ]);
      visitor.close();
    }));

  it('waits for the turns that run, and lets their answers out before it says goodbye', () =>
    withChat(
      {
        answerTurn: async (utterance) => {
          await delay(150);
          return answer(`re ${utterance}`);
        },
      },
      async (chat) => {
        const visitor = await begin(chat.base);
        await visitor.connect();
        await visitor.say('one');
        await chat.stop();

        expect(visitor.texts).toEqual([GREETING, 'one', 're one']);
        expect(visitor.closes).toEqual([1001]);
      },
    ));

  it('answers what an earlier process took and did not come to answer, before anything newer', () =>
    withChat({ answerTurn: () => new Promise(() => {}), limits: { drainMs: 30 } }, async (chat) => {
      const visitor = await begin(chat.base);
      await visitor.say('one');
      await visitor.say('two');
      await chat.stop();
      await chat.start({
        answerTurn: async (utterance) => {
          await delay(30);
          return answer(`re ${utterance}`);
        },
      });
      await visitor.reconnect();
      await visitor.say('three');
      await until(() => visitor.seen.length === 7);

      expect(visitor.texts).toEqual([
        GREETING,
        'one',
        'two',
        'three',
        're one',
        're two',
        're three',
      ]);
      await chat.stop();
      await chat.start();
      await visitor.poll();
      expect(visitor.seen).toHaveLength(7);
    }));

  it('sends a reply that was made but not shown, without making it again', () =>
    withChat({ answerTurn: () => new Promise(() => {}), limits: { drainMs: 30 } }, async (chat) => {
      const visitor = await begin(chat.base);
      const { body } = await visitor.say('one');
      const key = `directline/${visitor.conversationId}`;
      await until(async () => (await chat.store.loadConversation(key, 9)).messages.length === 2);
      await chat.store.appendReply(key, body.id, answer('The first.'));
      await chat.stop();
      await chat.start({ answerTurn: () => Promise.resolve(answer('Another.')) });
      await until(async () => (await visitor.poll()).some(({ text }) => text === 'The first.'));
    }));
});

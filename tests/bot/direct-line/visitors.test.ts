import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import { GREETING, withChat } from '../../support/direct-line.ts';
import { answer } from '../../support/replies.ts';
import { begin, until, Visitor } from '../../support/visitor.ts';

/**
 * Says it until it is taken, under one id, as a client does that lost the connection before it heard.
 * A socket that closed is opened again, behind what has been seen.
 */
async function insist(visitor: Visitor, text: string): Promise<void> {
  const channelData = { clientActivityID: text };
  for (;;) {
    const posted = await visitor.say(text, { channelData }).catch(() => undefined);
    if (posted?.status === 200) return;
    await delay(20);
  }
}

async function follow(visitor: Visitor, isDone: () => boolean): Promise<void> {
  for (;;) {
    await visitor.reconnect().catch(() => delay(20));
    const closed = visitor.closes.length;
    while (!isDone() && visitor.closes.length === closed && visitor.socket?.readyState === 1)
      await delay(10);
    if (isDone()) return visitor.close();
  }
}

async function pollUntil(visitor: Visitor, isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    await visitor.poll().catch(() => undefined);
    await delay(250);
  }
}

describe('many visitors at once', () => {
  it.each([
    ['in good order', 100, undefined],
    ['with no time for the turns that run', 40, 0],
  ])(
    'get every message exactly once and in order, over both transports and a restart %s',
    (_, count, drainMs) =>
      withChat(
        {
          answerTurn: async (utterance) => {
            await delay(20);
            return answer(`re ${utterance}`);
          },
          ...(drainMs !== undefined && { limits: { drainMs } }),
        },
        async (chat) => {
          const visitors = await Promise.all(Array.from({ length: count }, () => begin(chat.base)));
          let said = 0;
          const visits = visitors.map(async (visitor, i) => {
            const isDone = () => visitor.seen.length >= 7;
            const listening = i % 2 ? follow(visitor, isDone) : pollUntil(visitor, isDone);
            for (const n of [1, 2, 3]) {
              await insist(visitor, `${i}.${n}`);
              said += 1;
              // Asks on when answered, as most people do; every fifth does not wait.
              if (i % 5) await until(() => visitor.texts.includes(`re ${i}.${n}`), 20_000);
            }
            await listening;
          });
          await until(() => said > count, 20_000);
          await chat.stop();
          await delay(100);
          await chat.start();
          await Promise.all(visits);

          for (const [i, visitor] of visitors.entries()) {
            const mine = visitor.texts.filter((text) => !text?.startsWith('re '));
            const ours = visitor.texts.filter((text) => text?.startsWith('re '));
            expect(mine).toEqual([GREETING, `${i}.1`, `${i}.2`, `${i}.3`]);
            expect(ours).toEqual([`re ${i}.1`, `re ${i}.2`, `re ${i}.3`]);
            const again = new Visitor(chat.base);
            Object.assign(again, { token: visitor.token, conversationId: visitor.conversationId });
            await again.poll();
            expect(again.seen).toEqual(visitor.seen);
          }
          await until(() => chat.directLine.load().streams === 0);
          expect(chat.directLine.load()).toEqual({ streams: 0, turns: 0 });
        },
      ),
    60_000,
  );
});

describe('text of any kind', () => {
  it('comes back as it was said, over both transports', () =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      await visitor.connect();
      const said = [
        '<script>alert(1)</script>',
        '"; DROP TABLE activities; --',
        '\u0000\u0001\u001b[31m',
        '\u202Etest\u200B\uFEFF',
        '👩🏽‍⚕️ ﷽ Ω≈ç√∫ ṱ̊̎̕',
        '{"type":"message","watermark":"999"}',
        '__proto__',
        '../../../etc/passwd%00',
        '\r\n\r\nHTTP/1.1 200 OK',
        '${7*7} {{7*7}} %s%n',
        ...fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), {
          numRuns: 40,
          seed: 7,
        }),
      ];
      for (const text of said) expect((await visitor.say(text)).status).toBe(200);
      await until(() => visitor.seen.length === 1 + 2 * said.length, 20_000);

      const mine = (from: Visitor) =>
        from.seen.flatMap(({ from: { role }, text }) => (role === 'user' ? [text] : []));
      expect(mine(visitor)).toEqual(said);
      const again = new Visitor(base);
      Object.assign(again, { token: visitor.token, conversationId: visitor.conversationId });
      await again.poll();
      await again.poll();
      expect(again.seen).toEqual(visitor.seen);
      visitor.close();
    }));
});

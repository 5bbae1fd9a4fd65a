import { answersTo, message, withBot } from '../support/bot.ts';
import { createGate } from '../support/gate.ts';
import { answer } from '../support/replies.ts';

const azureBot = { clientId: 'client', clientSecret: 'secret', tenantId: 'tenant' };

describe('POST /api/messages', () => {
  it('answers an expectReplies delivery in the response, with the whole reply in channelData', () =>
    withBot({}, async (bot) => {
      const response = await bot.post({
        ...message('does it hurt?'),
        deliveryMode: 'expectReplies',
      });

      expect(response.status).toBe(200);
      const { activities } = (await response.json()) as { activities: Record<string, unknown>[] };
      expect(activities).toHaveLength(1);
      expect(activities[0]).toMatchObject({
        type: 'message',
        channelId: 'emulator',
        channelData: { reply: { kind: 'answer', text: 'You asked: does it hurt? [1]' } },
      });
    }));

  it('sends typing, then one message, to the channel', () =>
    withBot({}, async (bot) => {
      const { serviceUrl, sent } = bot.connector;
      const response = await bot.post(message('does it hurt?', { id: 'a1', serviceUrl }));

      expect(response.status).toBe(200);
      expect(sent.map(({ type }) => type)).toEqual(['typing', 'message']);
      expect(sent[1]).toMatchObject({
        replyToId: 'a1',
        text: expect.stringContaining('You asked'),
      });
    }));

  it('answers 502 when the channel does not take the reply, keeps it, and sends it on redelivery', () => {
    let turns = 0;
    return withBot(
      {
        answerTurn: () => Promise.resolve(answer(`Turn ${(turns += 1)}. [1]`)),
      },
      async (bot) => {
        const { connector } = bot;
        const activity = message('does it hurt?', { id: 'a1', serviceUrl: connector.serviceUrl });
        connector.status = 503;
        const refused = await bot.post(activity);
        const stored = await bot.store.replyTo('emulator/conversation-1', 'a1');

        expect(refused.status).toBe(502);
        expect(await refused.json()).toEqual({ error: expect.stringContaining('stored') });
        expect(stored).toMatchObject({ delivered: false, reply: { text: 'Turn 1. [1]' } });
        expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);

        connector.status = 200;
        expect((await bot.post(activity)).status).toBe(200);
        expect(connector.sent).toMatchObject([{ type: 'message', text: 'Turn 1. [1]' }]);
        expect(turns).toBe(1);
      },
    );
  });

  it('holds back a conversation that sends without pause, and no other', () =>
    withBot({ activitiesPerMinute: 2 }, async (bot) => {
      const { serviceUrl, sent } = bot.connector;
      const say = (id: string) => bot.post(message('hi', { serviceUrl, conversation: { id } }));
      await say('c1');
      await say('c1');
      const third = await say('c1');

      expect(third.status).toBe(429);
      expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await third.json()).toEqual({ error: expect.stringContaining('Retry-After') });
      expect((await say('c2')).status).toBe(200);
      expect(sent.filter(({ type }) => type === 'message')).toHaveLength(3);
    }));

  it.each([
    ['no JSON', '{"type": "message", "text": "my chest hu', 400],
    ['no object', '[1, 2]', 400],
    ['no activity', '{"hello": "there"}', 400],
    ['no way to answer', JSON.stringify(message('hi')), 400],
    ['over 256 kB', JSON.stringify(message('x'.repeat(300_000))), 413],
  ])('refuses a body that is %s in JSON', (_, body, status) =>
    withBot({}, async (bot) => {
      const response = await bot.post(body);

      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ error: expect.any(String) });
      expect(bot.logged.join('')).not.toContain('chest');
    }),
  );

  it('does not send replies to an address of the sender’s choosing', () =>
    withBot({}, async (bot) => {
      const response = await bot.post(message('hi', { serviceUrl: 'https://evil.example/' }));

      expect(response.status).toBe(400);
    }));

  it('is closed past loopback without a client id, and says what to set', () =>
    withBot({ config: { host: '0.0.0.0', port: 0, azureBot: undefined } }, async (bot) => {
      const { port } = new URL(bot.url);
      const response = await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST' });

      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        set: ['CLIENT_ID', 'CLIENT_SECRET', 'TENANT_ID'],
      });
    }));

  it('wants a token of Azure Bot Service where a client id is set', () =>
    withBot({ config: { host: '127.0.0.1', port: 0, azureBot } }, async (bot) => {
      const { serviceUrl } = bot.connector;
      const forOthers = `${btoa('{"alg":"RS256"}')}.${btoa('{"aud":"other"}')}.c2ln`;
      const authorization = `Bearer ${forOthers}`;

      expect((await bot.post(message('hi', { serviceUrl }))).status).toBe(401);
      expect((await bot.post(message('hi', { serviceUrl }), { authorization })).status).toBe(401);
      expect(bot.connector.sent).toEqual([]);
    }));

  it('starts and answers with NODE_ENV=production and no client id', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await withBot({}, async (bot) => {
        expect(await answersTo(bot, message('hi'))).toHaveLength(1);
      });
    } finally {
      process.env.NODE_ENV = before;
    }
  });

  it('finishes the turn it is in when told to stop, and takes no other', () => {
    const begun = createGate();
    return withBot(
      {
        answerTurn: async (utterance) => {
          begun.open();
          await new Promise((done) => setTimeout(done, 100));
          return answer(utterance);
        },
      },
      async (bot) => {
        const running = answersTo(bot, message('last'));
        await begun.opened;
        await Promise.all([bot.stop(), running]);

        expect(await running).toMatchObject([{ text: 'last' }]);
        await expect(bot.post(message('late'))).rejects.toThrow();
      },
    );
  });
});

describe('the other routes', () => {
  it('says that the process is alive', () =>
    withBot({}, async ({ url }) => {
      const response = await fetch(`${url}/healthz`);
      expect(response.status).toBe(200);
    }));

  it('names what is missing while not ready', async () => {
    const missing = ['index'];
    await withBot({ isReady: () => Promise.resolve(missing) }, async ({ url }) => {
      const waiting = await fetch(`${url}/readyz`);
      expect([waiting.status, await waiting.json()]).toEqual([
        503,
        { ready: false, missing: ['index'] },
      ]);
      missing.pop();
      const ready = await fetch(`${url}/readyz`);
      expect([ready.status, await ready.json()]).toEqual([200, { ready: true, missing: [] }]);
    });
  });

  it('says that unsigned wording is unsigned, and is ready all the same', () =>
    withBot({ signoff: 'unsigned' }, async ({ url }) => {
      const response = await fetch(`${url}/readyz`);
      expect([response.status, await response.json()]).toEqual([
        200,
        { ready: true, missing: [], signoff: 'unsigned' },
      ]);
    }));

  it('serves an article for the source sheet', () => {
    const articles = new Map([['after-care', { title: 'After care', text: 'Rest.' }]]);
    return withBot({ articles }, async ({ url }) => {
      const known = await fetch(`${url}/articles/after-care`);
      expect(await known.json()).toEqual({
        slug: 'after-care',
        title: 'After care',
        text: 'Rest.',
      });
      const unknown = await fetch(`${url}/articles/none`);
      expect([unknown.status, await unknown.json()]).toEqual([404, { error: 'no such article' }]);
      expect((await fetch(`${url}/articles/%E0%A4%A`)).status).toBe(400);
    });
  });

  it('answers 404 in JSON elsewhere', () =>
    withBot({}, async ({ url }) => {
      const response = await fetch(`${url}/nowhere`);
      expect([response.status, await response.json()]).toEqual([404, { error: 'not found' }]);
    }));
});

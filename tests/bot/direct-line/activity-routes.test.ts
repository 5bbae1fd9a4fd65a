import { GREETING, withChat } from '../../support/direct-line.ts';
import { createGate } from '../../support/gate.ts';
import { answer, escalation } from '../../support/replies.ts';
import { begin, until } from '../../support/visitor.ts';

describe('POST /conversations/:id/activities', () => {
  it('shows the message with the client’s own id, then the whole reply', () =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      const { status, body } = await visitor.say('does it hurt?', {
        channelData: { clientActivityID: 'c-1', secret: 'x' },
      });
      expect(status).toBe(200);
      await until(async () => (await visitor.poll(), visitor.seen.length >= 3));

      const [greeting, said, reply] = visitor.seen;
      expect(greeting).toMatchObject({ id: 'greeting.1', text: GREETING, from: { role: 'bot' } });
      expect(said).toEqual({
        type: 'message',
        id: body.id,
        text: 'does it hurt?',
        textFormat: 'plain',
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        channelId: 'directline',
        conversation: { id: visitor.conversationId },
        from: { id: expect.stringMatching(/^dl_/), role: 'user' },
        channelData: { clientActivityID: 'c-1' },
      });
      expect(reply).toMatchObject({
        type: 'message',
        text: expect.stringContaining('You asked: does it hurt?'),
        replyToId: body.id,
        from: { id: 'bot', role: 'bot' },
        channelData: { reply: { kind: 'answer', text: 'You asked: does it hurt? [1]' } },
      });
    }));

  it('lets no client say who, where or when it speaks', () =>
    withChat({}, async ({ base, store }) => {
      const visitor = await begin(base);
      await visitor.say('hi', {
        id: 'mine',
        from: { id: 'bot', role: 'bot', name: 'Doctor' },
        recipient: { id: 'other' },
        conversation: { id: 'other' },
        channelId: 'msteams',
        serviceUrl: 'https://evil.example/',
        timestamp: '2001-01-01T00:00:00Z',
        replyToId: 'greeting.1',
        attachments: [{ contentType: 'text/html', content: '<b>' }],
        deliveryMode: 'expectReplies',
      });
      await until(async () => (await visitor.poll(), visitor.seen.length >= 3));

      const said = visitor.seen[1];
      expect(said).toMatchObject({
        channelId: 'directline',
        conversation: { id: visitor.conversationId },
        from: { role: 'user' },
      });
      expect(JSON.stringify(said)).not.toMatch(/Doctor|evil|2001-01|"mine"|other|html|replyToId/);
      expect(await store.loadConversation('msteams/other', 5)).toMatchObject({ messages: [] });
    }));

  it('answers a message that is posted twice once', () => {
    let turns = 0;
    return withChat(
      { answerTurn: () => Promise.resolve(answer(`Turn ${(turns += 1)}.`)) },
      async ({ base }) => {
        const [visitor, other] = [await begin(base), await begin(base)];
        const channelData = { clientActivityID: 'c-1' };
        const posted = await Promise.all([
          visitor.say('hi', { channelData }),
          visitor.say('hi', { channelData }),
        ]);
        await until(async () => (await visitor.poll(), visitor.seen.length >= 3));
        posted.push(await visitor.say('hi', { channelData }));
        await other.say('hi', { channelData });
        await until(async () => (await other.poll(), other.seen.length >= 3));
        await visitor.poll();

        expect(posted.map(({ status }) => status)).toEqual([200, 200, 200]);
        expect(new Set(posted.map(({ body }) => body.id)).size).toBe(1);
        expect(visitor.texts).toEqual([GREETING, 'hi', 'Turn 1.']);
        expect(other.texts).toEqual([GREETING, 'hi', 'Turn 2.']);
      },
    );
  });

  it('answers in the order it was asked, and keeps a conversation’s turns apart', () => {
    const pasts: number[] = [];
    return withChat(
      {
        answerTurn: async (utterance, past) => {
          pasts.push(past.messages.length);
          await new Promise((done) => setTimeout(done, utterance === 'one' ? 60 : 0));
          return answer(`re ${utterance}`);
        },
      },
      async ({ base }) => {
        const visitor = await begin(base);
        for (const text of ['one', 'two', 'three']) await visitor.say(text);
        await until(async () => (await visitor.poll(), visitor.seen.length >= 7));

        expect(visitor.texts).toEqual([
          GREETING,
          'one',
          'two',
          'three',
          're one',
          're two',
          're three',
        ]);
        expect(pasts).toEqual([1, 3, 5]);
      },
    );
  });

  it.each([
    ['typing', { type: 'typing' }],
    ['a thumb whose entity has no type', { type: 'event', entities: [{ '@type': 'LikeAction' }] }],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
  ])('acknowledges %s and says nothing', (_, activity) =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      const { status, body } = await visitor.post(activity);

      expect([status, body]).toEqual([200, { id: expect.any(String) }]);
      expect(await visitor.poll()).toHaveLength(1);
    }),
  );

  it('asks for words where there are none', () =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      await visitor.post({ type: 'message', attachments: [{ contentType: 'image/png' }] });
      await until(async () => (await visitor.poll(), visitor.seen.length >= 3));

      expect(visitor.seen[2]?.text).toContain('type your question');
    }));

  it.each([
    ['no JSON', '{"type": "message", "text": "my chest hu', 400, 'BadRequest'],
    ['no object', '[1]', 400, 'BadArgument'],
    ['of a type that is not a visitor’s', { type: 'conversationUpdate' }, 400, 'BadArgument'],
    ['an invoke', { type: 'invoke', name: 'task/fetch' }, 400, 'BadArgument'],
    ['no text but a number', { type: 'message', text: 7 }, 400, 'BadArgument'],
    [
      'a text that is too long',
      { type: 'message', text: 'x'.repeat(30_001) },
      413,
      'MessageSizeTooBig',
    ],
    [
      'over 256 kB',
      { type: 'message', text: 'hi', value: 'x'.repeat(300_000) },
      413,
      'MessageSizeTooBig',
    ],
  ])('refuses a body that is %s', (_, activity, status, code) =>
    withChat({}, async ({ base, logged }) => {
      const visitor = await begin(base);
      const refused = await visitor.post(activity);

      expect([refused.status, refused.body.error]).toEqual([
        status,
        { code, message: expect.any(String) },
      ]);
      expect(await visitor.poll()).toHaveLength(1);
      expect(logged.join('')).not.toContain('chest');
    }),
  );

  it('refuses a stranger’s body unread', () =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      visitor.token = '';

      expect((await visitor.post('x'.repeat(300_000))).status).toBe(401);
    }));

  it('takes no more of a conversation than can wait, and nothing is lost of what it takes', () => {
    const gate = createGate();
    return withChat(
      {
        limits: { waitingPerConversation: 3 },
        answerTurn: async (utterance) => {
          await gate.opened;
          return answer(`re ${utterance}`);
        },
      },
      async ({ base }) => {
        const visitor = await begin(base);
        for (const text of ['1', '2', '3']) expect((await visitor.say(text)).status).toBe(200);
        const fourth = await visitor.say('4');
        expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([429, '2']);
        gate.open();
        await until(async () => (await visitor.poll(), visitor.seen.length >= 7));

        expect(visitor.texts).toEqual([GREETING, '1', '2', '3', 're 1', 're 2', 're 3']);
      },
    );
  });

  it('holds back an address that posts without pause', () =>
    withChat({ limits: { activitiesPerMinute: 2 } }, async ({ base }) => {
      const visitor = await begin(base);
      await visitor.say('1');
      await visitor.say('2');

      expect((await visitor.say('3')).status).toBe(429);
    }));

  it('still answers who is connected when nothing can be stored', () =>
    withChat({ answerTurn: () => Promise.resolve(escalation('Call 911 now.')) }, async (chat) => {
      const visitor = await begin(chat.base);
      await visitor.connect();
      await until(() => visitor.seen.length === 1);
      await chat.store.close();

      expect((await visitor.say('I cannot breathe')).status).toBe(200);
      await until(() => visitor.seen.length === 3);
      expect(visitor.texts).toEqual([GREETING, 'I cannot breathe', 'Call 911 now.']);
      expect(chat.logged.join('')).not.toContain('breathe');
      visitor.close();
    }));
});

describe('GET /conversations/:id/activities', () => {
  it('gives what is behind the watermark, a page at a time', () =>
    withChat({}, async ({ base, directLine }) => {
      const visitor = await begin(base);
      for (let i = 1; i <= 120; i += 1) {
        await directLine.publish(`directline/${visitor.conversationId}`, {
          type: 'message',
          text: String(i),
        });
      }
      expect(await visitor.poll()).toHaveLength(100);
      expect(visitor.watermark).toBe('100');
      expect(await visitor.poll()).toHaveLength(21);
      expect(await visitor.poll()).toEqual([]);
      expect(visitor.watermark).toBe('121');
      expect(visitor.texts.slice(1)).toEqual(Array.from({ length: 120 }, (_, i) => `${i + 1}`));
    }));

  it.each([
    ['', 1],
    ['0', 1],
    ['-', 1],
    ['null', 1],
    ['1e9', 1],
    ['1', 0],
    ['999999', 0],
  ])('reads the watermark "%s" without fault', (watermark, entries) =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      visitor.watermark = watermark;

      expect(await visitor.poll()).toHaveLength(entries);
      expect(visitor.watermark).toBe('1');
    }),
  );
});

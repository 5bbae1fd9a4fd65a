import { answer, escalation } from '../../support/replies.ts';
import { GREETING, withChat } from '../../support/direct-line.ts';
import { Visitor, until } from '../../support/visitor.ts';

const MINUTE = 60_000;

function begin(base: string): Promise<Visitor> {
  return new Visitor(base).begin();
}

describe('POST /tokens/generate', () => {
  it('gives each caller a conversation of its own, with half an hour', () =>
    withChat({}, async ({ base }) => {
      const visitor = new Visitor(base);
      const first = await visitor.call('POST', '/tokens/generate');
      const second = await visitor.call('POST', '/tokens/generate', { body: {} });

      expect([first.status, first.body]).toEqual([
        200,
        {
          conversationId: expect.stringMatching(/^[\w-]{22}$/),
          token: expect.any(String),
          expires_in: 1800,
        },
      ]);
      expect(first.headers.get('cache-control')).toBe('no-store');
      expect(second.body.conversationId).not.toBe(first.body.conversationId);
    }));

  it('resumes a conversation for who was in it, with a token that has expired too', () => {
    let now = Date.now();
    return withChat({ now: () => now }, async ({ base }) => {
      const visitor = await begin(base);
      const { token, conversationId } = visitor;
      now += 31 * MINUTE;
      const expired = await visitor.poll().catch((error: unknown) => error);
      expect(expired).toBeInstanceOf(Error);

      const { status, body } = await visitor.call('POST', '/tokens/generate', {
        body: { conversationId, token },
      });
      expect([status, body.conversationId]).toEqual([200, conversationId]);
      visitor.token = body.token;
      visitor.watermark = '';
      expect((await visitor.poll()).map(({ text }) => text)).toEqual([GREETING]);
    });
  });

  it('resumes nothing for others, nothing that has ended, and nothing after 30 days', () => {
    let now = Date.now();
    return withChat({ now: () => now }, async ({ base }) => {
      const [mine, theirs] = [await begin(base), await begin(base)];
      const resume = (conversationId: unknown, token: unknown) =>
        mine.call('POST', '/tokens/generate', { body: { conversationId, token } });

      expect((await resume(theirs.conversationId, mine.token)).status).toBe(403);
      expect((await resume(mine.conversationId, 'x.y.z')).status).toBe(401);
      expect((await resume(mine.conversationId, undefined)).status).toBe(401);
      expect((await resume(mine.conversationId, 17)).status).toBe(401);
      expect((await resume(mine.conversationId, mine.token)).status).toBe(200);
      await theirs.call('DELETE', `/conversations/${theirs.conversationId}`);
      expect((await resume(theirs.conversationId, theirs.token)).status).toBe(404);
      now += 31 * 24 * 60 * MINUTE;
      const late = await resume(mine.conversationId, mine.token);
      expect([late.status, late.body.error.code]).toEqual([403, 'TokenExpired']);
    });
  });

  it('is refused to an address that asks too often, with when to come back', () =>
    withChat({ limits: { startsPerMinute: 2 } }, async ({ base }) => {
      const visitor = new Visitor(base);
      await visitor.call('POST', '/tokens/generate');
      await visitor.call('POST', '/tokens/generate');
      const third = await visitor.call('POST', '/tokens/generate');

      expect([third.status, third.body.error.code]).toEqual([429, 'TooManyRequests']);
      expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
      // A proxy beside us says for whom it asks.
      const other = await visitor.call('POST', '/tokens/generate', {
        headers: { 'x-forwarded-for': '2001:db8::1' },
      });
      expect(other.status).toBe(200);
    }));
});

describe('POST /conversations', () => {
  it('starts a conversation once, greets once, and says where its stream is', () =>
    withChat({}, async ({ base, url }) => {
      const visitor = await begin(base);
      const again = await visitor.call('POST', '/conversations');

      expect(again.status).toBe(200);
      expect(again.body).toEqual({
        conversationId: visitor.conversationId,
        token: expect.any(String),
        expires_in: 1800,
        streamUrl: expect.stringMatching(
          `^${url.replace('http', 'ws')}/directline/conversations/${visitor.conversationId}/stream\\?watermark=&t=`,
        ),
      });
      expect((await visitor.poll()).map(({ text }) => text)).toEqual([GREETING]);
    }));

  it('answers 201 to the first, also under /v3/directline', () =>
    withChat({}, async ({ url }) => {
      const visitor = new Visitor(`${url}/v3/directline`);
      const { body } = await visitor.call('POST', '/tokens/generate');
      visitor.token = body.token;
      const started = await visitor.call('POST', '/conversations');

      expect(started.status).toBe(201);
      expect(started.body.streamUrl).toContain('/v3/directline/conversations/');
    }));

  it('gives a wss address where the page came over https', () =>
    withChat({}, async ({ base, url }) => {
      const visitor = await begin(base);
      const { host } = new URL(url);
      for (const headers of [{ 'x-forwarded-proto': 'https' }, { origin: `https://${host}` }]) {
        const { body } = await visitor.call('POST', '/conversations', { headers });
        expect(body.streamUrl).toContain(`wss://${host}/`);
      }
    }));
});

describe('a token', () => {
  it.each([
    ['none', ''],
    ['nonsense', 'nonsense'],
    ['one without a signature', 'eyJhbGciOiJub25lIn0.e30.'],
    ['one that another key signed', 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln'],
  ])('is wanted everywhere, and %s is answered with 401', (_, token) =>
    withChat({}, async ({ base }) => {
      const { conversationId } = await begin(base);
      const stranger = new Visitor(base);
      stranger.token = token;
      for (const [method, path] of [
        ['POST', '/tokens/refresh'],
        ['POST', '/conversations'],
        ['GET', `/conversations/${conversationId}`],
        ['DELETE', `/conversations/${conversationId}`],
        ['GET', `/conversations/${conversationId}/activities`],
        ['POST', `/conversations/${conversationId}/activities`],
        ['POST', `/conversations/${conversationId}/upload`],
      ] as const) {
        const { status, body } = await stranger.call(method, path);
        expect([path, status, body.error.code]).toEqual([path, 401, 'Unauthorized']);
      }
    }),
  );

  it('opens its own conversation only, and for half an hour', () => {
    let now = Date.now();
    return withChat({ now: () => now }, async ({ base }) => {
      const [mine, theirs] = [await begin(base), await begin(base)];
      const elsewhere = await mine.call('GET', `/conversations/${theirs.conversationId}`);
      expect([elsewhere.status, elsewhere.body.error.code]).toEqual([403, 'Forbidden']);

      now += 30 * MINUTE;
      const late = await mine.say('hi');
      expect([late.status, late.body.error.code]).toEqual([403, 'TokenExpired']);
      expect((await mine.call('POST', '/tokens/refresh')).status).toBe(403);
    });
  });

  it('is refreshed for the same conversation and person', () => {
    let now = Date.now();
    return withChat({ now: () => now }, async ({ base }) => {
      const visitor = await begin(base);
      await visitor.say('before');
      now += 29 * MINUTE;
      const { status, body } = await visitor.call('POST', '/tokens/refresh');
      expect([status, body.conversationId]).toEqual([200, visitor.conversationId]);
      visitor.token = body.token;
      now += 29 * MINUTE;
      await visitor.say('after');
      await until(async () => (await visitor.poll(), visitor.seen.length >= 5));

      const people = visitor.seen.filter(({ from }) => from.role === 'user');
      expect(people.map(({ text }) => text)).toEqual(['before', 'after']);
      expect(new Set(people.map(({ from }) => from.id)).size).toBe(1);
    });
  });

  it('is not a stream’s ticket', () =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      visitor.token = new URL(visitor.streamUrl).searchParams.get('t') ?? '';

      expect((await visitor.say('hi')).status).toBe(401);
    }));
});

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
      expect(JSON.stringify(said)).not.toMatch(/Doctor|evil|2001|mine|other|html|replyToId/);
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
    let release = (): void => {};
    const slow = new Promise<void>((done) => (release = done));
    return withChat(
      {
        limits: { waitingPerConversation: 3 },
        answerTurn: async (utterance) => {
          await slow;
          return answer(`re ${utterance}`);
        },
      },
      async ({ base }) => {
        const visitor = await begin(base);
        for (const text of ['1', '2', '3']) expect((await visitor.say(text)).status).toBe(200);
        const fourth = await visitor.say('4');
        expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([429, '2']);
        release();
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

describe('POST /conversations/:id/upload', () => {
  it('is refused in JSON', () =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      const form = new FormData();
      form.append('file', new Blob(['x'.repeat(100_000)]), 'rash.png');
      const response = await fetch(
        `${base}/conversations/${visitor.conversationId}/upload?userId=me`,
        { method: 'POST', body: form, headers: { authorization: `Bearer ${visitor.token}` } },
      );

      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ error: { code: 'UploadsNotSupported' } });
    }));
});

describe('DELETE /conversations/:id', () => {
  it('forgets everything, and everything about it is then 404', () =>
    withChat({}, async ({ base, store }) => {
      const visitor = await begin(base);
      await visitor.say('I have a rash');
      await until(async () => (await visitor.poll()).length > 0 && visitor.seen.length >= 3);
      const path = `/conversations/${visitor.conversationId}`;
      expect((await visitor.call('DELETE', path)).status).toBe(204);

      for (const [method, gone] of [
        ['GET', path],
        ['GET', `${path}/activities`],
        ['POST', '/tokens/refresh'],
      ] as const) {
        const { status, body } = await visitor.call(method, gone);
        expect([gone, status, body.error.code]).toEqual([gone, 404, 'ConversationNotFound']);
      }
      expect((await visitor.say('hi')).status).toBe(404);
      const key = `directline/${visitor.conversationId}`;
      expect((await store.loadConversation(key, 10)).messages).toEqual([]);
      expect(await store.activities.read(key, 0, 10)).toEqual([]);
    }));

  it('waits for the turn that is running, which then leaves nothing behind', () => {
    let release = (): void => {};
    const slow = new Promise<void>((done) => (release = done));
    return withChat(
      {
        answerTurn: async () => {
          await slow;
          return answer('late');
        },
      },
      async ({ base, store, directLine }) => {
        const visitor = await begin(base);
        await visitor.say('one');
        await visitor.say('two');
        const deleted = visitor.call('DELETE', `/conversations/${visitor.conversationId}`);
        await until(async () => (await visitor.say('three')).status === 404);
        release();

        expect((await deleted).status).toBe(204);
        const key = `directline/${visitor.conversationId}`;
        expect(await store.activities.length(key)).toBeUndefined();
        expect((await store.loadConversation(key, 10)).messages).toEqual([]);
        expect(directLine.load()).toEqual({ streams: 0, turns: 0 });
      },
    );
  });
});

describe('everything else under /directline', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/tokens/generate'],
    ['GET', '/session/getsessionid'],
    ['PUT', '/conversations'],
    ['POST', '/conversations/x/y'],
  ])('answers %s %s with 404 and a code', (method, path) =>
    withChat({}, async ({ base }) => {
      const { status, body } = await (await begin(base)).call(method, path);

      expect([status, body]).toEqual([
        404,
        { error: { code: 'NotFound', message: expect.any(String) } },
      ]);
    }),
  );

  it('answers an address that cannot be read, and a stream asked for without a WebSocket, with 400', () =>
    withChat({}, async ({ base }) => {
      const visitor = await begin(base);
      for (const path of [
        '/conversations/%E0%A4%A',
        `/conversations/${visitor.conversationId}/stream`,
      ]) {
        const { status, body } = await visitor.call('GET', path);
        expect([status, body.error.code]).toEqual([400, 'BadRequest']);
      }
    }));
});

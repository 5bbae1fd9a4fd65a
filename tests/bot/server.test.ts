import { answer, citation, clarification, escalation } from '../support/replies.ts';
import { answersTo, message, withBot } from '../support/bot.ts';

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

  it('sends no typing on SMS', () =>
    withBot({}, async (bot) => {
      const { serviceUrl, sent } = bot.connector;
      await bot.post(message('does it hurt?', { channelId: 'sms', serviceUrl }));

      expect(sent.map(({ type }) => type)).toEqual(['message']);
    }));

  it('answers an activity that is delivered twice once', () => {
    let turns = 0;
    return withBot(
      {
        answerTurn: () => {
          turns += 1;
          return Promise.resolve(answer('Yes. [1]', { citations: [citation(1)] }));
        },
      },
      async (bot) => {
        const { serviceUrl, sent } = bot.connector;
        const activity = message('does it hurt?', { id: 'a1', serviceUrl });
        const [first, second] = await Promise.all([bot.post(activity), bot.post(activity)]);
        const third = await bot.post(activity);

        expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
        expect(turns).toBe(1);
        expect(sent.filter(({ type }) => type === 'message')).toHaveLength(1);
      },
    );
  });

  it('tells the same activity id in two conversations apart', () =>
    withBot({}, async (bot) => {
      const first = message('one', { id: 'a1', conversation: { id: 'c1' } });
      const second = message('two', { id: 'a1', conversation: { id: 'c2' } });

      expect(await answersTo(bot, first)).toHaveLength(1);
      expect(await answersTo(bot, second)).toHaveLength(1);
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

  it('keeps the order within a conversation and tells each turn only what came before it', () => {
    const seen: string[][] = [];
    return withBot(
      {
        answerTurn: async (utterance, past) => {
          seen.push(past.messages.map(({ text }) => text));
          await new Promise((done) => setTimeout(done, utterance === 'first' ? 100 : 0));
          return answer(`re ${utterance}`);
        },
      },
      async (bot) => {
        const { serviceUrl, sent } = bot.connector;
        const first = bot.post(message('first', { serviceUrl }));
        await new Promise((done) => setTimeout(done, 30));
        await Promise.all([first, bot.post(message('second', { serviceUrl }))]);

        const texts = sent.filter(({ type }) => type === 'message').map(({ text }) => text);
        expect(texts).toEqual(['re first', 're second']);
        expect(seen).toEqual([[], ['first', 're first']]);
      },
    );
  });

  it('does not let one conversation wait for another', () => {
    let release = (): void => {};
    const slow = new Promise<void>((done) => {
      release = done;
    });
    return withBot(
      {
        answerTurn: async (utterance) => {
          if (utterance === 'slow') await slow;
          return answer(utterance);
        },
      },
      async (bot) => {
        const waiting = answersTo(bot, message('slow', { conversation: { id: 'c1' } }));
        const quick = await answersTo(bot, message('quick', { conversation: { id: 'c2' } }));
        release();

        expect(quick).toMatchObject([{ text: 'quick' }]);
        expect(await waiting).toMatchObject([{ text: 'slow' }]);
      },
    );
  });

  it('still says how to reach the clinic when a turn breaks, and logs nothing the person wrote', () =>
    withBot(
      {
        answerTurn: (utterance) => Promise.reject(new Error(`cannot parse ${utterance}`)),
      },
      async (bot) => {
        const [said] = await answersTo(bot, message('my secret rash'));

        expect(said?.text).toContain('+1 555 010 0199');
        expect(said?.channelData?.reply).toMatchObject({ kind: 'unanswered', reason: 'fault' });
        expect(bot.logged.join('')).toContain('fault in a turn');
        expect(bot.logged.join('')).not.toContain('secret');
      },
    ));

  it('answers an emergency even when nothing can be stored', () =>
    withBot({ answerTurn: () => Promise.resolve(escalation('Call 911 now.')) }, async (bot) => {
      await bot.store.close();

      expect(await answersTo(bot, message('I cannot breathe'))).toMatchObject([
        { text: 'Call 911 now.' },
      ]);
    }));

  it('asks for words when a message has none', () =>
    withBot({}, async (bot) => {
      const attachments = [{ contentType: 'image/png', contentUrl: 'https://example.com/a.png' }];
      const [said] = await answersTo(bot, message(undefined, { attachments }));

      expect(said?.channelData?.reply?.kind).toBe('smalltalk');
      expect(said?.text).toContain('type your question');
    }));

  it('greets a newcomer once', () =>
    withBot({}, async (bot) => {
      const { serviceUrl, sent } = bot.connector;
      const joined = {
        ...message(undefined, { serviceUrl }),
        type: 'conversationUpdate',
        membersAdded: [{ id: 'bot' }, { id: 'visitor' }],
      };
      await bot.post(joined);
      await bot.post(joined);

      expect(sent.map(({ text }) => text)).toEqual(['Hello! Ask me about dry needling.']);
    }));

  it.each([
    ['typing', { type: 'typing' }],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    [
      'a thumb from Web Chat, whose entity has no type',
      {
        type: 'event',
        name: 'webchat:activity-status/feedback',
        entities: [{ '@type': 'LikeAction' }],
      },
    ],
    ['the end of a conversation', { type: 'endOfConversation' }],
  ])('acknowledges %s and says nothing', (_, more) =>
    withBot({}, async (bot) => {
      const { serviceUrl, sent } = bot.connector;
      const response = await bot.post({ ...message(undefined, { serviceUrl }), ...more });

      expect(response.status).toBe(200);
      expect(sent).toEqual([]);
    }),
  );

  it('answers the thumbs of Teams with 200 and other invokes with 501', () =>
    withBot({}, async (bot) => {
      const { serviceUrl } = bot.connector;
      const thumb = {
        type: 'invoke',
        name: 'message/submitAction',
        value: { actionName: 'feedback' },
      };
      const other = { type: 'invoke', name: 'task/fetch' };

      expect((await bot.post({ ...message(undefined, { serviceUrl }), ...thumb })).status).toBe(
        200,
      );
      expect((await bot.post({ ...message(undefined, { serviceUrl }), ...other })).status).toBe(
        501,
      );
    }));

  it('keeps a thumb of Teams on a message of ours, and the last one of several', () =>
    withBot({}, async (bot) => {
      const { serviceUrl } = bot.connector;
      const teams = { channelId: 'msteams', serviceUrl };
      const rate = (reaction: string, feedback: unknown, more: object = {}) =>
        bot.post({
          ...message(undefined, teams),
          type: 'invoke',
          name: 'message/submitAction',
          replyToId: 'taken',
          value: { actionName: 'feedback', actionValue: { reaction, feedback } },
          entities: [{ '@type': 'LikeAction' }],
          ...more,
        });
      await bot.post(message('does it hurt?', teams));

      expect((await rate('like', '')).status).toBe(200);
      expect((await rate('dislike', '{"feedbackText":"Too long."}')).status).toBe(200);
      // Not ours, not there, not readable: acknowledged, and nothing is kept.
      expect((await rate('like', '', { replyToId: 'another' })).status).toBe(200);
      expect((await rate('like', '', { conversation: { id: 'other' } })).status).toBe(200);
      expect((await rate('love', { $ne: 1 }, { replyToId: null })).status).toBe(200);
      expect(await bot.store.feedback.read('msteams/conversation-1')).toEqual([
        { activityId: 'taken', rating: 'down', reasons: [], remark: 'Too long.' },
      ]);
      expect(bot.logged.join('')).not.toContain('Too long');
    }));

  it('lets whoever is in a Teams group rate an answer there', () =>
    withBot({}, async (bot) => {
      const { serviceUrl } = bot.connector;
      const group = { id: 'team', isGroup: true };
      const teams = { channelId: 'msteams', serviceUrl, conversation: group };
      await bot.post(message('does it hurt?', { ...teams, from: { id: 'ann' } }));
      await bot.post({
        ...message(undefined, { ...teams, from: { id: 'bob' } }),
        type: 'invoke',
        name: 'message/submitAction',
        replyToId: 'taken',
        value: { actionName: 'feedback', actionValue: { reaction: 'like', feedback: 'Good' } },
      });

      expect(await bot.store.feedback.read('msteams/team#ann')).toMatchObject([
        { rating: 'up', remark: 'Good' },
      ]);
    }));

  it('answers a turn that hangs with the clinic’s number, and goes on to the next', () =>
    withBot(
      {
        turnLimitMs: 50,
        answerTurn: (utterance) =>
          utterance === 'hang' ? new Promise(() => {}) : Promise.resolve(answer(utterance)),
      },
      async (bot) => {
        const [hung, next] = await Promise.all([
          answersTo(bot, message('hang')),
          answersTo(bot, message('next')),
        ]);

        expect(hung[0]?.channelData?.reply).toMatchObject({ kind: 'unanswered', reason: 'fault' });
        expect(hung[0]?.text).toContain('+1 555 010 0199');
        expect(next).toMatchObject([{ text: 'next' }]);
        expect(bot.logged.join('')).toContain('STEP_OVERDUE');
      },
    ));

  it('leaves an emergency open where a turn breaks or has no words', () =>
    withBot(
      {
        answerTurn: (utterance) =>
          utterance === 'breathe'
            ? Promise.resolve(escalation('Call 911 now.'))
            : Promise.reject(new Error('broken')),
      },
      async (bot) => {
        for (const text of ['breathe', 'and now?', undefined]) {
          const [said] = await answersTo(bot, message(text));
          expect(said?.channelData?.reply?.safety.open).toEqual(['em.pneumothorax']);
        }
      },
    ));

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

  it('takes a message whose optional fields are null or empty', () =>
    withBot({}, async (bot) => {
      const activity = message('hi', {
        locale: '',
        replyToId: '',
        timestamp: null,
        from: { id: 'visitor', name: null, role: '' },
        attachments: [{}],
        entities: [null, { type: '' }],
      });

      expect(await answersTo(bot, activity)).toHaveLength(1);
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

  it('keeps the people of a group apart', () => {
    const pasts: number[] = [];
    return withBot(
      {
        answerTurn: (utterance, past) => {
          pasts.push(past.messages.length);
          return Promise.resolve(answer(utterance));
        },
      },
      async (bot) => {
        const conversation = { id: 'team', isGroup: true };
        await answersTo(bot, message('one', { conversation, from: { id: 'ann' } }));
        await answersTo(bot, message('two', { conversation, from: { id: 'bob' } }));
        await answersTo(bot, message('three', { conversation, from: { id: 'ann' } }));

        expect(pasts).toEqual([0, 0, 2]);
      },
    );
  });

  it('reads a mention of itself in Teams as no part of the question', () =>
    withBot({}, async (bot) => {
      const [said] = await answersTo(
        bot,
        message('<at>Needlepoint</at> does it hurt <at>Ann</at>?', {
          channelId: 'msteams',
          entities: [
            { type: 'mention', mentioned: { id: 'bot' }, text: '<at>Needlepoint</at>' },
            { type: 'mention', mentioned: { id: 'ann' }, text: '<at>Ann</at>' },
          ],
        }),
      );

      expect(said?.channelData?.reply?.text).toBe('You asked: does it hurt Ann? [1]');
    }));

  it('leaves words that the carrier answers to the carrier, but not an emergency', () =>
    withBot(
      {
        answerTurn: (utterance) =>
          Promise.resolve(utterance === 'help' ? escalation('Call 911.') : answer(utterance)),
      },
      async (bot) => {
        expect(await answersTo(bot, message('STOP', { channelId: 'sms' }))).toEqual([]);
        expect(await answersTo(bot, message('stop it', { channelId: 'sms' }))).toHaveLength(1);
        expect(await answersTo(bot, message('help', { channelId: 'sms' }))).toHaveLength(1);
        expect(await answersTo(bot, message('STOP'))).toHaveLength(1);
      },
    ));

  it('takes a YES to a question of ours from the carrier, and no other word', () =>
    withBot(
      {
        answerTurn: (utterance) =>
          Promise.resolve(clarification(utterance, { suggestions: ['A?', 'B?'] })),
      },
      async (bot) => {
        const sms = { channelId: 'sms' };
        expect(await answersTo(bot, message('hm', sms))).toHaveLength(1);
        expect(await answersTo(bot, message('YES', sms))).toHaveLength(1);
        expect(await answersTo(bot, message('STOP', sms))).toEqual([]);
      },
    ));

  it('answers MORE on SMS with the rest of what it said, and elsewhere as any message', () => {
    const long = Array.from({ length: 12 }, (_, i) => `This is sentence ${i + 1} [1].`).join(' ');
    return withBot(
      {
        answerTurn: (utterance) =>
          Promise.resolve(answer(utterance === 'long' ? long.repeat(2) : utterance)),
      },
      async (bot) => {
        const sms = { channelId: 'sms' };
        const [first] = await answersTo(bot, message('long', sms));
        const [more] = await answersTo(bot, message('More', sms));
        await answersTo(bot, message('thanks', sms));

        expect(first?.text).toMatch(/Reply MORE for the rest\.$/);
        expect(more?.text).toMatch(/^This is sentence/);
        expect(await answersTo(bot, message('MORE', sms))).toMatchObject([{ text: 'MORE' }]);
        await answersTo(bot, message('long'));
        expect(await answersTo(bot, message('MORE'))).toMatchObject([{ text: 'MORE' }]);
      },
    );
  });

  it('finishes the turn it is in when told to stop, and takes no other', () => {
    let begin = (): void => {};
    const begun = new Promise<void>((done) => {
      begin = done;
    });
    return withBot(
      {
        answerTurn: async (utterance) => {
          begin();
          await new Promise((done) => setTimeout(done, 100));
          return answer(utterance);
        },
      },
      async (bot) => {
        const running = answersTo(bot, message('last'));
        await begun;
        await Promise.all([bot.stop(), running]);

        expect(await running).toMatchObject([{ text: 'last' }]);
        await expect(bot.post(message('late'))).rejects.toThrow();
      },
    );
  });

  it('records an escalation with rule, version, span and whose hearing it was', () => {
    const recorded: unknown[] = [];
    const heard = { version: '1', level: 'emergency', start: 2, end: 16 } as const;
    return withBot(
      {
        answerTurn: () => Promise.resolve(escalation('Call 911.')),
        triggersOf: () =>
          Promise.resolve([
            { ...heard, rule: 'em.pneumothorax', by: 'rule' },
            { ...heard, rule: 'em.breathing', by: 'second-look' },
            { ...heard, start: 0, end: 0, rule: 'em.cardiac', by: 'model' },
          ]),
      },
      async (bot) => {
        const record = bot.store.recordEscalation.bind(bot.store);
        bot.store.recordEscalation = (escalated) => {
          recorded.push(escalated);
          return record(escalated);
        };
        await answersTo(bot, message('I cannot breathe', { id: 'a1' }));

        const entry = {
          conversationId: 'emulator/conversation-1',
          channelId: 'emulator',
          activityId: 'a1',
          span: { start: 2, end: 16 },
          replyText: 'Call 911.',
        };
        expect(recorded).toEqual([
          { ...entry, rule: 'em.pneumothorax', version: '1' },
          { ...entry, rule: 'em.breathing', version: '1 by second-look' },
          { ...entry, rule: 'em.cardiac', version: '1 by model', span: null },
        ]);
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

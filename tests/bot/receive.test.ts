import { answersTo, message, withBot } from '../support/bot.ts';
import { createGate } from '../support/gate.ts';
import { answer, citation, escalation } from '../support/replies.ts';

describe('receiveMessage', () => {
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
    const gate = createGate();
    return withBot(
      {
        answerTurn: async (utterance) => {
          if (utterance === 'slow') await gate.opened;
          return answer(utterance);
        },
      },
      async (bot) => {
        const waiting = answersTo(bot, message('slow', { conversation: { id: 'c1' } }));
        const quick = await answersTo(bot, message('quick', { conversation: { id: 'c2' } }));
        gate.open();

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

describe('receiveNewcomer', () => {
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
});

import { REAL_CALLBACKS } from '../../support/callbacks.ts';
import { withChat } from '../../support/direct-line.ts';
import { begin, until } from '../../support/visitor.ts';
import type { Answered, Visitor } from '../../support/visitor.ts';

const PHONE = '+1 (555) 010-0000';
const DANGER = "I had needling in my shoulder this morning and now I can't breathe";

function ask(visitor: Visitor, value: unknown, more: object = {}): Promise<Answered> {
  return visitor.post({ type: 'event', name: 'callback', value, ...more });
}

/** What the bot says to a visitor until it has said so much, besides the greeting. */
async function replies(visitor: Visitor, count: number) {
  const ours = () => visitor.seen.filter(({ from }) => from.role === 'bot').slice(1);
  await until(async () => (await visitor.poll(), ours().length >= count));
  return ours();
}

describe('a callback event', () => {
  it('is kept, and confirmed in the conversation with the number', () => {
    const kept: string[] = [];
    const callbacks = { ...REAL_CALLBACKS, kept: (id: string) => void kept.push(id) };
    return withChat({ callbacks }, async (chat) => {
      const visitor = await begin(chat.base);
      const value = { phone: PHONE, name: 'Ann Lee', note: 'Mornings are best.' };
      const { status, body } = await ask(visitor, value, {
        channelData: { clientActivityID: 'c-1' },
      });
      const [reply] = await replies(visitor, 1);

      expect([status, body]).toEqual([200, { id: expect.any(String) }]);
      expect(reply?.replyToId).toBe(body.id);
      expect(reply?.channelData?.reply).toMatchObject({
        kind: 'handoff',
        reason: 'person-wanted',
        language: 'en',
        contacts: [{ tel: '+15550100199' }],
        text: expect.stringContaining(PHONE),
      });
      const [waiting, ...more] = await chat.store.callbacks.allPending(10);
      expect(more).toEqual([]);
      expect(waiting).toEqual({
        id: kept[0],
        conversationId: `directline/${visitor.conversationId}`,
        channelId: 'directline',
        ...value,
        createdAt: expect.any(Number),
      });
      // The event is echoed to every client of the conversation, without what was filled in.
      const echo = visitor.seen.find(({ type }) => type === 'event');
      expect(echo).toMatchObject({ id: body.id, channelData: { clientActivityID: 'c-1' } });
      expect(JSON.stringify(echo)).not.toMatch(/555\D{0,2}010|\bAnn\b|Mornings/);
      expect(chat.logged.join('')).not.toMatch(/555\D{0,2}010|\bAnn\b|Mornings/);
    });
  });

  it('is answered in Spanish to a page in Spanish', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      await ask(visitor, { phone: PHONE }, { locale: 'es-MX' });
      const [reply] = await replies(visitor, 1);

      expect(reply?.channelData?.reply).toMatchObject({
        language: 'es',
        text: expect.stringContaining(`El número que dio es ${PHONE}.`),
        contacts: [{ label: 'Llamar a Elm Street Physio' }],
      });
    }));

  it('that is posted twice is one request and one answer', () => {
    const kept: string[] = [];
    const callbacks = { ...REAL_CALLBACKS, kept: (id: string) => void kept.push(id) };
    return withChat({ callbacks }, async (chat) => {
      const visitor = await begin(chat.base);
      const channelData = { clientActivityID: 'c-1' };
      const posted = await Promise.all([
        ask(visitor, { phone: PHONE }, { channelData }),
        ask(visitor, { phone: PHONE }, { channelData }),
      ]);
      await replies(visitor, 1);
      posted.push(await ask(visitor, { phone: PHONE }, { channelData }));
      await ask(visitor, { phone: PHONE }, { channelData: { clientActivityID: 'c-2' } });

      expect(posted.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(new Set(posted.map(({ body }) => body.id)).size).toBe(1);
      expect(await replies(visitor, 2)).toHaveLength(2);
      expect(await chat.store.callbacks.countPending()).toBe(2);
      expect(new Set(kept).size).toBe(2);
    });
  });

  it('whose note tells of an emergency gets the escalation first, and is kept', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      await ask(visitor, { phone: PHONE, note: DANGER });
      const [first, second] = (await replies(visitor, 2)).map(
        ({ channelData }) => channelData?.reply,
      );

      expect(first).toMatchObject({ kind: 'escalation', safety: { level: 'emergency' } });
      expect(second).toMatchObject({
        kind: 'handoff',
        safety: { open: first?.safety.rules },
        notices: [{ kind: 'open-emergency' }],
      });
      expect(await chat.store.callbacks.countPending()).toBe(1);
      // What a turn reads of the past: the note and its escalation, not the number.
      const { messages } = await chat.store.loadConversation(
        `directline/${visitor.conversationId}`,
        10,
      );
      expect(messages.slice(1)).toMatchObject([
        { from: 'user', text: DANGER },
        { from: 'bot', reply: { kind: 'escalation' } },
      ]);
      expect(JSON.stringify(messages)).not.toContain('010-0000');
    }));

  it('with a number that cannot be read is refused with a code of its own, and nothing is kept', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      for (const value of [{ phone: 'my mobile' }, { phone: 5550100 }, { note: 'hi' }, {}]) {
        const { status, body } = await ask(visitor, value);
        expect([status, body.error.code]).toEqual([400, 'PhoneNotReadable']);
      }

      expect(await chat.store.callbacks.countPending()).toBe(0);
      expect(await visitor.poll()).toHaveLength(1);
    }));

  it('with a number that cannot be read gets the escalation of its note all the same', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      const { status } = await ask(visitor, { phone: '?', note: DANGER });
      const said = await replies(visitor, 1);

      expect(status).toBe(400);
      expect(said.map(({ channelData }) => channelData?.reply?.kind)).toEqual(['escalation']);
      expect(await chat.store.callbacks.countPending()).toBe(0);
    }));

  it.each([
    ['no object', 'call me'],
    ['nothing', undefined],
    ['a list', [{ phone: PHONE }]],
    ['a name of 121 characters', { phone: PHONE, name: 'x'.repeat(121) }],
    ['a note of 1001 characters', { phone: PHONE, note: 'x'.repeat(1001) }],
    ['a note that is none', { phone: PHONE, note: { $gt: '' } }],
  ])('whose value is %s is refused', (_, value) =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      const { status, body } = await ask(visitor, value);

      expect(status).toBe(400);
      expect(body.error.code).toMatch(/^(BadArgument|PhoneNotReadable)$/);
      expect(await chat.store.callbacks.countPending()).toBe(0);
    }),
  );

  it('keeps hostile words as the words they are', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      const name = `'); drop table callbacks; -- <img src=x onerror=alert(1)>`;
      const note = '{{7*7}} \u202e \ud83d\ude00 __proto__ %s';
      await ask(visitor, { phone: PHONE, name, note, id: 'mine', sentAt: 1, __proto__: null });

      expect(await chat.store.callbacks.allPending(10)).toMatchObject([
        { name, note: '{{7*7}}  \ud83d\ude00 __proto__ %s' },
      ]);
    }));

  it('is taken a few times an hour from one conversation, and from others still', () =>
    withChat({ limits: { callbacksPerConversation: 2 } }, async (chat) => {
      const [visitor, other] = [await begin(chat.base), await begin(chat.base)];
      await ask(visitor, { phone: PHONE });
      await ask(visitor, { phone: PHONE }, { channelData: { clientActivityID: 'c-2' } });
      const third = await ask(visitor, { phone: PHONE });

      expect([third.status, third.body.error.code, third.headers.get('retry-after')]).toEqual([
        429,
        'TooManyCallbacks',
        '3600',
      ]);
      // A repetition is none too many.
      const again = { channelData: { clientActivityID: 'c-2' } };
      expect((await ask(visitor, { phone: PHONE }, again)).status).toBe(200);
      expect((await ask(other, { phone: PHONE })).status).toBe(200);
      expect(await chat.store.callbacks.countPending()).toBe(3);
    }));

  it('is held back from an address that asks without pause', () =>
    withChat({ limits: { callbacksPerMinute: 1 } }, async (chat) => {
      const [visitor, other] = [await begin(chat.base), await begin(chat.base)];
      await ask(visitor, { phone: PHONE });
      const second = await ask(other, { phone: PHONE, note: DANGER });

      expect([second.status, second.body.error.code]).toEqual([429, 'TooManyRequests']);
      expect((await replies(other, 1))[0]?.channelData?.reply?.kind).toBe('escalation');
    }));

  it('is not confirmed where it cannot be stored; an emergency in it is answered', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      await visitor.connect();
      await until(() => visitor.seen.length === 1);
      await chat.store.close();
      const { status, body } = await ask(visitor, { phone: PHONE, note: DANGER });
      await until(() => visitor.seen.length === 2);

      expect([status, body.error.code]).toEqual([500, 'ServiceError']);
      expect(visitor.seen[1]?.channelData?.reply?.kind).toBe('escalation');
      expect(chat.logged.join('')).not.toMatch(/555\D{0,2}010|breathe/);
      visitor.close();
    }));

  it('that a process took and did not come to answer is answered by the next', () =>
    withChat({}, async (chat) => {
      const visitor = await begin(chat.base);
      const conversationId = `directline/${visitor.conversationId}`;
      const form = { phone: PHONE, name: null, note: 'Mornings.' };
      await chat.store.callbacks.keep({ conversationId, activityId: 'a1', ...form }, 5, 0);
      await chat.store.activities.append({
        conversationId,
        id: 'a1',
        sender: 'user',
        answers: null,
        body: { type: 'event', name: 'callback', locale: 'es' },
      });
      await chat.stop();
      await chat.start();
      // On the connection that the stopped server has closed.
      await visitor.poll().catch(() => {});

      const [reply] = await replies(visitor, 1);
      expect(reply).toMatchObject({ replyToId: 'a1', channelData: { reply: { language: 'es' } } });
      expect(reply?.text).toContain('El número que dio es');
    }));

  it('is gone with its conversation, and so is what was thought of an answer', () =>
    withChat({}, async (chat) => {
      const [visitor, other] = [await begin(chat.base), await begin(chat.base)];
      for (const each of [visitor, other]) {
        await ask(each, { phone: PHONE, note: 'Mornings.' });
        const [reply] = await replies(each, 1);
        const value = { activityId: reply?.id, rating: 'up', reasons: [], remark: '' };
        await each.post({ type: 'event', name: 'feedback', value });
      }
      expect(await chat.store.callbacks.countPending()).toBe(2);
      await visitor.call('DELETE', `/conversations/${visitor.conversationId}`);

      const [left, ...more] = await chat.store.callbacks.allPending(10);
      expect(more).toEqual([]);
      expect(left?.conversationId).toBe(`directline/${other.conversationId}`);
      const { feedback } = chat.store;
      expect(await feedback.read(`directline/${visitor.conversationId}`)).toEqual([]);
      expect(await feedback.read(`directline/${other.conversationId}`)).toHaveLength(1);
      expect((await ask(visitor, { phone: PHONE })).status).toBe(404);
      expect(await chat.store.callbacks.countPending()).toBe(1);
    }));
});

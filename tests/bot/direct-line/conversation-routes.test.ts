import { GREETING, withChat } from '../../support/direct-line.ts';
import { createGate } from '../../support/gate.ts';
import { answer } from '../../support/replies.ts';
import { begin, until, Visitor } from '../../support/visitor.ts';

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
    const gate = createGate();
    return withChat(
      {
        answerTurn: async () => {
          await gate.opened;
          return answer('late');
        },
      },
      async ({ base, store, directLine }) => {
        const visitor = await begin(base);
        await visitor.say('one');
        await visitor.say('two');
        const deleted = visitor.call('DELETE', `/conversations/${visitor.conversationId}`);
        await until(async () => (await visitor.say('three')).status === 404);
        gate.open();

        expect((await deleted).status).toBe(204);
        const key = `directline/${visitor.conversationId}`;
        expect(await store.activities.length(key)).toBeUndefined();
        expect((await store.loadConversation(key, 10)).messages).toEqual([]);
        expect(directLine.load()).toEqual({ streams: 0, turns: 0 });
      },
    );
  });
});

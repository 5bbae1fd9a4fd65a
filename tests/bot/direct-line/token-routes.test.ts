import { GREETING, withChat } from '../../support/direct-line.ts';
import { begin, until, Visitor } from '../../support/visitor.ts';

const MINUTE = 60_000;

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

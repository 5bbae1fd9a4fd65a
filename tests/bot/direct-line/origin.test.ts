import { frameAncestors, judgeOrigin } from '../../../bot/direct-line/origin.ts';
import { withChat } from '../../support/direct-line.ts';
import { begin, refusedUpgrade, until, Visitor } from '../../support/visitor.ts';

const allowedOrigins = ['https://clinic.example'];

describe('judgeOrigin', () => {
  it.each([
    [undefined, 'none'],
    ['https://clinic.example', 'allowed'],
    ['http://bot.example:3978', 'same'],
    ['https://bot.example:3978', 'same'],
    ['http://clinic.example', 'refused'],
    ['https://clinic.example:8443', 'refused'],
    ['https://clinic.example.evil.example', 'refused'],
    ['https://www.clinic.example', 'refused'],
    ['http://bot.example', 'refused'],
    ['https://CLINIC.example', 'refused'],
    ['file://bot.example:3978', 'refused'],
    ['null', 'refused'],
    ['', 'refused'],
  ])('takes %s for %s', (origin, verdict) => {
    expect(judgeOrigin(origin, 'Bot.example:3978', allowedOrigins)).toBe(verdict);
  });
});

describe('frameAncestors', () => {
  it('names ourselves and the allowed origins', () => {
    expect(frameAncestors([])).toBe("frame-ancestors 'self'");
    expect(frameAncestors(allowedOrigins)).toBe("frame-ancestors 'self' https://clinic.example");
  });
});

describe('a page of another origin', () => {
  it('that is allowed may call and read, without credentials', () =>
    withChat({ allowedOrigins }, async ({ base }) => {
      const headers = { origin: 'https://clinic.example' };
      const visitor = new Visitor(base);
      const asked = await visitor.call('OPTIONS', '/conversations/x/activities', {
        headers: { ...headers, 'access-control-request-method': 'POST' },
      });
      const given = await visitor.call('POST', '/tokens/generate', { headers });
      const refused = await visitor.call('POST', '/conversations', { headers });

      expect(asked.status).toBe(204);
      expect(asked.headers.get('access-control-allow-methods')).toBe('GET, POST, DELETE');
      expect(asked.headers.get('access-control-allow-headers')).toContain('x-ms-bot-agent');
      expect([given.status, refused.status]).toEqual([200, 401]);
      for (const answered of [asked, given, refused]) {
        expect(answered.headers.get('access-control-allow-origin')).toBe('https://clinic.example');
        expect(answered.headers.get('access-control-allow-credentials')).toBeNull();
        expect(answered.headers.get('vary')?.toLowerCase()).toContain('origin');
      }
    }));

  it('that is not allowed may not, whatever it asks for', () =>
    withChat({ allowedOrigins }, async ({ base }) => {
      const visitor = await begin(base);
      for (const origin of ['https://evil.example', 'null']) {
        for (const [method, path] of [
          ['OPTIONS', '/tokens/generate'],
          ['POST', '/tokens/generate'],
          ['GET', `/conversations/${visitor.conversationId}`],
          ['GET', '/nowhere'],
        ] as const) {
          const { status, body, headers } = await visitor.call(method, path, {
            headers: { origin },
          });
          expect([status, body.error.code]).toEqual([403, 'OriginNotAllowed']);
          expect(headers.get('access-control-allow-origin')).toBeNull();
          expect(headers.get('vary')).toContain('origin');
        }
        expect(await refusedUpgrade(visitor.streamUrl, { origin })).toEqual({
          status: 403,
          code: 'OriginNotAllowed',
        });
      }
    }));

  it('is told apart from our own, which needs no permission', () =>
    withChat({ allowedOrigins }, async ({ base, url }) => {
      const visitor = await begin(base);
      const own = await visitor.call('POST', '/conversations', { headers: { origin: url } });
      expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, null]);

      for (const origin of [url, 'https://clinic.example']) {
        visitor.seen.length = 0;
        await visitor.connect({ headers: { origin } });
        await until(() => visitor.seen.length === 1);
        visitor.close();
      }
    }));
});

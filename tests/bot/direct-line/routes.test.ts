import { withChat } from '../../support/direct-line.ts';
import { begin } from '../../support/visitor.ts';

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

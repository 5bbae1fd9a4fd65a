import { inspect } from 'node:util';
import { OpenAiEmbeddings } from '../../../retrieval/embeddings/openai.ts';
import type { EmbeddingsServer } from '../../support/embeddings-server.ts';
import {
  sendError,
  sendJson,
  vectorsOf,
  withEmbeddingsServer,
} from '../../support/embeddings-server.ts';

const KEY = 'sk-not-a-real-key-4711';

function connect({ baseUrl }: Pick<EmbeddingsServer, 'baseUrl'>, timeoutMs = 5_000) {
  return new OpenAiEmbeddings({ apiKey: KEY, baseUrl, model: 'small', timeoutMs });
}

/** What the promise was rejected with. */
async function failureOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => {
      throw new RangeError('expected a rejection');
    },
    (error: Error) => error,
  );
}

describe('OpenAiEmbeddings', () => {
  it('sends the key as bearer, the model and the texts', async () => {
    await withEmbeddingsServer(
      (response, { input }) => sendJson(response, { data: vectorsOf(input) }),
      async (server) => {
        await connect(server).embedDocuments(['one', '  two ', ' ']);
        expect(server.requests).toHaveLength(1);
        expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
        expect(server.requests[0]?.model).toBe('small');
        expect(server.requests[0]?.input).toEqual(['one', 'two', '.']);
      },
    );
  });

  it('gives vectors of length 1', async () => {
    await withEmbeddingsServer(
      (response) => sendJson(response, { data: [{ index: 0, embedding: [3, 4, 0] }] }),
      async (server) => {
        expect(await connect(server).embedQuery('one')).toEqual([0.6, 0.8, 0]);
      },
    );
  });

  it('asks for 256 texts at a time and keeps their order though the server does not', async () => {
    const texts = Array.from({ length: 600 }, (_, i) => 'x'.repeat(i + 1));
    await withEmbeddingsServer(
      (response, { input }) => sendJson(response, { data: vectorsOf(input).toReversed() }),
      async (server) => {
        const vectors = await connect(server).embedDocuments(texts);
        expect(server.requests.map(({ input }) => input.length)).toEqual([256, 256, 88]);
        const lengths = vectors.map((vector) =>
          Math.round(((vector[3] ?? 0) / (vector[0] ?? 1)) * 3),
        );
        expect(lengths).toEqual(texts.map((text) => text.length));
      },
    );
  });

  it('asks nothing for no texts', async () => {
    await withEmbeddingsServer(
      (response) => sendError(response, 400, 'no input'),
      async (server) => {
        expect(await connect(server).embedDocuments([])).toEqual([]);
        expect(server.requests).toHaveLength(0);
      },
    );
  });

  it('waits as it is told after a 429 and tries again', async () => {
    await withEmbeddingsServer(
      (response, { input }, attempt) =>
        attempt === 1
          ? sendError(response, 429, 'slow down')
          : sendJson(response, { data: vectorsOf(input) }),
      async (server) => {
        expect(await connect(server).embedQuery('one')).toHaveLength(4);
        expect(server.requests).toHaveLength(2);
      },
    );
  });

  it('gives up after three more attempts at a server that fails', async () => {
    await withEmbeddingsServer(
      (response) => sendError(response, 500, 'broken'),
      async (server) => {
        await expect(connect(server).embedQuery('one')).rejects.toThrow(/500/);
        expect(server.requests).toHaveLength(4);
      },
    );
  });

  it('does not insist where the key is refused, and does not repeat the key', async () => {
    await withEmbeddingsServer(
      (response) => sendError(response, 401, 'unknown key'),
      async (server) => {
        const failure = await failureOf(connect(server).embedQuery('one'));
        expect(failure.message).toMatch(/401/);
        expect(server.requests).toHaveLength(1);
        expect(inspect(failure, { depth: 9 })).not.toContain(KEY);
      },
    );
  });

  it.each([1, 3])('does not take %i vectors for two texts', async (count) => {
    await withEmbeddingsServer(
      (response) => sendJson(response, { data: vectorsOf(['a', 'b', 'c'].slice(0, count)) }),
      async (server) => {
        await expect(connect(server).embedDocuments(['one', 'two'])).rejects.toThrow(
          `asked for 2 vectors, got ${count}`,
        );
      },
    );
  });

  it.each([
    ['no JSON', '<html>gateway</html>'],
    ['half a document', '{"data": [{"index": 0, "embed'],
    ['a document without vectors', '{"data": null}'],
    ['a row without a vector', '{"data": [{"index": 0}]}'],
    ['a row with an empty vector', '{"data": [{"index": 0, "embedding": []}]}'],
    ['words for numbers', '{"data": [{"index": 0, "embedding": ["a", null]}]}'],
  ])('rejects %s', async (_, body) => {
    await withEmbeddingsServer(
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(body);
      },
      async (server) => {
        await expect(connect(server).embedQuery('one')).rejects.toThrow();
      },
    );
  });

  it('tries again when an answer does not come in time', async () => {
    await withEmbeddingsServer(
      (response, { input }, attempt) => {
        if (attempt > 1) sendJson(response, { data: vectorsOf(input) });
      },
      async (server) => {
        expect(await connect(server, 400).embedQuery('one')).toHaveLength(4);
        expect(server.requests).toHaveLength(2);
      },
    );
  });

  it('gives up on a server that never answers', async () => {
    await withEmbeddingsServer(
      () => undefined,
      async (server) => {
        await expect(connect(server, 50).embedQuery('one')).rejects.toThrow();
        expect(server.requests.length).toBeGreaterThan(0);
      },
    );
  });

  it('gives up on an answer that stops half-way', async () => {
    await withEmbeddingsServer(
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"data": [');
      },
      async (server) => {
        await expect(connect(server, 100).embedQuery('one')).rejects.toThrow();
      },
    );
  });

  it('gives up where nobody listens', async () => {
    let baseUrl = '';
    await withEmbeddingsServer(
      () => undefined,
      async (server) => {
        baseUrl = server.baseUrl;
      },
    );
    await expect(connect({ baseUrl }, 100).embedQuery('one')).rejects.toThrow();
  });
});

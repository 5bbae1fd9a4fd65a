import { inspect } from 'node:util';
import { Embeddings } from '@langchain/core/embeddings';
import { Fault } from '../../../knowledge/fault.ts';
import { Encoder } from '../../../retrieval/embeddings/encoder.ts';
import { CountingEmbeddings } from '../../support/counting-embeddings.ts';

/** Vectors that say how long the text was; real ones would take a minute for a full cache. */
class LengthEmbeddings extends Embeddings {
  constructor() {
    super({});
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    return texts.map((text) => [text.length, 1]);
  }

  async embedQuery(query: string): Promise<number[]> {
    return [query.length, 1];
  }
}

class BrokenEmbeddings extends Embeddings {
  constructor() {
    super({});
  }

  embedDocuments(): Promise<number[][]> {
    return Promise.reject(new Error('out of memory'));
  }

  embedQuery(): Promise<number[]> {
    return Promise.reject(new Error('out of memory'));
  }
}

/** As many queries as the cache keeps. */
const CACHED = 4_000;

describe('Encoder', () => {
  it('gives floats in the order of the texts', async () => {
    const encoder = new Encoder('lengths', new LengthEmbeddings());
    expect(await encoder.encodeTexts(['a', 'ccc', 'bb'])).toEqual([
      Float32Array.of(1, 1),
      Float32Array.of(3, 1),
      Float32Array.of(2, 1),
    ]);
    expect(await encoder.encodeQuery('four')).toEqual(Float32Array.of(4, 1));
  });

  it('encodes a query once', async () => {
    const counting = new CountingEmbeddings(new LengthEmbeddings());
    const encoder = new Encoder('lengths', counting);
    const first = await encoder.encodeQuery('does it hurt');
    expect(await encoder.encodeQuery('does it hurt')).toBe(first);
    expect(counting.queries).toEqual(['does it hurt']);
  });

  it('forgets the query that was asked the longest ago', async () => {
    const counting = new CountingEmbeddings(new LengthEmbeddings());
    const encoder = new Encoder('lengths', counting);
    for (let i = 0; i < CACHED; i++) await encoder.encodeQuery(`query ${i}`);
    await encoder.encodeQuery('query 0');
    expect(counting.queries).toHaveLength(CACHED);
    await encoder.encodeQuery('one more');
    await encoder.encodeQuery('query 0');
    expect(counting.queries).toHaveLength(CACHED + 1);
    await encoder.encodeQuery('query 1');
    expect(counting.queries.at(-1)).toBe('query 1');
  });

  it('reads with no peaks and no tokens what has none, and forgets what was read with other filters', async () => {
    const counting = new CountingEmbeddings(new LengthEmbeddings());
    const encoder = new Encoder('lengths', counting);
    const { peaks, tokens } = await encoder.readQuery('four');
    expect([peaks.length, tokens.length]).toEqual([0, 0]);
    encoder.useFilters({ weights: new Float32Array(2), bias: new Float32Array(1) });
    expect((await encoder.readQuery('four')).vector).toEqual(Float32Array.of(4, 1));
    expect(counting.queries).toEqual(['four', 'four']);
  });

  it('throws MODEL_UNAVAILABLE with its cause and without the text', async () => {
    const encoder = new Encoder('broken', new BrokenEmbeddings());
    for (const work of [encoder.encodeQuery('my secret'), encoder.encodeTexts(['my secret'])]) {
      const fault = await work.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(fault instanceof Fault)) throw new RangeError('expected a fault');
      expect(fault.code).toBe('MODEL_UNAVAILABLE');
      expect(fault.message).toContain('broken');
      expect(fault.cause).toEqual(new Error('out of memory'));
      expect(inspect(fault)).not.toContain('my secret');
    }
  });

  it('asks again after a failure', async () => {
    let isDown = true;
    const lengths = new LengthEmbeddings();
    const embedQuery = lengths.embedQuery.bind(lengths);
    lengths.embedQuery = (query) =>
      isDown ? Promise.reject(new Error('down')) : embedQuery(query);
    const encoder = new Encoder('lengths', lengths);
    await expect(encoder.encodeQuery('four')).rejects.toThrow(Fault);
    isDown = false;
    expect(await encoder.encodeQuery('four')).toEqual(Float32Array.of(4, 1));
  });
});

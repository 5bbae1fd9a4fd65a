import { OfflineEmbeddings } from '../../../retrieval/embeddings/offline.ts';

const embeddings = new OfflineEmbeddings();
afterAll(() => embeddings.close());

const cosine = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

const odd: [string, string][] = [
  ['an empty text', ''],
  ['white space', ' \n '],
  ['emoji', '🩹👩🏽‍⚕️🇮🇪'],
  ['lone surrogates', '\ud83d needle \udc00'],
  ['nothing but a lone surrogate', '\ud800'],
  ['a replacement character', '\ufffd'],
  ['control characters', '\u0000\u0007\u001b[31m'],
  ['other scripts', 'جلسة الإبر 乾针 सुई'],
  ['30,000 characters', 'does it hurt '.repeat(2_300)],
  ['an emoji cut in two at the limit', `${'a'.repeat(599)}😀`],
];

describe('OfflineEmbeddings', () => {
  it('gives 512 numbers of length 1', async () => {
    const vector = await embeddings.embedQuery('Will the needle hurt?');
    expect(vector).toHaveLength(512);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  });

  it('keeps the order of the texts, over several batches and two callers', async () => {
    const texts = Array.from({ length: 20 }, (_, i) => `Bring ${i} towels and a chair.`);
    const [vectors, first] = await Promise.all([
      embeddings.embedDocuments(texts),
      embeddings.embedQuery(texts[0] ?? ''),
    ]);
    expect(vectors).toHaveLength(20);
    expect(vectors[0]).toEqual(first);
    expect(vectors[19]).toEqual(await embeddings.embedQuery(texts[19] ?? ''));
    expect(vectors[19]).not.toEqual(vectors[0]);
  });

  it('gives a question the vector it has alone, whoever is asked with it', async () => {
    const asked = [
      'Does it hurt?',
      'hi',
      'how long does one session of it usually take me '.repeat(4),
    ];
    const together = await Promise.all(asked.map((text) => embeddings.embedQuery(text)));
    for (const [i, text] of asked.entries()) {
      expect(await embeddings.embedQuery(text)).toEqual(together[i]);
    }
  });

  it('puts a paraphrase nearer than another subject', async () => {
    const [asked, meant, other] = (await embeddings.embedDocuments([
      'will it be painful',
      'Does it hurt?',
      'Where can I leave the car?',
    ])) as [number[], number[], number[]];
    expect(cosine(asked, meant)).toBeGreaterThan(cosine(asked, other) + 0.2);
  });

  it.each(odd)('takes %s', async (_, text) => {
    const [vector] = await embeddings.embedDocuments([text]);
    expect(vector).toHaveLength(512);
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
  });

  it('reads a question with the peak that each filter has over its tokens', async () => {
    const reading = new OfflineEmbeddings();
    const text = 'Does it hurt?';
    expect((await reading.read(text)).peaks).toHaveLength(0);
    const [tokens] = await reading.readTokens([text]);
    const { vector, states } = tokens!;
    // The first filter is a token's own first number, the second its opposite less 1.
    const weights = new Float32Array(2 * 512);
    weights.set([1, -1]);
    reading.useFilters({ weights, bias: Float32Array.of(0, -1) });
    const read = await reading.read(text);
    const firsts = Array.from({ length: states.length / 512 }, (_, token) => states[token * 512]!);
    expect(read.vector).toEqual(vector);
    expect(read.peaks[0]).toBeCloseTo(Math.max(0, ...firsts), 3);
    expect(read.peaks[1]).toBeCloseTo(Math.max(0, ...firsts.map((value) => -value - 1)), 3);
    await reading.close();
  });

  it('turns the tokens of a question and of a document, each by its own turn', async () => {
    const reading = new OfflineEmbeddings();
    const text = 'Does it hurt?';
    expect((await reading.read(text)).tokens).toHaveLength(0);
    // Two numbers of a token: its own first with 1, and with its opposite.
    const first = { weights: new Float32Array(2 * 512), bias: Float32Array.of(0, 1) };
    const opposite = { weights: new Float32Array(2 * 512), bias: Float32Array.of(0, 1) };
    first.weights.set([1, 0]);
    opposite.weights.set([-1, 0]);
    reading.useTurns({ questions: first, statements: opposite });
    const [tokens] = await reading.readTokens([text]);
    const [said] = await reading.readDocuments([text]);
    const firsts = Array.from(
      { length: tokens!.states.length / 512 },
      (_, token) => tokens!.states[token * 512]!,
    );
    const turned = (sign: number) =>
      firsts.flatMap((value) => [sign * value, 1].map((n) => (127 * n) / Math.hypot(value, 1)));
    const asked = await reading.read(text);
    for (const [found, sign] of [
      [asked.tokens, 1],
      [said!.tokens, -1],
    ] as const) {
      expect(found).toHaveLength(2 * firsts.length);
      for (const [i, value] of turned(sign).entries()) {
        expect(Math.abs(found[i]! - value)).toBeLessThan(0.6);
      }
    }
    expect(said!.vector).toEqual(asked.vector);
    await reading.close();
  });

  it('gives each text the tokens it has alone', async () => {
    const texts = ['Does it hurt?', 'hi', 'may I drive home after a long session'];
    const together = await embeddings.readTokens(texts);
    for (const [i, text] of texts.entries()) {
      const [alone] = await embeddings.readTokens([text]);
      const { states, vector } = together[i]!;
      expect(states.length % 512).toBe(0);
      expect(states).toEqual(alone?.states);
      expect(Array.from(vector)).toEqual(await embeddings.embedQuery(text));
    }
  });

  it('gives nothing for no texts', async () => {
    expect(await embeddings.embedDocuments([])).toEqual([]);
  });

  it('rejects what breaks the worker, and goes on', async () => {
    const noText = null as unknown as string;
    await expect(embeddings.embedDocuments(['fine', noText])).rejects.toThrow();
    expect(await embeddings.embedQuery('and now?')).toHaveLength(512);
  });

  it('rejects what cannot be sent to the worker, and goes on', async () => {
    const noText = Symbol('no text') as unknown as string;
    await expect(embeddings.embedQuery(noText)).rejects.toThrow();
    expect(await embeddings.embedQuery('and now?')).toHaveLength(512);
  });

  it('rejects what is waiting when it closes, and everything after', async () => {
    const closing = new OfflineEmbeddings();
    const waiting = closing.embedDocuments(Array.from({ length: 40 }, (_, i) => `towel ${i}`));
    const rejected = expect(waiting).rejects.toThrow(/worker ended|closed/);
    await closing.close();
    await rejected;
    await expect(closing.embedQuery('too late')).rejects.toThrow('encoder is closed');
    await closing.close();
  });
});

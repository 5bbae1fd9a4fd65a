import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quoteOf } from '../../knowledge/article.ts';
import { Fault } from '../../knowledge/fault.ts';
import { prepareSnapshot } from '../../retrieval/build.ts';
import { Bridge } from '../../retrieval/bridge.ts';
import { loadDomain } from '../../retrieval/embeddings/domain.ts';
import { Encoder } from '../../retrieval/embeddings/encoder.ts';
import { loadMatcher } from '../../retrieval/embeddings/matcher.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { DENSE_WEIGHT } from '../../retrieval/fuse.ts';
import { LangChainRetriever } from '../../retrieval/langchain.ts';
import { HybridRetriever } from '../../retrieval/retriever.ts';
import { corpusOf, type Snapshot } from '../../retrieval/snapshot.ts';
import { TokenRows } from '../../retrieval/token-rows.ts';
import { ExactIndex, VectorMatrix } from '../../retrieval/vector.ts';
import { CountingEmbeddings } from '../support/counting-embeddings.ts';
import { read } from '../support/read.ts';
import { SMALL_LEXICON, smallArticles } from '../support/small-corpus.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const offline = new OfflineEmbeddings();
const encoder = new Encoder('use-lite', offline);
const dataDir = mkdtempSync(join(tmpdir(), 'needlepoint-'));
let snapshot: Snapshot;
let retriever: HybridRetriever;

beforeAll(async () => {
  ({ snapshot } = await prepareSnapshot({ articles: smallArticles(), encoder, dataDir }));
  retriever = new HybridRetriever(snapshot, encoder, SMALL_LEXICON);
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await offline.close();
});

/** The heading of the best hit. */
async function firstSection(text: string, earlier?: string): Promise<string | undefined> {
  const { hits } = await retriever.retrieve(text, 3, earlier);
  return hits[0]?.section.path.at(-1);
}

describe('HybridRetriever', () => {
  it.each([
    ['how many minutes do I keep the wheat bag on my neck', 'How long should I leave it on?'],
    ['when do I take the bag off again', 'How long should I leave it on?'],
    ['what temperature should the water have', 'How cold is the water?'],
    ['i just burned my arm, is a warm pack ok', 'Who should not use one?'],
    ['is it painful to roll over a knot', 'Does rolling hurt?'],
    ['washing the roler', 'How do I clean it?'],
    ['which foam log suits a beginner', 'Which roller should I buy?'],
    ['dangers of freezing water for my heart', 'What can go wrong?'],
    ['what is a heating pad', 'What is a warm pack?'],
  ])('“%s” finds “%s” first', async (text, section) => {
    expect(await firstSection(text)).toBe(section);
  });

  it('takes the subject of a follow-up from the question before', async () => {
    const before = 'how do I clean my foam roller';
    expect(await firstSection('and how often?', before)).toBe('How do I clean it?');
  });

  it('remembers what was found, apart for another question before and another k', async () => {
    const alone = await retriever.retrieve('and how often?', 3);
    const after = await retriever.retrieve('and how often?', 3, 'how do I clean my foam roller');
    const fewer = await retriever.retrieve('and how often?', 1);
    expect(await retriever.retrieve('and how often?', 3)).toBe(alone);
    expect(after.hits[0]?.section.path.at(-1)).toBe('How do I clean it?');
    expect(after.query).not.toEqual(alone.query);
    expect(fewer.hits).toHaveLength(1);
  });

  it('gives at most k hits, best first, each once', async () => {
    const { hits } = await retriever.retrieve('does rolling hurt', 4);
    expect(hits).toHaveLength(4);
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(hits.map(({ chunk }) => chunk.id)).size).toBe(4);
    const all = await retriever.retrieve('does rolling hurt', 1_000);
    expect(all.hits.length).toBeLessThanOrEqual(snapshot.chunks.length);
    expect((await retriever.retrieve('does rolling hurt', 0)).hits).toEqual([]);
  });

  it('gives the likeness of each sentence, in the order of the sentences', async () => {
    const text = 'how cold is the water in an ice bath?';
    const { hits, query } = await retriever.retrieve(text, 9);
    const asked = await encoder.encodeQuery(query.plain);
    for (const { chunk, article, similarities } of hits) {
      expect(similarities).toHaveLength(chunk.sentences.length);
      for (const [at, sentence] of chunk.sentences.entries()) {
        // A sentence of prose is encoded as it stands; items and cells with their lead-ins.
        if (sentence.kind !== 'prose') continue;
        const [own] = await encoder.encodeTexts([quoteOf(article, sentence)]);
        const cosine = asked.reduce((sum, value, i) => sum + value * (own?.[i] ?? 0), 0);
        expect(similarities[at]).toBeCloseTo(cosine, 5);
      }
    }
  });

  it('reads a long message without slips as it stands', async () => {
    const long =
      'I have been rolling my calf on the living room floor every single evening for about three weeks now. My wife laughs at me. Does rolling over a knot hurt the muscle?';
    const { hits, query } = await retriever.retrieve(long, 9);
    const [asked, plain] = [
      await encoder.encodeQuery(long),
      await encoder.encodeQuery(query.plain),
    ];
    const [hit] = hits.filter(({ chunk }) => chunk.sentences.some(({ kind }) => kind === 'prose'));
    if (!hit) throw new Error('expected prose');
    const at = hit.chunk.sentences.findIndex(({ kind }) => kind === 'prose');
    const [own] = await encoder.encodeTexts([quoteOf(hit.article, hit.chunk.sentences[at]!)]);
    const cosine = (one: Float32Array) =>
      one.reduce((sum, value, i) => sum + value * (own?.[i] ?? 0), 0);
    expect(hit.similarities[at]).toBeCloseTo(cosine(asked), 5);
    expect(cosine(asked)).not.toBeCloseTo(cosine(plain), 5);
  });

  it('keeps each side’s raw score beside the fused one', async () => {
    const { hits } = await retriever.retrieve('does rolling over a knot hurt', 9);
    for (const { score, scores, similarities } of hits) {
      expect(scores.dense).toBe(Math.max(scores.topic, ...similarities));
      expect(Math.abs(scores.dense)).toBeLessThanOrEqual(1.000_01);
      expect(scores.lexical).toBeGreaterThanOrEqual(0);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1 + DENSE_WEIGHT);
    }
    const topic = Math.max(...hits.map(({ scores }) => scores.topic));
    expect(topic).toBe(hits[0]?.scores.topic);
  });

  it('gives hits whose offsets quote the article', async () => {
    const { hits } = await retriever.retrieve('warm pack on a fresh burn', 9);
    for (const { chunk, article, section } of hits) {
      expect(article.slug).toBe(chunk.article);
      expect(section).toBe(article.sections[chunk.section]);
      expect(chunk.start).toBeGreaterThanOrEqual(section.start);
      expect(chunk.end).toBeLessThanOrEqual(section.end);
      for (const sentence of chunk.sentences) {
        expect(quoteOf(article, chunk)).toContain(quoteOf(article, sentence));
      }
    }
  });

  it('gives the same hits again, also after a restart', async () => {
    const { hits } = await retriever.retrieve('ice and heat', 9);
    expect((await retriever.retrieve('ice and heat', 9)).hits).toEqual(hits);
    const again = await prepareSnapshot({ articles: smallArticles(), encoder, dataDir });
    expect(again.encoded).toBe(0);
    const restarted = new HybridRetriever(again.snapshot, encoder, SMALL_LEXICON);
    expect((await restarted.retrieve('ice and heat', 9)).hits).toEqual(hits);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n '],
    ['question marks', '???'],
    ['emoji', '🤔🩹'],
    ['a lone surrogate', '\ud83d'],
  ])('finds nothing for %s, and encodes nothing', async (_, text) => {
    const counting = new CountingEmbeddings(offline);
    const other = new HybridRetriever(snapshot, new Encoder('use-lite', counting), SMALL_LEXICON);
    const { hits, query } = await other.retrieve(text, 5);
    expect(hits).toEqual([]);
    expect(query.text).toBe(text);
    expect(counting.queries).toEqual([]);
  });

  it('finds the subject among emoji', async () => {
    expect(await firstSection('🤔 how cold is the water 🥶❓')).toBe('How cold is the water?');
  });

  it('answers 30,000 characters like their beginning', async () => {
    const started = performance.now();
    const long = `How cold is the water of an ice bath? ${'Tell me please. '.repeat(1_900)}`;
    expect(await firstSection(long)).toBe('How cold is the water?');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('finds all of a section whose heading is meant, past what its sentences reach', async () => {
    const towels = Array.from({ length: 90 }, (_, i) => `Towel ${i} is dry, soft and warm.`);
    const article = read(
      `# Kit\n\n## Socks\n\n${towels.join(' ')}\n\n## Towels\n\n${towels.join(' ')}`,
      'kit.md',
    );
    const corpus = corpusOf([article], 'towards one heading');
    // The second heading points where the question does, its sentences less than the others'.
    const vectors = corpus.rows.map(({ kind, text, chunk }) => {
      if (kind === 'heading') return text === 'Towels' ? [1, 0] : [0, 1];
      return corpus.chunks[chunk]?.section === 0 ? [0.6, 0.8] : [0, 1];
    });
    const matrix = new VectorMatrix(Float32Array.from(vectors.flat()), 2);
    const tokens = TokenRows.of(vectors.map(() => new Int8Array()));
    const index = new ExactIndex(matrix);
    const pointing = new CountingEmbeddings(offline);
    pointing.embedQuery = async () => [1, 0];
    const other = new HybridRetriever(
      { ...corpus, matrix, tokens, index, relatives: new Map(), differences: [] },
      new Encoder('towards one heading', pointing),
      SMALL_LEXICON,
    );
    const own = corpus.chunks.filter(({ section }) => section === 1);
    expect(own.length).toBeGreaterThan(2);
    const { hits } = await other.retrieve('elsewhere', own.length);
    expect(hits.map(({ chunk }) => chunk)).toEqual(own);
  });

  it('knows the words of the articles and how rare they are', () => {
    expect(retriever.isKnown('thermomet')).toBe(true);
    expect(retriever.isKnown('helicopt')).toBe(false);
    expect(retriever.idf('thermomet')).toBeGreaterThan(retriever.idf('roller'));
    expect(retriever.idf('roller')).toBeGreaterThanOrEqual(0);
  });

  it('compares sentences of hits with each other', async () => {
    const { hits } = await retriever.retrieve('how cold is the water of the bath', 9);
    const [first, second] = hits;
    if (!first || !second) throw new RangeError('expected two hits');
    expect(retriever.likeness(first, 0, first, 0)).toBeCloseTo(1, 5);
    const likeness = retriever.likeness(first, 0, second, 0);
    expect(likeness).toBeLessThan(1);
    expect(retriever.likeness(second, 0, first, 0)).toBeCloseTo(likeness, 6);
    expect(retriever.likeness(first, 99, second, 0)).toBe(0);
  });

  it('matches the question with each sentence token by token, where the encoder has a matcher', async () => {
    const { query, hits } = await retriever.retrieve('how cold is the water of the bath', 1);
    expect(retriever.match(query, hits[0]!, 0)).toBe(0);
    const reading = new OfflineEmbeddings();
    const matching = new Encoder('use-lite', reading, { matcher: loadMatcher() });
    try {
      await inTempFolder(async (dataDir) => {
        const prepare = () =>
          prepareSnapshot({ articles: smallArticles(), encoder: matching, dataDir });
        const written = await prepare();
        const again = await prepare();
        expect([written.encoded > 0, again.encoded]).toEqual([true, 0]);
        for (const prepared of [written, again]) {
          const other = new HybridRetriever(prepared.snapshot, matching, SMALL_LEXICON);
          const found = await other.retrieve('how cold is the water of the bath', 9);
          const matches = found.hits.flatMap((hit) =>
            hit.chunk.sentences.map((sentence, at) => ({
              text: quoteOf(hit.article, sentence),
              match: other.match(found.query, hit, at),
            })),
          );
          const best = matches.toSorted((a, b) => b.match - a.match)[0];
          expect(best?.text).toMatch(/water/);
          expect(best?.match).toBeGreaterThan(0);
          expect(other.match(found.query, found.hits[0]!, 99)).toBe(0);
        }
      });
    } finally {
      await reading.close();
    }
  });

  it('scores the question, with what it leans on, by the domain of the encoder', async () => {
    const pointing = new CountingEmbeddings(offline);
    const domain = loadDomain();
    const named = new Encoder('use-lite', pointing, { domain });
    const other = new HybridRetriever(snapshot, named, SMALL_LEXICON);
    const alone = await other.retrieve('and how often?', 3);
    const { plain } = alone.query;
    const { answered, desk } = domain.compare(await named.encodeQuery(plain), plain);
    expect(alone.domain).toEqual({ answered, desk });
    const leaning = await other.retrieve('and how often?', 3, 'how do I clean my foam roller');
    const { plain: both } = leaning.query;
    const withBoth = domain.compare(await named.encodeQuery(both), both);
    expect(leaning.domain?.answered).toBe(withBoth.answered);
    expect(leaning.domain).not.toEqual(alone.domain);
    expect((await retriever.retrieve('and how often?', 3)).domain).toBeUndefined();
  });

  it('says when the question’s vector does not fit the index', async () => {
    const short = new CountingEmbeddings(offline);
    short.embedQuery = async () => [1, 0, 0];
    const other = new HybridRetriever(snapshot, new Encoder('short', short), SMALL_LEXICON);
    await expect(other.retrieve('cold water', 3)).rejects.toThrow(
      'INDEX_MISMATCH: index has 512 dimensions, short gives 3; run npm run ingest',
    );
  });

  it('throws MODEL_UNAVAILABLE, without the question, when it cannot be encoded', async () => {
    const broken = new CountingEmbeddings(offline);
    broken.embedQuery = () => Promise.reject(new Error('out of memory'));
    const other = new HybridRetriever(snapshot, new Encoder('broken', broken), SMALL_LEXICON);
    const failure = await other.retrieve('my cold water', 3).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Fault);
    expect(failure).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    expect(String(failure)).not.toContain('cold water');
  });
});

describe('LangChainRetriever', () => {
  it('gives passages as documents through invoke, best first', async () => {
    const documents = await new LangChainRetriever(retriever, 3).invoke('how do I clean my roller');
    const { hits } = await retriever.retrieve('how do I clean my roller', 3);
    expect(documents.map(({ id }) => id)).toEqual(hits.map(({ chunk }) => chunk.id));
    expect(documents[0]).toMatchObject({
      pageContent: 'Wipe the roller with soap and water every week. Let it dry in the sun.',
      metadata: {
        article: 'foam-rollers',
        origin: 'roller.md',
        title: 'Foam rollers',
        section: 'How do I clean it?',
        score: hits[0]?.score,
      },
    });
    for (const { pageContent, metadata } of documents) {
      const article = snapshot.articles.find(({ slug }) => slug === metadata['article']);
      expect(article?.text.slice(metadata['start'], metadata['end'])).toBe(pageContent);
    }
  });

  it('gives no documents for no question', async () => {
    expect(await new LangChainRetriever(retriever, 3).invoke('')).toEqual([]);
  });
});

describe('a retriever whose encoder is elsewhere', () => {
  it('takes out of a question, and of the one before, what must not leave', async () => {
    const counting = new CountingEmbeddings(offline);
    const listening = new Encoder('use-lite', counting);
    const bridge = new Bridge(new HybridRetriever(snapshot, listening, SMALL_LEXICON));
    const outbound = (text: string) => text.replaceAll('Jane', 'someone');
    const remote = new HybridRetriever(snapshot, listening, SMALL_LEXICON, { bridge, outbound });
    const { hits } = await remote.retrieve('Jane asks: how cold is it?', 3, 'Jane has an ice bath');
    expect(hits.length).toBeGreaterThan(0);
    expect(counting.queries.length).toBeGreaterThan(0);
    expect(counting.queries.join()).not.toMatch(/jane/i);
  });
});

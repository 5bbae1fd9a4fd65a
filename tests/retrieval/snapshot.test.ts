import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareSnapshot } from '../../retrieval/build.ts';
import { Encoder } from '../../retrieval/embeddings/encoder.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { corpusOf, readSnapshot, reusableRows, writeSnapshot } from '../../retrieval/snapshot.ts';
import { loadHnswlib } from '../../retrieval/hnswlib.ts';
import { TokenRows } from '../../retrieval/token-rows.ts';
import { randomVectors } from '../support/random-vectors.ts';
import { read } from '../support/read.ts';
import { revisedArticles, smallArticles } from '../support/small-corpus.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const offline = new OfflineEmbeddings();
afterAll(() => offline.close());

const encoder = new Encoder('use-lite', offline);
const corpus = corpusOf(smallArticles(), 'use-lite');
const build = (dataDir: string) => prepareSnapshot({ articles: smallArticles(), encoder, dataDir });

const whole = mkdtempSync(join(tmpdir(), 'needlepoint-'));
beforeAll(() => build(whole));
afterAll(() => rmSync(whole, { recursive: true }));

/** None, one and two numbers by turns. */
const tokensFor = (rows: number) =>
  TokenRows.of(Array.from({ length: rows }, (_, row) => new Int8Array(row % 3).fill(row)));

const homeOf = (folder: string) => join(folder, 'snapshots', corpus.id);

/** Runs on a folder that holds a whole snapshot, `home`. */
async function withSnapshot(
  use: (folder: string, home: string) => Promise<void> | void,
): Promise<void> {
  await inTempFolder(async (folder) => {
    cpSync(whole, folder, { recursive: true });
    await use(folder, homeOf(folder));
  });
}

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function rewrite(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new RangeError(`${from} is not in ${file}`);
  writeFileSync(file, text.replace(from, to));
}

const damages: [string, string, (home: string) => void][] = [
  [
    'a flipped byte of a vector',
    'vectors.f32',
    (home) => flipByte(join(home, 'vectors.f32'), 4_000),
  ],
  ['a flipped byte of a token', 'tokens.i8', (home) => flipByte(join(home, 'tokens.i8'), 0)],
  ['vectors cut short', 'vectors.f32', (home) => truncateSync(join(home, 'vectors.f32'), 2_048)],
  ['no vectors', 'vectors.f32', (home) => rmSync(join(home, 'vectors.f32'))],
  ['no relatives', 'relatives.json', (home) => rmSync(join(home, 'relatives.json'))],
  ['no rows', 'rows.txt', (home) => rmSync(join(home, 'rows.txt'))],
  [
    'a row too few',
    'rows.txt',
    (home) => {
      const file = join(home, 'rows.txt');
      writeFileSync(file, readFileSync(file, 'utf8').split('\n').slice(1).join('\n'));
    },
  ],
  ['other articles', 'articles.json', (home) => flipByte(join(home, 'articles.json'), 40)],
  [
    'a manifest cut short',
    'manifest.json',
    (home) => truncateSync(join(home, 'manifest.json'), 90),
  ],
  ['an empty manifest', 'manifest.json', (home) => truncateSync(join(home, 'manifest.json'), 0)],
  [
    'a manifest of another format',
    'manifest.json',
    (home) => rewrite(join(home, 'manifest.json'), '"format": ', '"format": 9'),
  ],
  [
    'a manifest that vouches for no vectors',
    'manifest.json',
    (home) => rewrite(join(home, 'manifest.json'), '"vectors.f32"', '"vectors.f33"'),
  ],
  [
    'half as many dimensions',
    corpus.id,
    (home) => rewrite(join(home, 'manifest.json'), '"dimension": 512', '"dimension": 256'),
  ],
  [
    'dimensions that do not fit',
    corpus.id,
    (home) => rewrite(join(home, 'manifest.json'), '"dimension": 512', '"dimension": 513'),
  ],
];

const REBUILT = ['a flipped byte of a vector', 'a row too few', 'half as many dimensions'];

describe('readSnapshot', () => {
  it('gives back what was written', async () => {
    await inTempFolder(async (folder) => {
      const matrix = randomVectors(corpus.rows.length, 8, 3);
      const tokens = tokensFor(corpus.rows.length);
      const written = writeSnapshot(folder, corpus, matrix, tokens);
      const found = readSnapshot(folder, corpus);
      if (!found) throw new RangeError('expected a snapshot');
      expect({ ...found, index: null }).toEqual({ ...written, index: null });
      expect(found.index.name).toBe(written.index.name);
      expect(found.index.search(matrix.row(2), 9)).toEqual(written.index.search(matrix.row(2), 9));
    });
  });

  it('finds nothing where there is none, or another corpus’s', async () => {
    await withSnapshot((folder) => {
      const snapshots = join(folder, 'snapshots');
      expect(readSnapshot(snapshots, corpusOf(revisedArticles(), 'use-lite'))).toBeUndefined();
      expect(readSnapshot(snapshots, corpusOf(smallArticles(), 'use-lite 2'))).toBeUndefined();
      expect(readSnapshot(join(folder, 'gone'), corpus)).toBeUndefined();
    });
  });

  it('finds nothing where the manifest is another corpus’s', async () => {
    await withSnapshot((folder, home) => {
      const other = corpusOf(revisedArticles(), 'use-lite');
      const snapshots = join(folder, 'snapshots');
      cpSync(home, join(snapshots, other.id), { recursive: true });
      expect(readSnapshot(snapshots, other)).toBeUndefined();
    });
  });
});

describe('a damaged snapshot', () => {
  it.each(damages)('is named and never used: %s', async (_, named, damage) => {
    await withSnapshot((folder, home) => {
      damage(home);
      const reading = () => readSnapshot(join(folder, 'snapshots'), corpus);
      expect(reading).toThrow(/^SNAPSHOT_DAMAGED/);
      expect(reading).toThrow(named);
    });
  });

  // Three of them, because each build takes a second: damage to the vectors, to what tells which
  // text each belongs to, and to what tells where each begins.
  it.each(damages.filter(([what]) => REBUILT.includes(what)))(
    'is built anew with the vectors it had: %s',
    async (_, named, damage) => {
      await withSnapshot(async (folder, home) => {
        damage(home);
        const { damage: said, snapshot, encoded, reused } = await build(folder);
        expect(said).toContain(named);
        expect(encoded + reused).toBe(corpus.rows.length);
        expect(snapshot.matrix.dimension).toBe(512);
        const vectors = readFileSync(join(home, 'vectors.f32'));
        expect(vectors.equals(readFileSync(join(homeOf(whole), 'vectors.f32')))).toBe(true);
        expect(await build(folder)).toMatchObject({ encoded: 0, damage: null });
      });
    },
  );

  it('is replaced where its manifest is gone', async () => {
    await withSnapshot(async (folder, home) => {
      rmSync(join(home, 'manifest.json'));
      expect(readSnapshot(join(folder, 'snapshots'), corpus)).toBeUndefined();
      expect(await build(folder)).toMatchObject({ encoded: corpus.rows.length });
      expect(await build(folder)).toMatchObject({ encoded: 0 });
    });
  });
});

describe('reusableRows', () => {
  it('finds each row by its text', async () => {
    await withSnapshot((folder) => {
      const rows = reusableRows(join(folder, 'snapshots'), 'use-lite');
      expect(rows.size).toBe(corpus.rows.length);
      expect(reusableRows(join(folder, 'snapshots'), 'other').size).toBe(0);
      expect(reusableRows(join(folder, 'gone'), 'use-lite').size).toBe(0);
    });
  });

  it('trusts no rows, vectors and tokens that are not as they were written', async () => {
    for (const file of ['rows.txt', 'vectors.f32', 'tokens.i8']) {
      await withSnapshot((folder, home) => {
        flipByte(join(home, file), 0);
        expect(reusableRows(join(folder, 'snapshots'), 'use-lite').size).toBe(0);
      });
    }
  });
});

const whereHnswlibIs = loadHnswlib() ? describe : describe.skip;

whereHnswlibIs('a snapshot large enough for a graph', () => {
  const text = Array.from({ length: 1_010 }, (_, i) => `Towel ${i} is dry.`).join(' ');
  const large = corpusOf([read(`# Towels\n\n${text}`, 'towels.md')], 'random');
  const matrix = randomVectors(large.rows.length, 16, 9);

  it('reads its graph again, and no damaged one', async () => {
    await inTempFolder((folder) => {
      const written = writeSnapshot(folder, large, matrix, tokensFor(large.rows.length));
      expect(written.index.name).toBe('hnswlib graph');
      const found = readSnapshot(folder, large);
      expect(found?.index.name).toBe('hnswlib graph');
      const query = matrix.row(500);
      expect(found?.index.search(query, 64)).toEqual(written.index.search(query, 64));

      flipByte(join(folder, large.id, 'graph.hnsw'), 5_000);
      expect(() => readSnapshot(folder, large)).toThrow('graph.hnsw');
      return Promise.resolve();
    });
  });
});

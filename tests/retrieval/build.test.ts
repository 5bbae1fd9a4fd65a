import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Article } from '../../knowledge/article.ts';
import { type Prepared, prepareSnapshot } from '../../retrieval/build.ts';
import { Encoder } from '../../retrieval/embeddings/encoder.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { corpusOf, readSnapshot } from '../../retrieval/snapshot.ts';
import { CountingEmbeddings } from '../support/counting-embeddings.ts';
import { read } from '../support/read.ts';
import { revisedArticles, smallArticles } from '../support/small-corpus.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const offline = new OfflineEmbeddings();
afterAll(() => offline.close());

/** Builds with the real encoder and tells which texts it was given. */
async function prepare(
  articles: readonly Article[],
  dataDir: string,
  name = 'use-lite',
): Promise<Prepared & { readonly texts: readonly string[] }> {
  const counting = new CountingEmbeddings(offline);
  const prepared = await prepareSnapshot({
    articles,
    encoder: new Encoder(name, counting),
    dataDir,
  });
  return { ...prepared, texts: counting.texts };
}

/** Each write of a snapshot takes a second, so most tests start from a copy of this one. */
const whole = mkdtempSync(join(tmpdir(), 'needlepoint-'));
let first: Awaited<ReturnType<typeof prepare>>;
beforeAll(async () => {
  first = await prepare(smallArticles(), whole);
});
afterAll(() => rmSync(whole, { recursive: true }));

/** Runs on a folder that holds the snapshot of the small articles. */
async function withSnapshot(use: (folder: string) => Promise<void>): Promise<void> {
  await inTempFolder(async (folder) => {
    cpSync(whole, folder, { recursive: true });
    await use(folder);
  });
}

const ROWS = corpusOf(smallArticles(), 'use-lite').rows.length;

describe('prepareSnapshot', () => {
  it('encodes every row once, and none when it comes again', async () => {
    await withSnapshot(async (folder) => {
      expect(first).toMatchObject({ encoded: ROWS, reused: 0, damage: null });
      expect(first.texts).toHaveLength(ROWS);

      const second = await prepare(smallArticles(), folder);
      expect(second).toMatchObject({ encoded: 0, reused: ROWS, damage: null });
      expect(second.texts).toEqual([]);
      expect(second.snapshot.id).toBe(first.snapshot.id);
      expect(second.snapshot.matrix).toEqual(first.snapshot.matrix);
      expect(second.snapshot.rows).toEqual(first.snapshot.rows);
      expect(second.snapshot.chunks).toEqual(first.snapshot.chunks);
      const query = first.snapshot.matrix.row(3);
      expect(second.snapshot.index.search(query, 5)).toEqual(first.snapshot.index.search(query, 5));
    });
  });

  it('encodes only the sentence that has changed', async () => {
    await withSnapshot(async (folder) => {
      const revised = await prepare(revisedArticles(), folder);
      expect(revised.texts).toEqual(['Hang it up to dry.']);
      expect(revised).toMatchObject({ encoded: 1, reused: ROWS - 1 });

      await inTempFolder(async (other) => {
        const fresh = await prepare(revisedArticles(), other);
        expect(revised.snapshot.matrix).toEqual(fresh.snapshot.matrix);
      });
    });
  });

  it('encodes nothing when an article is gone or the articles come in another order', async () => {
    await withSnapshot(async (folder) => {
      const shuffled = await prepare(smallArticles().reverse(), folder);
      expect(shuffled.texts).toEqual([]);
      const fewer = await prepare(smallArticles().slice(1), folder);
      expect(fewer.texts).toEqual([]);
      expect(fewer.snapshot.matrix.rows).toBe(fewer.snapshot.rows.length);
    });
  });

  it('encodes a text once that stands in two places', async () => {
    const twice = read(
      '# Kit\n\n## Bring\n\nBring a towel.\n\n## Wear\n\nBring a towel.',
      'kit.md',
    );
    await inTempFolder(async (folder) => {
      const { texts, snapshot } = await prepare([twice], folder);
      expect(texts).toEqual(['Bring', 'Bring a towel.', 'Wear']);
      expect(snapshot.matrix.row(3)).toEqual(snapshot.matrix.row(1));
    });
  });

  it('encodes everything for another encoder', async () => {
    await withSnapshot(async (folder) => {
      const other = await prepare(smallArticles(), folder, 'use-lite 2');
      expect(other).toMatchObject({ encoded: ROWS, reused: 0 });
      expect(other.snapshot.id).not.toBe(first.snapshot.id);
    });
  });

  it('keeps one snapshot, and what other files are in the folder', async () => {
    await withSnapshot(async (folder) => {
      const snapshots = join(folder, 'snapshots');
      writeFileSync(join(snapshots, 'notes.txt'), 'ours');
      const { snapshot } = await prepare(revisedArticles(), folder);
      expect(readdirSync(snapshots).sort()).toEqual([snapshot.id, 'current', 'notes.txt'].sort());
    });
  });

  it('says how far it is up to the last text, and nothing when there is nothing to do', async () => {
    await inTempFolder(async (folder) => {
      const steps: [number, number][] = [];
      const socks = read('# Kit\n\nBring socks. Bring a chair. Bring a towel.', 'kit.md');
      const options = {
        articles: [...smallArticles(), socks],
        encoder: new Encoder('use-lite', offline),
        dataDir: folder,
        onProgress: (encoded: number, total: number) => void steps.push([encoded, total]),
      };
      await prepareSnapshot(options);
      expect(steps.at(-1)?.[0]).toBe(ROWS + 3);
      expect(steps.every(([, total]) => total === ROWS + 3)).toBe(true);
      await prepareSnapshot(options);
      expect(steps).toHaveLength(1);
    });
  });

  it('has nothing to index without articles', async () => {
    await inTempFolder(async (folder) => {
      await expect(prepare([], folder)).rejects.toMatchObject({ code: 'ARTICLES_UNREADABLE' });
    });
  });

  it('leaves the old snapshot in use when the encoder fails half-way', async () => {
    await withSnapshot(async (folder) => {
      const failing = new CountingEmbeddings(offline);
      failing.embedDocuments = () => Promise.reject(new Error('out of memory'));
      const building = prepareSnapshot({
        articles: revisedArticles(),
        encoder: new Encoder('use-lite', failing),
        dataDir: folder,
      });
      await expect(building).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
      const again = await prepare(smallArticles(), folder);
      expect(again).toMatchObject({ encoded: 0, damage: null });
      expect(again.snapshot.id).toBe(first.snapshot.id);
    });
  });

  it('leaves the old snapshot in use when a process dies before the rename', async () => {
    await withSnapshot(async (folder) => {
      const draft = join(folder, 'snapshots', 'draft-0b51');
      mkdirSync(draft);
      writeFileSync(join(draft, 'vectors.f32'), 'half of i');
      const again = await prepare(smallArticles(), folder);
      expect(again).toMatchObject({ encoded: 0, damage: null });
      expect((await prepare(revisedArticles(), folder)).encoded).toBe(1);
    });
  });

  it('goes on from a snapshot that was not yet made the current one', async () => {
    await withSnapshot(async (folder) => {
      await inTempFolder(async (other) => {
        const revised = await prepare(revisedArticles(), other);
        const home = (dir: string) => join(dir, 'snapshots', revised.snapshot.id);
        cpSync(home(other), home(folder), { recursive: true });
      });
      expect((await prepare(revisedArticles(), folder)).encoded).toBe(0);
      expect((await prepare(smallArticles(), folder)).snapshot.id).toBe(first.snapshot.id);
    });
  });

  it('clears away what a process left that died long ago', async () => {
    await inTempFolder(async (folder) => {
      const snapshots = join(folder, 'snapshots');
      const [old, young] = ['draft-old', 'draft-young'].map((name) => join(snapshots, name));
      if (!old || !young) throw new RangeError('no paths');
      for (const draft of [old, young]) mkdirSync(draft, { recursive: true });
      utimesSync(old, new Date('2020-01-01'), new Date('2020-01-01'));
      await prepare(revisedArticles(), folder);
      expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
    });
  });

  it('takes no harm from several builds into one folder at once', async () => {
    await inTempFolder(async (folder) => {
      const built = await Promise.all([
        prepare(smallArticles(), folder),
        prepare(revisedArticles(), folder),
        prepare(smallArticles(), folder),
      ]);
      for (const { snapshot } of built) {
        expect(snapshot.matrix.rows).toBe(snapshot.rows.length);
        expect(snapshot.index.search(snapshot.matrix.row(0), 1)[0]?.row).toBe(0);
      }
      const last = readdirSync(join(folder, 'snapshots')).filter((name) => name !== 'current');
      expect(last).toHaveLength(1);
      const corpora = [smallArticles(), revisedArticles()].map((articles) =>
        corpusOf(articles, 'use-lite'),
      );
      const kept = corpora.find(({ id }) => id === last[0]);
      if (!kept) throw new RangeError('expected one of the two');
      expect(readSnapshot(join(folder, 'snapshots'), kept)?.matrix.rows).toBe(kept.rows.length);
    });
  });
});

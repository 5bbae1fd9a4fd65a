import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBot } from '../../bot/bot.ts';
import { loadConfig } from '../../bot/config.ts';
import { bundledDataDir, ENCODING_MS, openBundledBot } from '../support/bundled.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const CATS = `# Cats

## Why does a cat purr?

A cat purrs when it rests in a warm place. Some cats purr when they are ill.
`;

/** The bundled articles are indexed beside a clinic's own: once for all test files. */
beforeAll(async () => {
  const bot = await openBundledBot();
  await bot.close();
}, ENCODING_MS);

function configFor(folder: string, more: Record<string, string> = {}) {
  const data = join(folder, '.data', 'bundled');
  if (existsSync(join(folder, 'cats.md')) && !existsSync(data)) {
    cpSync(join(bundledDataDir(), 'snapshots'), join(data, 'snapshots'), { recursive: true });
  }
  return loadConfig({ ARTICLES_DIR: folder, DATA_DIR: join(folder, '.data'), ...more });
}

describe('openBot', () => {
  it("answers from a clinic's own articles, and reads the index the second time", () =>
    inTempFolder(async (folder) => {
      writeFileSync(join(folder, 'cats.md'), CATS);
      const progress: string[] = [];
      const onProgress = (done: number, total: number) => void progress.push(`${done}/${total}`);
      const first = await openBot(configFor(folder), { onProgress });
      try {
        expect([...first.articles.keys()]).toEqual(['cats']);
        expect(first.prepared.encoded).toBeGreaterThan(0);
        expect(progress.at(-1)).toBe(`${first.prepared.encoded}/${first.prepared.encoded}`);
        const reply = await first.answerTurn('why does a cat purr', {
          id: 'c',
          channel: 'webchat',
          messages: [],
        });
        expect(reply.kind).toBe('answer');
        expect(reply.citations[0]).toMatchObject({ article: 'cats', origin: 'cats.md' });
      } finally {
        await first.close();
      }
      const second = await openBot(configFor(folder));
      await second.close();
      expect(second.prepared).toMatchObject({ encoded: 0, damage: null });
      expect(second.prepared.snapshot.id).toBe(first.prepared.snapshot.id);
    }));

  it('screens by the same rules whatever the articles are', () =>
    inTempFolder(async (folder) => {
      writeFileSync(join(folder, 'cats.md'), CATS);
      const bot = await openBot(configFor(folder, { REGION: 'UK' }));
      try {
        const reply = await bot.answerTurn('I cannot breathe since the needling', {
          id: 'c',
          channel: 'webchat',
          messages: [],
        });
        expect(reply.kind).toBe('escalation');
        expect(reply.text).toContain('999');
      } finally {
        await bot.close();
      }
    }));

  it('says which files it passed over', () =>
    inTempFolder(async (folder) => {
      writeFileSync(join(folder, 'cats.md'), CATS);
      writeFileSync(join(folder, 'empty.md'), '');
      const bot = await openBot(configFor(folder));
      await bot.close();
      expect(bot.skipped.map(({ file }) => file)).toEqual(['empty.md']);
    }));

  it('refuses a folder without an article, by name, and indexes nothing', () =>
    inTempFolder(async (folder) => {
      writeFileSync(join(folder, 'empty.md'), '');
      await expect(openBot(configFor(folder))).rejects.toMatchObject({
        code: 'ARTICLES_UNREADABLE',
        message: expect.stringContaining('empty.md'),
      });
      expect(existsSync(join(folder, '.data'))).toBe(false);
      expect(readdirSync(folder)).toEqual(['empty.md']);
    }));
});

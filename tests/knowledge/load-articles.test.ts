import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../knowledge/fault.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { describeFindings } from '../../knowledge/report.ts';
import { inTempFolder } from '../support/temp-folder.ts';

async function load(
  files: Record<string, string | Uint8Array>,
): Promise<ReturnType<typeof loadArticles>> {
  return inTempFolder(async (folder) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return loadArticles(folder);
  });
}

describe('loadArticles', () => {
  it('reads text and Markdown, sorted by file name', async () => {
    const { articles, skipped } = await load({
      'b.txt': 'Warm Packs\n\nThey help.',
      'a.MD': '# Ice\n\nIt numbs.',
      'README.md': '# Not me\n\nNo.',
    });
    expect(articles.map(({ origin, slug }) => [origin, slug])).toEqual([
      ['a.MD', 'ice'],
      ['b.txt', 'warm-packs'],
    ]);
    expect(skipped).toEqual([]);
  });

  it('names the files it leaves out, and goes on', async () => {
    const { articles, skipped } = await load({
      'a.txt': '',
      'b.txt': Uint8Array.from([0x50, 0, 1, 2]),
      'c.txt': Uint8Array.from([0x57, 0xe9, 0x72]),
      'd.docx': 'Warm',
      'e.txt': 'x'.repeat(5 * 1024 * 1024 + 1),
      'f.txt': ' \n\t',
      'g.txt': Uint8Array.from([0xff, 0xfe, 0x57, 0]),
      'h.txt': 'Book online today!',
      'z.txt': 'Warm Packs\n\nThey help.',
      '.hidden.txt': 'Hidden.',
    });
    expect(articles.map(({ origin }) => origin)).toEqual(['z.txt']);
    expect(skipped).toEqual([
      { file: 'a.txt', why: 'the file is empty' },
      { file: 'b.txt', why: 'binary, not text' },
      { file: 'c.txt', why: 'not UTF-8' },
      { file: 'd.docx', why: 'not one of .txt, .md' },
      { file: 'e.txt', why: 'larger than 5 MB' },
      { file: 'f.txt', why: 'no words in it' },
      { file: 'g.txt', why: 'UTF-16; save it as UTF-8' },
      { file: 'h.txt', why: 'no sentence in it' },
    ]);
  });

  it('gives articles of the same title slugs of their own', async () => {
    const { articles } = await load({
      'a.txt': 'Warm Packs\n\nThey help.',
      'b.txt': 'Warm Packs\n\nThey do.',
      'c.txt': 'Warm Packs\n\nOh yes.',
    });
    expect(articles.map(({ slug }) => slug)).toEqual([
      'warm-packs',
      'warm-packs-2',
      'warm-packs-3',
    ]);
  });

  it('names a folder among the files', async () => {
    await inTempFolder(async (folder) => {
      mkdirSync(join(folder, 'old'));
      expect(loadArticles(folder).skipped).toEqual([
        { file: 'old', why: 'a folder; put the files next to the others' },
      ]);
    });
  });

  it('throws where there is no folder', async () => {
    await inTempFolder(async (folder) => {
      expect(() => loadArticles(join(folder, 'gone'))).toThrow(Fault);
    });
  });
});

describe('describeFindings', () => {
  it('says what was repaired, left out or is doubtful, with the words that stood there', async () => {
    const { articles, skipped } = await load({
      'a.txt': 'Warm Packs\n\nItโs old.\n\nAlso Read: Ten Soups\n\nUse them for:\n\nThatโs all.',
      'b.md': '# Ice\n\nIt numbs.',
      'c.pdf': 'x',
    });
    expect(describeFindings(articles, skipped)).toEqual([
      'a.txt (Warm Packs)',
      '  repaired: mojibake, 2 times',
      expect.stringMatching(/^ {4}“.*Itโs old\..*”$/),
      '  left out: promotion, once',
      '    “Also Read: Ten Soups”',
      '  please look at: lost list, once',
      '    “Use them for:”',
      'b.md (Ice)',
      '  nothing to repair',
      'c.pdf: not read, not one of .txt, .md',
    ]);
  });
});

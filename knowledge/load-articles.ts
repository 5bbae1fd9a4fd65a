import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Article } from './article.ts';
import { Fault } from './fault.ts';
import { kept } from './kept.ts';
import { EXTENSIONS, LARGEST_FILE, readArticle } from './readers/index.ts';

/** A file that was left out, and why, in words for the clinic. */
export interface Skipped {
  readonly file: string;
  readonly why: string;
}

interface Loaded {
  readonly articles: Article[];
  readonly skipped: Skipped[];
}

/**
 * Every article of a folder, sorted by file name; README.md and hidden files are not articles.
 *
 * A file that cannot be read is skipped and named, the rest go on. Throws `ARTICLES_UNREADABLE` only
 * where the folder itself cannot be read. With `keptIn`, the name of a file, they are read from there
 * where nothing has changed: Markdown takes a second to read.
 */
export function loadArticles(dir: string, keptIn?: string): Loaded {
  const skipped: Skipped[] = [];
  const contents = new Map<string, Buffer>();
  for (const file of namesIn(dir)) {
    const why = reasonToSkip(join(dir, file)) ?? take(dir, file, contents);
    if (why) skipped.push({ file, why });
  }
  const inputs = [...contents].flat();
  const loaded = keptIn
    ? kept(
        keptIn,
        inputs,
        () => readArticles(contents),
        ({ articles }) => articles.length > 0,
      )
    : readArticles(contents);
  const all = [...skipped, ...loaded.skipped];
  return { ...loaded, skipped: all.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

/** Why it cannot be taken; null where it has been. */
function take(dir: string, file: string, contents: Map<string, Buffer>): string | null {
  try {
    contents.set(file, readFileSync(join(dir, file)));
    return null;
  } catch (error) {
    return whyUnreadable(error, file);
  }
}

function readArticles(contents: ReadonlyMap<string, Buffer>): Loaded {
  const articles: Article[] = [];
  const skipped: Skipped[] = [];
  const taken = new Set<string>();
  for (const [file, content] of contents) {
    try {
      const article = readArticle(file, content);
      const slug = freeSlug(article.slug, taken);
      taken.add(slug);
      articles.push(slug === article.slug ? article : { ...article, slug });
    } catch (error) {
      skipped.push({ file, why: whyUnreadable(error, file) });
    }
  }
  return { articles, skipped };
}

function namesIn(dir: string): string[] {
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch (cause) {
    throw new Fault('ARTICLES_UNREADABLE', `expected a folder of articles, found none at ${dir}`, {
      cause,
    });
  }
  return names.filter((name) => !name.startsWith('.') && name.toLowerCase() !== 'readme.md').sort();
}

function reasonToSkip(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 'cannot be opened';
  if (stats.isDirectory()) return 'a folder; put the files next to the others';
  if (!stats.isFile()) return 'not a file';
  if (!EXTENSIONS.includes(extname(path).toLowerCase()))
    return `not one of ${EXTENSIONS.join(', ')}`;
  // Before reading, so that a huge file is not loaded to be refused.
  return stats.size > LARGEST_FILE ? 'larger than 5 MB' : null;
}

function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  let n = 2;
  while (taken.has(`${slug}-${n}`)) n += 1;
  return `${slug}-${n}`;
}

/** Only what says something about the file; anything else is a mistake of ours and goes on up. */
function whyUnreadable(error: unknown, file: string): string {
  if (error instanceof Fault && error.code === 'ARTICLES_UNREADABLE') {
    return error.message.replace(`${error.code}: `, '').replace(`${file}: `, '');
  }
  if (error instanceof Error && 'syscall' in error) return 'cannot be opened';
  throw error;
}

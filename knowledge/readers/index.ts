import { basename, extname } from 'node:path';
import type { Article, Finding } from '../article.ts';
import { assemble } from '../assemble.ts';
import type { Block } from '../block.ts';
import { mendCharacters } from '../characters.ts';
import type { Mended } from '../characters.ts';
import { dropUnwanted } from '../clean.ts';
import { markDoubts } from '../doubts.ts';
import { Fault } from '../fault.ts';
import { nestHeadings } from '../nesting.ts';
import { tokenize } from '../tokens.ts';
import { readMarkdown } from './markdown.ts';
import type { Meta } from './markdown.ts';
import { readText } from './text.ts';

/** Bytes; a longer file is a book, or no text. */
export const LARGEST_FILE = 5 * 1024 * 1024;
/** Characters. */
const LONGEST_SLUG = 60;

interface Reading {
  readonly blocks: readonly Block[];
  readonly meta: Meta;
  readonly findings: readonly Finding[];
}

const READERS: Readonly<Record<string, (mended: string) => Reading>> = {
  '.txt': (mended) => ({ blocks: readText(mended), meta: {}, findings: [] }),
  '.md': readMarkdown,
};

export const EXTENSIONS: readonly string[] = Object.keys(READERS);

/**
 * One file, cleaned, with every offset fixed.
 *
 * Throws `ARTICLES_UNREADABLE` for a file that is empty, too large, binary, not UTF-8, of an unknown
 * kind, or in which nothing is left to read.
 */
export function readArticle(fileName: string, bytes: Uint8Array): Article {
  const name = basename(fileName);
  const reader = READERS[extname(name).toLowerCase()];
  if (!reader) throw unreadable(name, `expected ${EXTENSIONS.join(' or ')}`);
  const mended = mendCharacters(decode(name, bytes));
  const read = reader(mended.text);
  const cleaned = dropUnwanted(read.blocks);
  const { blocks, findings } = markDoubts(nestHeadings(cleaned.blocks));
  const { text, sections } = assemble(blocks, mended.text);
  if (!sections.some((section) => section.sentences.length > 0))
    throw unreadable(name, 'no sentence in it');

  const { meta } = read;
  const title = meta.title ?? titleOf(blocks) ?? name.slice(0, -extname(name).length);
  return {
    slug: slugOf(title, name),
    origin: meta.origin ?? name,
    title,
    publisher: meta.publisher ?? null,
    authors: meta.authors ?? cleaned.authors,
    reviewers: meta.reviewers ?? cleaned.reviewers,
    language: meta.language ?? 'en',
    reviewed: meta.reviewed ?? null,
    expires: meta.expires ?? null,
    url: meta.url ?? null,
    text,
    sections,
    findings: [
      ...mended.findings,
      ...[...read.findings, ...cleaned.findings, ...findings].map(inRaw(mended)),
    ].sort((a, b) => a.start - b.start || a.end - b.end),
  };
}

function unreadable(name: string, why: string, cause?: unknown): Fault {
  return new Fault('ARTICLES_UNREADABLE', `${name}: ${why}`, { cause });
}

function decode(name: string, bytes: Uint8Array): string {
  if (bytes.length === 0) throw unreadable(name, 'the file is empty');
  if (bytes.length > LARGEST_FILE) throw unreadable(name, 'larger than 5 MB');
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw unreadable(name, 'UTF-16; save it as UTF-8');
  }
  if (bytes.includes(0)) throw unreadable(name, 'binary, not text');
  let raw: string;
  try {
    // Kept, the byte order mark counts in raw offsets as it does for whoever opens the file.
    raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(name, 'not UTF-8', cause);
  }
  if (!/[\p{L}\p{N}]/u.test(raw)) throw unreadable(name, 'no words in it');
  return raw;
}

function inRaw(mended: Mended): (finding: Finding) => Finding {
  return (finding) => ({
    ...finding,
    start: mended.toRaw(finding.start),
    end: mended.toRaw(finding.end),
  });
}

function titleOf(blocks: readonly Block[]): string | null {
  const title =
    blocks.find((block) => block.kind === 'title') ??
    blocks.find((block) => block.kind === 'heading');
  return title ? title.run.text : null;
}

/** Words of the title, else of the file name, as many as fit; unique only after `loadArticles`. */
function slugOf(title: string, fileName: string): string {
  for (const source of [title.replace(/\([^)]*\)/g, ' '), title, fileName]) {
    const words = tokenize(source).map((token) => token.word.replace(/[^a-z0-9]+/g, ''));
    let slug = '';
    for (const word of words) {
      if (!word) continue;
      if (slug && slug.length + 1 + word.length > LONGEST_SLUG) break;
      slug += (slug ? '-' : '') + word.slice(0, LONGEST_SLUG);
    }
    if (slug) return slug;
  }
  return 'article';
}

import type { List, PhrasingContent, RootContent, Table } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Finding } from '../article.ts';
import type { Block, Run } from '../block.ts';
import { excerptOf } from '../clean.ts';
import { parseFrontMatter, parseSectionNote } from './front-matter.ts';

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml']).freeze();

export type Meta = ReturnType<typeof parseFrontMatter>['meta'];

/** Blocks of a Markdown file, without its markup, and what its front matter says. */
export function readMarkdown(mended: string): { blocks: Block[]; meta: Meta; findings: Finding[] } {
  const reading = new Reading();
  for (const node of parser.parse(mended).children) reading.read(node);
  return { blocks: reading.blocks, meta: reading.meta, findings: reading.findings };
}

class Reading {
  readonly blocks: Block[] = [];
  readonly findings: Finding[] = [];
  meta: Meta = {};
  private lists = 0;
  private tables = 0;
  private hasTitle = false;

  read(node: RootContent): void {
    switch (node.type) {
      case 'yaml': {
        const { meta, problems } = parseFrontMatter(node.value);
        this.meta = meta;
        for (const problem of problems) this.note('front matter', node, problem);
        return;
      }
      case 'heading': {
        const run = runOf(node.children, node);
        if (!hasWords(run)) return;
        const isTitle =
          node.depth === 1 &&
          !this.hasTitle &&
          !this.blocks.some((block) => block.kind === 'heading');
        this.hasTitle ||= isTitle;
        if (isTitle) this.blocks.push({ kind: 'title', run });
        else this.pushHeading(run, node.depth);
        return;
      }
      case 'paragraph': {
        const run = runOf(node.children, node);
        if (hasWords(run)) this.blocks.push({ kind: 'paragraph', run });
        return;
      }
      case 'list':
        this.lists += 1;
        this.readList(node, 0);
        return;
      case 'table':
        this.readTable(node);
        return;
      case 'blockquote':
        for (const child of node.children) this.read(child);
        return;
      case 'code': {
        const run = plainRun(node.value, node);
        if (hasWords(run)) this.blocks.push({ kind: 'paragraph', run });
        return;
      }
      case 'html':
        this.readHtml(node.value, node);
        return;
      case 'footnoteDefinition':
        this.drop('footnote', node, `[${node.identifier}]`);
        return;
      default:
    }
  }

  private pushHeading(run: Run, depth: number): void {
    const marker = /^\d{1,2}[.)] (?=\S)/.exec(run.text)?.[0] ?? '';
    const heading = marker ? { ...run, text: run.text.slice(marker.length), breaks: [] } : run;
    const number = marker ? Number.parseInt(marker, 10) : null;
    this.blocks.push({ kind: 'heading', run: heading, marker, number, depth, asked: [], from: [] });
  }

  private readHtml(value: string, node: Positioned): void {
    const note = parseSectionNote(value);
    const last = this.blocks.at(-1);
    if (typeof note === 'string') this.note('front matter', node, note);
    else if (note && last?.kind === 'heading') {
      this.blocks[this.blocks.length - 1] = {
        ...last,
        asked: [...last.asked, ...note.asked],
        from: [...last.from, ...note.from],
      };
    } else if (note) this.note('front matter', node, 'note that stands below no heading');
    else if (!value.trimStart().startsWith('<!--')) {
      const run = plainRun(value.replace(/<[^>]*>/g, ' '), node);
      if (hasWords(run)) this.blocks.push({ kind: 'paragraph', run });
    }
  }

  private readList(list: List, depth: number): void {
    let number = list.start ?? 1;
    for (const item of list.children) {
      const marker = list.ordered ? `${number}. ` : '- ';
      number += 1;
      const runs: Run[] = [];
      const nested: List[] = [];
      for (const child of item.children) {
        if (child.type === 'list') nested.push(child);
        else if (child.type === 'paragraph') runs.push(runOf(child.children, child));
        else if (child.type === 'code') runs.push(plainRun(child.value, child));
        else if (child.type !== 'html') this.drop('content inside a list item', child, child.type);
      }
      const run = joined(runs.filter(hasWords));
      if (run) this.blocks.push({ kind: 'item', run, name: null, marker, list: this.lists, depth });
      for (const inner of nested) this.readList(inner, run ? depth + 1 : depth);
    }
  }

  private readTable(table: Table): void {
    this.tables += 1;
    for (const [i, row] of table.children.entries()) {
      const cells = row.children.map((cell) => runOf(cell.children, cell));
      if (cells.some(hasWords))
        this.blocks.push({ kind: 'row', cells, isHeader: i === 0, table: this.tables });
    }
  }

  private note(what: string, node: Positioned, excerpt: string): void {
    this.findings.push({ kind: 'doubtful', what, ...placeOf(node), excerpt: excerptOf(excerpt) });
  }

  private drop(what: string, node: Positioned, excerpt: string): void {
    this.findings.push({ kind: 'dropped', what, ...placeOf(node), excerpt: excerptOf(excerpt) });
  }
}

interface Positioned {
  readonly position?:
    | {
        readonly start: { readonly offset?: number | undefined };
        readonly end: { readonly offset?: number | undefined };
      }
    | undefined;
}

function placeOf(node: Positioned): { start: number; end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

function hasWords(run: Run): boolean {
  return /[\p{L}\p{N}]/u.test(run.text);
}

function plainRun(text: string, node: Positioned): Run {
  return { text: text.replace(/\s+/gu, ' ').trim(), breaks: [], ...placeOf(node) };
}

/** Paragraphs of one item in a row; a sentence ends where a paragraph does. */
function joined(runs: readonly Run[]): Run | null {
  const [first, ...rest] = runs;
  if (!first) return null;
  return rest.reduce<Run>((all, run) => {
    const at = all.text.length + 1;
    const breaks = [...all.breaks, at, ...run.breaks.map((offset) => at + offset)];
    return { text: `${all.text} ${run.text}`, breaks, start: all.start, end: run.end };
  }, first);
}

function runOf(nodes: readonly PhrasingContent[], holder: Positioned): Run {
  const breaks: number[] = [];
  let text = '';
  const put = (piece: string): void => {
    const squeezed = piece.replace(/\s+/gu, ' ');
    text += text === '' || text.endsWith(' ') ? squeezed.trimStart() : squeezed;
  };
  const walk = (node: PhrasingContent): void => {
    if (node.type === 'text' || node.type === 'inlineCode') put(node.value);
    else if (node.type === 'break') put(' ');
    else if (node.type === 'html') put(/^<br\b/i.test(node.value) ? ' ' : '');
    else if (node.type === 'footnoteReference') breaks.push(text.length);
    else if ('children' in node) for (const child of node.children) walk(child);
  };
  for (const node of nodes) walk(node);
  text = text.trimEnd();
  return { text, breaks: breaks.filter((at) => at > 0 && at < text.length), ...placeOf(holder) };
}

import type { Section, Sentence, Span } from './article.ts';
import type {
  Block,
  Doubt,
  HeadingBlock,
  ItemBlock,
  ParagraphBlock,
  RowBlock,
  Run,
} from './block.ts';
import { placeOf } from './block.ts';
import { splitSentences } from './sentences.ts';
import { foldedWords } from './tokens.ts';

interface OpenSection {
  start: number;
  end: number;
  heading: Span | null;
  path: readonly string[];
  block: HeadingBlock | null;
  sentences: Sentence[];
}

/** Characters and words of a label: "Managing soreness after treatment: …". */
const LONGEST_LABEL = 70;
const MOST_LABEL_WORDS = 9;
const INTRODUCES =
  /\b(?:the following|as follows|these (?:are|include|can include|may include)|here (?:are|is)|(?:listed|outlined|described) below|below are|some of the|a (?:few|number|(?:wide )?range|(?:wide )?variety) of|there are (?:several|many|a few|\w+ (?:ways|things|steps|kinds|types)))\b/i;

/**
 * The cleaned text of an article, and its sections with every offset into that text; `mended` is the
 * text that the blocks were read from.
 *
 * Offsets are taken while the text is written, never searched for afterwards.
 */
export function assemble(
  blocks: readonly Block[],
  mended: string,
): { text: string; sections: Section[] } {
  const writer = new Writer(mended);
  let previous: Block | null = null;
  for (const block of blocks) {
    writer.write(block, previous);
    previous = block;
  }
  return writer.finish();
}

class Writer {
  private text = '';
  private blockNumber = -1;
  private readonly sections: OpenSection[] = [];
  private readonly path: { depth: number; text: string }[] = [];
  /** Lead-in of the list being written, per depth of the list. */
  private leadIns: (Span | null)[] = [];
  private columns: (Span | null)[] = [];
  /** Whether nothing was taken out between the block being written and the one before. */
  private goesOn = false;

  private readonly mended: string;

  constructor(mended: string) {
    this.mended = mended;
  }

  write(block: Block, previous: Block | null): void {
    if (this.text) this.text += isTight(previous, block) ? '\n' : '\n\n';
    this.goesOn = previous !== null && areNeighbours(previous, block, this.mended);
    switch (block.kind) {
      case 'title':
      case 'subtitle':
        this.append(block.run.text);
        return;
      case 'heading':
        this.writeHeading(block);
        return;
      case 'paragraph':
        this.blockNumber += 1;
        this.writeRun(block.run, 'prose', block);
        return;
      case 'item':
        this.blockNumber += 1;
        this.writeItem(block, previous);
        return;
      case 'row':
        this.blockNumber += 1;
        this.writeRow(block, previous);
    }
  }

  finish(): { text: string; sections: Section[] } {
    const sections = this.sections.map(({ block, heading, ...section }) => ({
      ...section,
      ...(heading && { heading }),
      asked: block?.asked ?? [],
      ...(block && block.from.length > 0 && { from: block.from }),
    }));
    return { text: this.text, sections };
  }

  private append(text: string): Span {
    const start = this.text.length;
    this.text += text;
    return { start, end: this.text.length };
  }

  private section(): OpenSection {
    const last = this.sections.at(-1);
    if (last) return last;
    const start = this.text.length;
    const first: OpenSection = {
      start,
      end: start,
      heading: null,
      path: [],
      block: null,
      sentences: [],
    };
    this.sections.push(first);
    return first;
  }

  private writeHeading(block: HeadingBlock): void {
    const depth = block.depth ?? 1;
    while ((this.path.at(-1)?.depth ?? 0) >= depth) this.path.pop();
    this.path.push({ depth, text: block.run.text });
    const start = this.append(block.marker).start;
    const heading = this.append(block.run.text);
    const path = this.path.map((step) => step.text);
    this.sections.push({ start, end: heading.end, heading, path, block, sentences: [] });
  }

  private add(sentence: Sentence): void {
    this.section().sentences.push(sentence);
  }

  /** Writes the run and adds its sentences; returns them. */
  private writeRun(
    run: Run,
    kind: 'prose' | 'item',
    block: ParagraphBlock | ItemBlock,
    marks: { leadIn?: Span; label?: Span } = {},
  ): void {
    const section = this.section();
    const { start, end } = this.append(run.text);
    const spans = splitSentences(run.text, run.breaks);
    for (const [i, span] of spans.entries()) {
      const doubt = doubtOf(block.doubt, i === spans.length - 1);
      const before = spans[i - 1];
      const goesOn = before
        ? !run.breaks.some((at) => at >= before.end && at <= span.start)
        : this.goesOn;
      this.add({
        kind,
        block: this.blockNumber,
        start: start + span.start,
        end: start + span.end,
        ...(marks.leadIn && { leadIn: marks.leadIn }),
        ...(goesOn && { goesOn }),
        ...(marks.label && i === 0 && { label: marks.label }),
        ...(doubt && { doubt }),
      });
    }
    section.end = end;
  }

  private writeItem(block: ItemBlock, previous: Block | null): void {
    if (previous?.kind !== 'item' || previous.list !== block.list)
      this.leadIns = [this.leadInOf(previous)];
    else if (block.depth > previous.depth) this.leadIns[block.depth] = this.leadInOf(previous);
    this.leadIns.length = Math.max(1, Math.min(this.leadIns.length, block.depth + 1));
    const leadIn = this.leadIns.findLast((span) => span);

    this.section();
    const indent = '  '.repeat(block.depth);
    this.append(indent + block.marker);
    let label: Span | null = null;
    if (block.name) {
      label = this.append(block.name.text);
      this.append(`\n${indent}   `);
    } else {
      const length = labelLength(block.run);
      if (length > 0) label = { start: this.text.length, end: this.text.length + length };
    }
    this.writeRun(block.run, 'item', block, { ...(leadIn && { leadIn }), ...(label && { label }) });
  }

  /** The last sentence of the block above a list, if it introduces it. */
  private leadInOf(previous: Block | null): Span | null {
    if (previous?.kind !== 'paragraph' && previous?.kind !== 'item') return null;
    const last = this.sections.at(-1)?.sentences.at(-1);
    if (!last || last.block !== this.blockNumber - 1) return null;
    const text = this.text.slice(last.start, last.end);
    const isIntroduction =
      text.endsWith(':') || (previous.kind === 'paragraph' && INTRODUCES.test(text));
    return isIntroduction ? { start: last.start, end: last.end } : null;
  }

  private writeRow(block: RowBlock, previous: Block | null): void {
    const isNew = previous?.kind !== 'row' || previous.table !== block.table;
    if (isNew) this.columns = [];
    const section = this.section();
    let row: Span | null = null;
    const source = this.mended.slice(placeOf(block).start, placeOf(block).end);
    this.goesOn = isSaid(source, block.cells.map((cell) => cell.text).join(' '));
    const hasOthers = block.cells.slice(1).some((cell) => /[\p{L}\p{N}]/u.test(cell.text));
    for (const [i, cell] of block.cells.entries()) {
      if (i > 0) this.append(' | ');
      const { start, end } = this.append(cell.text);
      const place = end > start ? { start, end } : null;
      if (block.isHeader) this.columns[i] = place;
      else if (i === 0 && hasOthers) row = place;
      else this.addCell(cell, start, row, this.columns[i] ?? null);
    }
    section.end = this.text.length;
  }

  /** A cell is one sentence, "False. It is …" included, unless something was cut out of it. */
  private addCell(cell: Run, start: number, row: Span | null, column: Span | null): void {
    let from = 0;
    for (const to of [...cell.breaks, cell.text.length]) {
      const piece = cell.text.slice(from, to);
      const lead = piece.length - piece.trimStart().length;
      if (/[\p{L}\p{N}]/u.test(piece)) {
        this.add({
          kind: 'cell',
          block: this.blockNumber,
          start: start + from + lead,
          end: start + from + piece.trimEnd().length,
          ...(row && { row }),
          ...(column && { column }),
          ...(this.goesOn && { goesOn: true }),
        });
      }
      from = to;
    }
  }
}

/** Two paragraphs or list items of which the source holds every word and none between them. */
function areNeighbours(previous: Block, block: Block, mended: string): boolean {
  const [before, here] = [previous, block].map((one) =>
    one.kind === 'paragraph' ? one.run.text : one.kind === 'item' ? itemText(one) : undefined,
  );
  if (before === undefined || here === undefined) return false;
  const source = mended.slice(placeOf(previous).start, placeOf(block).end);
  const mark = block.kind === 'item' ? block.marker : '';
  return isSaid(source, `${before} ${mark} ${here}`);
}

/** Whether two texts have the same words in the same order. */
function isSaid(source: string, text: string): boolean {
  return foldedWords(source).join(' ') === foldedWords(text).join(' ');
}

function itemText({ name, run }: ItemBlock): string {
  return name ? `${name.text} ${run.text}` : run.text;
}

function isTight(previous: Block | null, block: Block): boolean {
  if (previous?.kind === 'item' && block.kind === 'item') return previous.list === block.list;
  return previous?.kind === 'row' && block.kind === 'row' && previous.table === block.table;
}

function doubtOf(doubt: Doubt | undefined, isLast: boolean): Doubt['kind'] | null {
  return doubt && (isLast || doubt.reach === 'all') ? doubt.kind : null;
}

/** Length of a label at the start of an item, or 0. */
function labelLength(run: Run): number {
  const colon = /:(?=\s)/.exec(run.text.slice(0, LONGEST_LABEL + 1))?.index ?? -1;
  if (colon <= 0 || run.breaks.some((at) => at <= colon)) return 0;
  const label = run.text.slice(0, colon);
  const isShort = label.trim().split(/\s+/).length <= MOST_LABEL_WORDS;
  return isShort && /[\p{L}\p{N}]/u.test(label) && !/[.!?]\s/.test(label) ? colon : 0;
}

import type { Origin } from './article.ts';

/** A stretch of readable text, markup already gone, with the place it came from. */
export interface Run {
  readonly text: string;
  /** Offsets into `text` that no sentence may cross: something was taken out, or a new line of thought begins. */
  readonly breaks: readonly number[];
  /** `[start, end)` in the mended text. */
  readonly start: number;
  readonly end: number;
}

interface TitleBlock {
  readonly kind: 'title';
  readonly run: Run;
}

export interface HeadingBlock {
  readonly kind: 'heading';
  readonly run: Run;
  /** "2. " of a numbered heading, kept in the text and left out of the path. */
  readonly marker: string;
  readonly number: number | null;
  /** Larger is deeper; null until `nestHeadings` has decided. */
  readonly depth: number | null;
  readonly asked: readonly string[];
  readonly from: readonly Origin[];
}

/** Why a block, or its last sentence only, must not be shown as it stands. */
export interface Doubt {
  readonly kind: 'lost-list' | 'fragment';
  readonly reach: 'last' | 'all';
}

export interface ParagraphBlock {
  readonly kind: 'paragraph';
  readonly run: Run;
  readonly doubt?: Doubt;
}

/** Kept in the text, quoted by nobody. */
interface SubtitleBlock {
  readonly kind: 'subtitle';
  readonly run: Run;
}

export interface ItemBlock {
  readonly kind: 'item';
  readonly run: Run;
  /** Name of the item on a line of its own, above its text. */
  readonly name: Run | null;
  readonly marker: string;
  /** Number of its outermost list. */
  readonly list: number;
  /** 0 for the outermost list. */
  readonly depth: number;
  readonly doubt?: Doubt;
}

export interface RowBlock {
  readonly kind: 'row';
  readonly cells: readonly Run[];
  readonly isHeader: boolean;
  readonly table: number;
}

/** What a reader makes of a file, before cleaning and before offsets are fixed. */
export type Block =
  | TitleBlock
  | SubtitleBlock
  | HeadingBlock
  | ParagraphBlock
  | ItemBlock
  | RowBlock;

/** The text of a block in one line, for the detectors. */
export function textOf(block: Block): string {
  if (block.kind === 'row') return block.cells.map((cell) => cell.text).join(' | ');
  if (block.kind === 'item' && block.name) return `${block.name.text}: ${block.run.text}`;
  return block.run.text;
}

/** Where a block stands in the mended text. */
export function placeOf(block: Block): { start: number; end: number } {
  if (block.kind !== 'row') {
    const start = block.kind === 'item' && block.name ? block.name.start : block.run.start;
    return { start, end: block.run.end };
  }
  const first = block.cells[0];
  const last = block.cells.at(-1);
  return { start: first?.start ?? 0, end: last?.end ?? 0 };
}

/** The run without `spans` (in order, apart from each other); each place of a cut becomes a break. */
export function cutFrom(
  run: Run,
  spans: readonly { readonly start: number; readonly end: number }[],
): Run {
  if (spans.length === 0) return run;
  const kept: string[] = [];
  const breaks: number[] = [];
  const old = [...run.breaks];
  let done = 0;
  let length = 0;
  for (const { start, end } of spans) {
    while ((old[0] ?? Infinity) <= start) breaks.push((old.shift() ?? 0) - done + length);
    while ((old[0] ?? Infinity) < end) old.shift();
    kept.push(run.text.slice(done, start));
    length += start - done;
    breaks.push(length);
    done = end;
  }
  breaks.push(...old.map((at) => at - done + length));
  const text = kept.join('') + run.text.slice(done);
  return { ...run, text, breaks: [...new Set(breaks)].filter((at) => at > 0 && at < text.length) };
}

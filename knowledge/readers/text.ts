import type { Block, Run } from '../block.ts';
import { isPhotoCredit, readByline } from '../byline.ts';
import { isFurniture, isPromotion } from '../promotional.ts';
import { headingLook } from './heading-like.ts';
import { gatherUnits, splitLines } from './lines.ts';
import type { Line, Unit } from './lines.ts';

/** Blocks of plain text. Headings come without a depth: `nestHeadings` gives it after the drops. */
export function readText(mended: string): Block[] {
  const units = gatherUnits(splitLines(mended));
  const titleAt = units.findIndex((unit) => !isAboveTitle(unit));
  const blocks: Block[] = [];
  let list = 0;
  let table = 0;
  let indents: number[] = [];

  for (const [i, unit] of units.entries()) {
    const previous = units[i - 1];
    if (unit.kind === 'row') {
      const isFirst = previous?.kind !== 'row';
      if (isFirst) table += 1;
      const cells = cellsOf(unit);
      if (cells) blocks.push({ kind: 'row', cells, isHeader: isFirst, table });
      continue;
    }
    if (i === titleAt && isTitle(unit, units[i + 1])) {
      blocks.push({ kind: 'title', run: runOf(unit.lines) });
      continue;
    }
    if (isHeading(units, i)) {
      const { marker, number } = unit;
      const run = runOf(unit.lines);
      blocks.push({ kind: 'heading', run, marker, number, depth: null, asked: [], from: [] });
      indents = [];
      continue;
    }
    if (unit.kind !== 'bullet' && unit.kind !== 'number') {
      blocks.push({ kind: 'paragraph', run: runOf(unit.lines) });
      indents = [];
      continue;
    }
    if (indents.length === 0) list += 1;
    indents = [...indents.filter((indent) => indent < unit.indent), unit.indent];
    const { name, run } = itemOf(unit);
    blocks.push({ kind: 'item', run, name, marker: unit.marker, list, depth: indents.length - 1 });
  }
  return blocks;
}

function runOf(lines: readonly Line[]): Run {
  const text = lines.map((line) => squeezed(line.text)).join(' ');
  return { text, breaks: [], start: lines[0]?.start ?? 0, end: lines.at(-1)?.end ?? 0 };
}

function squeezed(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

/** An item whose first line is a name without a stop and whose text begins on the next line. */
function itemOf(unit: Unit): { name: Run | null; run: Run } {
  const [first, second] = unit.lines;
  if (
    first &&
    second &&
    headingLook(first.text) &&
    /^["'\u201c(]?[\p{Lu}\p{N}]/u.test(second.text)
  ) {
    return { name: runOf([first]), run: runOf(unit.lines.slice(1)) };
  }
  return { name: null, run: runOf(unit.lines) };
}

function cellsOf(unit: Unit): Run[] | null {
  const line = unit.lines[0];
  if (!line || /^[|\s:+-]+$/.test(line.text)) return null;
  const cells: Run[] = [];
  let at = 0;
  const inner = line.text.replace(/\|\s*$/, '');
  for (const piece of inner.replace(/^\|/, ' ').split('|')) {
    const start = line.start + at + (piece.length - piece.trimStart().length);
    const text = squeezed(piece.trim());
    cells.push({ text, breaks: [], start, end: start + piece.trim().length });
    at += piece.length + 1;
  }
  return cells;
}

/** What scrapers leave above the title: who wrote it, a picture's credit, the page's own buttons. */
function isAboveTitle(unit: Unit): boolean {
  const text = unit.lines[0]?.text ?? '';
  return readByline(text) !== null || isPhotoCredit(text) || isPromotion(text) || isFurniture(text);
}

function isTitle(unit: Unit, next: Unit | undefined): boolean {
  if (unit.kind === 'marked-heading') return true;
  const line = unit.lines[0];
  if (!line || !next || unit.kind !== 'plain' || unit.lines.length > 1) return false;
  const look = headingLook(line.text.replace(/!+$/, ''));
  return (
    look === 'title-case' ||
    look === 'question' ||
    (look === 'sentence-case' && (next.isApart || headingLook(next.lines[0]?.text ?? '') !== null))
  );
}

function isHeading(units: readonly Unit[], at: number): boolean {
  const unit = units[at];
  const line = unit?.lines[0];
  if (!unit || !line) return false;
  if (unit.kind === 'marked-heading') return true;
  if (unit.lines.length > 1 || unit.kind === 'bullet' || unit.kind === 'row') return false;
  const look = headingLook(line.text);
  if (!look) return false;
  const next = units[at + 1];
  if (unit.kind === 'number') return isNumberedHeading(units, at);
  if (look !== 'sentence-case') return look === 'title-case' || next !== undefined;
  if (!next) return false;
  // A short line in sentence case may be a scrap of a table; a heading has air around it or prose below.
  const opensProse =
    /[.!?:]["'\u201d\u2019)]*$/.test(next.lines.at(-1)?.text ?? '') ||
    next.kind === 'bullet' ||
    next.kind === 'number';
  const isShort = line.text.split(/\s+/).length <= 5;
  return opensProse && ((unit.isApart && next.isApart) || isShort);
}

/** A list has its next number right before or after it; a heading has something of its own below. */
function isNumberedHeading(units: readonly Unit[], at: number): boolean {
  const unit = units[at];
  const next = units[at + 1];
  if (unit?.number === null || unit?.number === undefined || !next) return false;
  const isNeighbour = (other: Unit | undefined, number: number): boolean =>
    other?.kind === 'number' && other.number === number;
  if (isNeighbour(next, unit.number + 1)) return false;
  return !isNeighbour(units[at - 1], unit.number - 1);
}

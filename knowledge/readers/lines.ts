/** One line of plain text, without the white space around it. */
export interface Line {
  readonly text: string;
  /** `[start, end)` of `text` in the mended text. */
  readonly start: number;
  readonly end: number;
  /** White space before it, in characters. */
  readonly indent: number;
  /** Whether an empty line stands before it. */
  readonly isApart: boolean;
}

/** What the lines of one paragraph, list item, table row or heading are gathered into. */
export interface Unit {
  readonly kind: 'plain' | 'bullet' | 'number' | 'row' | 'marked-heading';
  readonly lines: readonly Line[];
  /** Bullet or number with its space, as printed; empty for the rest. */
  readonly marker: string;
  readonly number: number | null;
  readonly indent: number;
  readonly isApart: boolean;
}

const BULLET =
  /^[-\u2022*\u25cf\u25aa\u25ab\u25e6\u2023\u00b7\u2013\u27a2\u2713\u2714\u2705\u25b8\u25ba]\s+(?=\S)/u;
const NUMBER = /^\(?(\d{1,2})[.)]\s+(?=\S)/;
const RULE = /^[-=*_~]{3,}$/;
/** "Q: …" and "A: …" of a written interview. */
const ASKED = /^(?:Q|Question)\s?\d{0,2}\s?[:.)]\s+(?=\S)/i;
const ANSWERED = /^(?:A|Answer)\s?\d{0,2}\s?:\s+(?=\S)/i;
const HASHES = /^#{1,6}\s+(?=\S)/;
const CLOSED = /[.!?\u2026:;]["'\u201d\u2019)\]]*$/;
/** Lines are taken for hard-wrapped up to this width. */
const WIDEST_WRAP = 120;
/** A line shorter than this is not one that a wrap would have broken. */
const SHORTEST_WRAP = 40;

/** Lines that hold something, with rules between paragraphs ("-----") left out. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let isApart = true;
  let at = 0;
  for (const raw of text.split('\n')) {
    const trimmed = raw.trim();
    if (trimmed === '' || (RULE.test(trimmed) && !trimmed.startsWith('=') && isApart)) {
      isApart = true;
    } else {
      const indent = raw.length - raw.trimStart().length;
      const start = at + indent;
      lines.push({ text: trimmed, start, end: start + trimmed.length, indent, isApart });
      isApart = false;
    }
    at += raw.length + 1;
  }
  return lines;
}

/** Lines put together again where a wrap or a list item broke them. */
export function gatherUnits(lines: readonly Line[]): Unit[] {
  const width = wrapWidth(lines);
  const units: (Unit & { lines: Line[] })[] = [];
  for (const line of lines) {
    const last = units.at(-1);
    if (RULE.test(line.text) && last?.kind === 'plain' && last.lines.length === 1) {
      units[units.length - 1] = { ...last, kind: 'marked-heading' };
      continue;
    }
    const unit = unitOf(line);
    if (unit.kind === 'plain' && last && continues(last, line, width)) last.lines.push(line);
    else units.push(unit);
  }
  return withoutLoneRows(units);
}

function unitOf(line: Line): Unit & { lines: Line[] } {
  const { indent, isApart } = line;
  const plain = {
    kind: 'plain' as const,
    lines: [line],
    marker: '',
    number: null,
    indent,
    isApart,
  };
  if (/^\|.*\|/.test(line.text) || /\S\s+\|\s+\S/.test(line.text)) return { ...plain, kind: 'row' };
  const asked = ASKED.exec(line.text)?.[0];
  if (asked && line.text.endsWith('?'))
    return { ...plain, kind: 'marked-heading', lines: [without(line, asked)] };
  const answered = ANSWERED.exec(line.text)?.[0];
  if (answered) return { ...plain, lines: [without(line, answered)] };
  const hashes = HASHES.exec(line.text)?.[0];
  if (hashes) return { ...plain, kind: 'marked-heading', lines: [without(line, hashes)] };
  const bullet = BULLET.exec(line.text)?.[0];
  if (bullet) return { ...plain, kind: 'bullet', lines: [without(line, bullet)], marker: '- ' };
  const number = NUMBER.exec(line.text);
  if (!number) return plain;
  const lines = [without(line, number[0])];
  return { ...plain, kind: 'number', lines, marker: `${number[1]}. `, number: Number(number[1]) };
}

function without(line: Line, lead: string): Line {
  return { ...line, text: line.text.slice(lead.length), start: line.start + lead.length };
}

function continues(unit: Unit, line: Line, width: number | null): boolean {
  const previous = unit.lines.at(-1);
  if (!previous || unit.kind === 'row' || unit.kind === 'marked-heading') return false;
  const isItem = unit.kind === 'bullet' || unit.kind === 'number';
  if (isItem && line.indent > unit.indent) return true;
  if (line.isApart) return false;
  const isOpen = !CLOSED.test(previous.text);
  if (isOpen && previous.text.length >= SHORTEST_WRAP && /^[\p{Ll}(]/u.test(line.text)) return true;
  if (width === null) return false;
  const firstWord = /^\S+/.exec(line.text)?.[0].length ?? 0;
  const wouldHaveFit = previous.indent + previous.text.length + 1 + firstWord <= width;
  return !wouldHaveFit;
}

/** Width of a hard-wrapped text; null where every paragraph has one line. */
function wrapWidth(lines: readonly Line[]): number | null {
  let wraps = 0;
  let pairs = 0;
  for (const [i, line] of lines.entries()) {
    const next = lines[i + 1];
    if (!next || next.isApart || BULLET.test(next.text) || line.text.length < SHORTEST_WRAP)
      continue;
    pairs += 1;
    if (!CLOSED.test(line.text) && /^[\p{Ll}(]/u.test(next.text)) wraps += 1;
  }
  if (wraps < 2 || wraps * 3 < pairs) return null;
  const lengths = lines
    .map((line) => line.indent + line.text.length)
    .filter((n) => n <= WIDEST_WRAP);
  return lengths.length * 10 < lines.length * 9
    ? null
    : lengths.reduce((a, b) => Math.max(a, b), 0);
}

/** One row alone is no table: it is read as a line. */
function withoutLoneRows(units: readonly Unit[]): Unit[] {
  return units.map((unit, i) => {
    if (unit.kind !== 'row') return unit;
    const hasCompany = [units[i - 1], units[i + 1]].some(
      (other) => other?.kind === 'row' && pipesIn(other) === pipesIn(unit),
    );
    return hasCompany ? unit : { ...unit, kind: 'plain' };
  });
}

function pipesIn(unit: Unit): number {
  return unit.lines[0]?.text.split('|').length ?? 0;
}

import { type Article, quoteOf, type Sentence, type Span } from '../../knowledge/article.ts';
import { foldWord } from '../../knowledge/tokens.ts';
import type { Hit } from '../../retrieval/hit.ts';

export interface Part {
  /** Plain text without a marker, ending in a stop. */
  readonly text: string;
  readonly slices: readonly Span[];
}

/** Something an answer can say. */
export interface Statement {
  readonly kind: 'sentence' | 'item' | 'list' | 'row';
  readonly hit: Hit;
  /** Indices into `hit.chunk.sentences` of what is said. */
  readonly at: readonly number[];
  /** Sentences of the answer, each with the slices it rests on, in reading order. */
  readonly parts: readonly Part[];
  readonly words: number;
  /** Whether it is the first thing its section says. */
  readonly isOpening: boolean;
}

/** Words of a list past which it is shortened. */
const LIST_WORDS = 48;
const ROW_WORDS = 55;
/** Ends a list of which not all is said. */
export const SHORTENED = '; and more.';
/** "Absolutely." answers a heading, not a question of somebody else's. */
const SHORTEST = 4;

/** Openers that point at the sentence before; such a sentence cannot stand alone. */
export const LEANING =
  /^(this|these|that|those|it|its|they|their|such|he|she|however|also|but|and|so|additionally|moreover|furthermore|for example|for instance|both|another|other|then|here|instead|while this|in addition|as discussed|in these cases|in some cases|if that|once these)\b/i;

/** A name that only counts. */
const ORDINAL =
  /^(?:(?:step|stage|phase|part|day|week|visit|session)\s+)?(?:\d+|one|two|three|four|five|six)$/i;

/** Says that something follows, and nothing of it. */
const ANNOUNCING = /^(here (are|is)|below (are|is)|the following (are|is)|these are)\b/i;

const CONTRASTING = /^(however|but|and|so|while this|instead|then|in these cases|if that)\b/i;

/** Everything one hit offers, in reading order. A doubtful sentence is never offered. */
export function statementsOf(hit: Hit): Statement[] {
  const { article, chunk } = hit;
  const statements: Statement[] = [];
  for (const [at, sentence] of chunk.sentences.entries()) {
    if (sentence.doubt) continue;
    if (sentence.kind === 'prose') statements.push(...proseAt(hit, at, sentence));
    else if (sentence.kind === 'item') statements.push(...itemAt(hit, at, sentence));
    else {
      const slices = [sentence.column, sentence.row, sentence].filter(
        (slice) => slice !== undefined,
      );
      statements.push(make('row', hit, [at], slices, cellText(article, sentence)));
    }
  }
  statements.push(...listsOf(hit), ...rowsOf(hit));
  return statements;
}

function proseAt(hit: Hit, at: number, sentence: Sentence): Statement[] {
  const { article, chunk } = hit;
  const text = readingText(article, sentence);
  if (text.endsWith(':') || text.endsWith('?') || wordsIn(text) < SHORTEST) return [];
  if (ANNOUNCING.test(text)) return [];
  if (!LEANING.test(text)) return [make('sentence', hit, [at], [sentence], text)];
  const before = chunk.sentences[at - 1];
  const isNeighbour =
    before && before.kind === 'prose' && !before.doubt && before.block === sentence.block;
  if (!isNeighbour) return [];
  const opening = readingText(article, before);
  if (LEANING.test(opening) || opening.endsWith(':')) return [];
  return [
    statement(
      'sentence',
      hit,
      [at - 1, at],
      [
        { text: closed(opening), slices: [before] },
        { text: closed(text), slices: [sentence] },
      ],
    ),
  ];
}

/** An item that is a sentence, alone or behind its label. Fragments are said only with their list. */
function itemAt(hit: Hit, at: number, sentence: Sentence): Statement[] {
  const { article, chunk } = hit;
  const text = readingText(article, sentence);
  if (wordsIn(text) < 5 || (!sentence.label && LEANING.test(text))) return [];
  const first = chunk.sentences.findIndex(({ block }) => block === sentence.block);
  // "It" and "this" behind a label speak of the label; "however" speaks of the sentence before.
  const isAboutLabel = chunk.sentences[first]?.label !== undefined && !CONTRASTING.test(text);
  if (first === at || isAboutLabel || !LEANING.test(text)) {
    if (leansOnLeadIn(article, sentence)) return withLeadIn(hit, at, sentence, text);
    // A later sentence of an item is about its label, and is said with it.
    const label = chunk.sentences[first]?.label;
    if (first !== at && label) {
      const topic = quoteOf(article, label).trim();
      return [make('item', hit, [at], [label, sentence], `${topic}: ${text}`)];
    }
    return readsAlone(article, sentence)
      ? [make('item', hit, [at], [sentence], text)]
      : withLeadIn(hit, at, sentence, text);
  }
  const opening = chunk.sentences[at - 1];
  if (!opening || opening.block !== sentence.block) return [];
  return [
    statement(
      'item',
      hit,
      [at - 1, at],
      [
        { text: closed(readingText(article, opening)), slices: [opening] },
        { text: closed(text), slices: [sentence] },
      ],
    ),
  ];
}

function withLeadIn(hit: Hit, at: number, sentence: Sentence, text: string): Statement[] {
  const { leadIn } = sentence;
  if (!leadIn) return [];
  const lead = readingText(hit.article, leadIn).replace(/:$/, '');
  return [make('item', hit, [at], [leadIn, sentence], `${lead}: ${text}`)];
}

/** "You may have it if you:" is finished by its items alone. */
const UNFINISHED =
  /\b(if|when|who|that|to|he|she|they|you|we|it|should|must|not|(any|one|some) of (these|the following))\s*:$/i;

/** Whether an item must not be said without what leads into it: it finishes it, or is what it warns of. */
function leansOnLeadIn(article: Article, { leadIn }: Sentence): boolean {
  if (!leadIn) return false;
  const lead = readingText(article, leadIn);
  return UNFINISHED.test(lead) || warns(lead);
}

const WARNS =
  /\b(not|n't|never|avoid\w*|cannot|against|contraindicat\w*|unsuitable)\b|n['\u2019]t\b/i;

/** Whether a heading or lead-in says that what stands under it should not be. */
export function warns(text: string): boolean {
  return WARNS.test(text);
}

/** "Label: words" and items that start like a sentence and end like one read alone. */
function readsAlone(article: Article, sentence: Sentence): boolean {
  const text = quoteOf(article, sentence);
  return (
    sentence.label !== undefined ||
    (/[.!?]["\u201d)]*$/.test(text) && /^["\u201c(]?\p{Lu}/u.test(text))
  );
}

/** Each list of the hit as one statement: its lead-in, or its heading, and its items. */
function listsOf(hit: Hit): Statement[] {
  const { article, chunk, section } = hit;
  const lists = new Map<string, number[]>();
  for (const [at, sentence] of chunk.sentences.entries()) {
    if (sentence.kind !== 'item' || sentence.doubt) continue;
    const isFirstOfItem = chunk.sentences[at - 1]?.block !== sentence.block;
    if (!isFirstOfItem) continue;
    const key = sentence.leadIn ? String(sentence.leadIn.start) : 'heading';
    lists.set(key, [...(lists.get(key) ?? []), at]);
  }
  const statements: Statement[] = [];
  for (const all of lists.values()) {
    if (all.length < 2) continue;
    const first = chunk.sentences[all[0] as number] as Sentence;
    const lead = first.leadIn
      ? { span: first.leadIn, text: readingText(article, first.leadIn) }
      : section.heading && { span: section.heading, text: readingText(article, section.heading) };
    if (!lead) continue;
    if (all.every((at) => ORDINAL.test(itemName(article, chunk.sentences[at] as Sentence))))
      continue;
    // "Pain relief or wellness" over "Dry needling" and "Acupuncture" says nothing of either.
    const isPair = !first.leadIn && all.length === 2;
    if (isPair && all.every((at) => chunk.sentences[at]?.label)) continue;
    const kept: number[] = [];
    let words = wordsIn(lead.text);
    for (const at of all) {
      const length = wordsIn(itemName(article, chunk.sentences[at] as Sentence));
      if (kept.length >= 2 && words + length > LIST_WORDS) break;
      kept.push(at);
      words += length;
    }
    const names = kept.map((at) => itemName(article, chunk.sentences[at] as Sentence));
    const more = kept.length < all.length ? SHORTENED : '';
    const text = `${lead.text.replace(/[:?.]$/, '')}: ${names.join('; ')}${more}`;
    const spans = kept.map((at) => nameSpan(chunk.sentences[at] as Sentence));
    statements.push(make('list', hit, kept, [lead.span, ...spans], text));
  }
  return statements;
}

/** A table row read across: "Technique. Dry needling: …; acupuncture: …". */
function rowsOf(hit: Hit): Statement[] {
  const { article, chunk } = hit;
  const rows = new Map<number, number[]>();
  for (const [at, sentence] of chunk.sentences.entries()) {
    if (sentence.kind !== 'cell' || sentence.doubt || !sentence.column || !sentence.row) continue;
    rows.set(sentence.block, [...(rows.get(sentence.block) ?? []), at]);
  }
  const statements: Statement[] = [];
  for (const cells of rows.values()) {
    const columns = new Set(cells.map((at) => chunk.sentences[at]?.column?.start));
    if (columns.size < 2) continue;
    const { row } = chunk.sentences[cells[0] as number] as Sentence;
    if (!row) continue;
    let column = -1;
    const parts: string[] = [];
    for (const at of cells) {
      const cell = chunk.sentences[at] as Sentence;
      const isNew = cell.column?.start !== column;
      column = cell.column?.start ?? -1;
      const name = isNew && cell.column ? `${readingText(article, cell.column)}: ` : '';
      parts.push(`${name}${readingText(article, cell)}`);
    }
    const text = `${readingText(article, row)}. ${parts.map(closed).join(' ')}`;
    const spans = cells.flatMap((at) => {
      const cell = chunk.sentences[at] as Sentence;
      return cell.column ? [cell.column, cell] : [cell];
    });
    if (wordsIn(text) <= ROW_WORDS) statements.push(make('row', hit, cells, [row, ...spans], text));
  }
  return statements;
}

function cellText(article: Article, cell: Sentence): string {
  const row = cell.row ? readingText(article, cell.row) : '';
  const column = cell.column ? readingText(article, cell.column) : '';
  const text = readingText(article, cell);
  const head = [column, row && (column ? row.replace(/[.!?]$/, '') : row)]
    .filter(Boolean)
    .join(', ');
  return head ? `${head}: ${text}` : text;
}

/** What a list says of an item: its label, or the whole of a short one. */
function itemName(article: Article, item: Sentence): string {
  return readingText(article, nameSpan(item)).replace(/[.;:]$/, '');
}

function nameSpan(item: Sentence): Span {
  return item.label ?? item;
}

function make(
  kind: Statement['kind'],
  hit: Hit,
  at: readonly number[],
  slices: readonly Span[],
  text: string,
): Statement {
  return statement(kind, hit, at, [{ text: closed(text), slices }]);
}

function statement(
  kind: Statement['kind'],
  hit: Hit,
  at: readonly number[],
  parts: readonly Part[],
): Statement {
  const { chunk, section } = hit;
  const opening = section.sentences[0];
  const isOpening = at.some((index) => chunk.sentences[index]?.start === opening?.start);
  const words = parts.reduce((sum, { text }) => sum + wordsIn(text), 0);
  return { kind, hit, at, parts, words, isOpening };
}

export function textOf({ parts }: Statement): string {
  return parts.map(({ text }) => text).join(' ');
}

/** A slice as it is read: on one line. */
export function readingText(article: Article, span: Span): string {
  return quoteOf(article, span).replace(/\s+/g, ' ').trim();
}

function closed(text: string): string {
  return /[.!?\u2026]["\u201d')\]]*$/.test(text) ? text : `${text.replace(/[,;:\u2014-]+$/, '')}.`;
}

export function wordsIn(text: string): number {
  return foldWord(text).match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

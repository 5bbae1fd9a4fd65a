import type { Article, Section, Sentence, Span } from './article.ts';

/** Longest chunk, in UTF-16 code units, unless one sentence, list item or table row alone is longer. */
export const CHUNK_LENGTH = 700;

/** The unit indexed: part of one section, whole sentences only. */
export interface Chunk extends Span {
  /** `slug#n`, n counted through the article. */
  readonly id: string;
  /** Slug. */
  readonly article: string;
  /** Index into `article.sections`. */
  readonly section: number;
  readonly sentences: readonly Sentence[];
}

type Group = readonly Sentence[];

/**
 * Chunks of an article in reading order: each sentence is in exactly one, none crosses a section.
 *
 * A list stays with its lead-in where both fit into one chunk, and its first item does in any case.
 */
export function chunkArticle(article: Article): Chunk[] {
  const chunks: Chunk[] = [];
  for (const [section, { sentences }] of article.sections.entries()) {
    for (const group of packed(groupsOf({ sentences }))) {
      const { start, end } = extent(group);
      chunks.push({
        id: `${article.slug}#${chunks.length}`,
        article: article.slug,
        section,
        start,
        end,
        sentences: group,
      });
    }
  }
  return chunks;
}

/** From the first to the last thing a group shows: the name of an item, the head of a table row too. */
function extent(group: Group): Span {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const sentence of group) {
    start = Math.min(
      start,
      sentence.start,
      sentence.label?.start ?? start,
      sentence.row?.start ?? start,
    );
    end = Math.max(end, sentence.end);
  }
  return { start, end };
}

function lengthOf(group: Group): number {
  const { start, end } = extent(group);
  return end - start;
}

/** What must not be torn apart: a sentence of prose, a list item, a table row, a list that fits with its lead-in. */
function groupsOf({ sentences }: Pick<Section, 'sentences'>): Group[] {
  const atoms: Sentence[][] = [];
  for (const sentence of sentences) {
    const last = atoms.at(-1);
    if (last && sentence.kind !== 'prose' && last[0]?.block === sentence.block) last.push(sentence);
    else atoms.push([sentence]);
  }
  const groups: Sentence[][] = [];
  for (let i = 0; i < atoms.length; i += 1) {
    const atom = atoms[i] ?? [];
    const leadIn = atom[0];
    const isLed = (other: Group | undefined): boolean =>
      leadIn !== undefined &&
      other?.[0]?.leadIn !== undefined &&
      isSame(other[0].leadIn, leadIn, atom);
    if (!isLed(atoms[i + 1])) {
      groups.push(atom);
      continue;
    }
    let last = i + 1;
    while (isLed(atoms[last + 1])) last += 1;
    const list = atoms.slice(i + 1, last + 1);
    const whole = [...atom, ...list.flat()];
    if (lengthOf(whole) <= CHUNK_LENGTH) {
      groups.push(whole);
      i = last;
    } else {
      groups.push([...atom, ...(list[0] ?? [])]);
      i += 1;
    }
  }
  return groups;
}

/** The lead-in is the sentence itself, or for a list in a list the last sentence of the item above. */
function isSame(leadIn: Span, first: Sentence, atom: Group): boolean {
  const last = atom.at(-1) ?? first;
  return (
    (leadIn.start === first.start && leadIn.end === first.end) ||
    (leadIn.start === last.start && leadIn.end === last.end)
  );
}

function packed(groups: readonly Group[]): Group[] {
  const chunks: Group[] = [];
  let open: Group = [];
  for (const group of groups) {
    const together = [...open, ...group];
    if (open.length === 0 || lengthOf(together) <= CHUNK_LENGTH) open = together;
    else {
      chunks.push(open);
      open = group;
    }
  }
  if (open.length > 0) chunks.push(open);
  return chunks;
}

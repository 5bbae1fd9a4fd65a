import type { Finding, Span } from './article.ts';
import { cutFrom, placeOf, textOf } from './block.ts';
import type { Block, HeadingBlock, Run } from './block.ts';
import { isPhotoCredit, readByline } from './byline.ts';
import {
  isBusinessSection,
  isCallToAction,
  isFurniture,
  isInvitation,
  isOnlyCallsToAction,
  isPromotion,
  salesTalk,
  speaksOfBusiness,
} from './promotional.ts';
import { isReferenceHeading, isShortReference, referenceScore } from './scholarly.ts';
import { splitSentences } from './sentences.ts';
import { isTitleCase } from './title-case.ts';
import { foldWord } from './tokens.ts';

/** What stays, and what was done; the findings' offsets are into the mended text. */
export interface Cleaned {
  readonly blocks: readonly Block[];
  readonly findings: readonly Finding[];
  readonly authors: readonly string[];
  readonly reviewers: readonly string[];
}

const CONTENTS =
  /^(?:table of contents|contents|in this (?:article|guide|post)|on this page|jump to(?: section)?|what['\u2019]s (?:inside|in this article)|quick links)\W*$/i;
/** Bylines and lines about the author stand this close, in blocks, to the start or the end. */
const MARGIN = 6;
/** A digit glued to a word of at least four lower-case letters: no unit, formula or vertebra is one. */
const FOOTNOTE =
  /(?<=\p{Ll}{4})[0-9]{1,2}(?=[.,;:!?](?:["'\u201d\u2019)]*)(?:\s|$))|(?<=\p{Ll}{3}[.!?,;])[0-9]{1,2}(?=\s+\p{Lu}|$)|(?<=\p{L}{3}[.!?,;)]?)[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+(?=[\s.,;:!?)]|$)|(?<=\p{L}[.!?,;)]?) ?\[\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*\](?!\()/gu;
/** Words that take a digit without a space. */
const NUMBERED_WORD = /(?:covid|omega|vitamin|phase|grade|level|type|step|stage|http|doi)$/i;

/** Takes out what is not the article's own advice, and says what went and why. */
export function dropUnwanted(blocks: readonly Block[]): Cleaned {
  const reasons = new Map<Block, string>();
  const findings: Finding[] = [];
  const authors = new Set<string>();
  const reviewers = new Set<string>();

  for (const [i, block] of blocks.entries()) {
    const reason = reasonToDrop(block);
    if (reason) reasons.set(block, reason);
    const isAtMargin = i < MARGIN || i >= blocks.length - MARGIN;
    const byline =
      isAtMargin && block.kind !== 'title' && block.kind !== 'row'
        ? readByline(textOf(block))
        : null;
    if (!byline) continue;
    reasons.set(block, 'byline');
    for (const name of byline.authors) authors.add(name);
    for (const name of byline.reviewers) reviewers.add(name);
  }
  markSections(blocks, reasons, findings);
  markReferences(blocks, reasons);
  markContents(blocks, reasons, findings);
  markEmptied(blocks, reasons);

  const kept: Block[] = [];
  for (const block of blocks) {
    const reason = reasons.get(block);
    if (reason) {
      findings.push(findingAt('dropped', reason, block));
      continue;
    }
    const sales = block.kind === 'paragraph' ? salesTalk(block.run.text) : null;
    if (sales === 'doubtful') findings.push(findingAt('doubtful', 'sales talk', block));
    kept.push(trim(block, findings));
  }
  return { blocks: kept, findings, authors: [...authors], reviewers: [...reviewers] };
}

export function findingAt(kind: Finding['kind'], what: string, block: Block): Finding {
  return { kind, what, ...placeOf(block), excerpt: excerptOf(textOf(block)) };
}

/** A high surrogate at the end, left by a cut through a character. */
const HALF_CHARACTER = /[\ud800-\udbff]$/;

export function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 80 ? line : `${line.slice(0, 79).replace(HALF_CHARACTER, '')}\u2026`;
}

function reasonToDrop(block: Block): string | null {
  if (block.kind === 'title' || block.kind === 'row') return null;
  const text = textOf(block);
  if (isPromotion(text)) return 'promotion';
  if (isFurniture(text)) return 'page furniture';
  if (isPhotoCredit(text)) return 'photo credit';
  if (block.kind === 'heading') {
    // In plain text "Ready to …?" only looks like a heading; capitals in every word say that it is one.
    const isLine = block.depth === null && isInvitation(text) && !isTitleCase(text);
    return isLine ? 'call to action' : null;
  }
  if (salesTalk(text) === 'certain') return 'sales paragraph';
  return isOnlyCallsToAction(text) ? 'call to action' : null;
}

/**
 * Headings under which nothing is the article's: the business, its references. Prose below them that
 * shows no sign of either stays and is reported: plain text does not say where a section ends.
 */
function markSections(
  blocks: readonly Block[],
  reasons: Map<Block, string>,
  findings: Finding[],
): void {
  let heading: Block | null = null;
  let reason: string | null = null;
  for (const block of blocks) {
    if (block.kind === 'heading' || block.kind === 'subtitle') {
      heading = block;
      reason = sectionReason(block.run.text);
      if (reason && !reasons.has(block)) reasons.set(block, reason);
    } else if (reason && heading && !reasons.has(block)) {
      const isAdvice =
        block.kind === 'paragraph' &&
        (reason === 'reference list' ? isProse(block.run.text) : !speaksOfBusiness(block.run.text));
      if (!isAdvice) reasons.set(block, reason);
      else {
        findings.push(findingAt('doubtful', `prose under a dropped heading (${reason})`, block));
        reasons.delete(heading);
        reason = null;
      }
    }
  }
}

function sectionReason(heading: string): string | null {
  if (isReferenceHeading(heading)) return 'reference list';
  return isBusinessSection(heading) ? 'section about a business' : null;
}

/** No entry of a reference list: it addresses the reader, or goes on for more than two sentences. */
function isProse(text: string): boolean {
  if (referenceScore(text) > 0 || isShortReference(text)) return false;
  return /\byour?\b/i.test(text) || splitSentences(text).length >= 3;
}

/** Entries that no heading announces: those that are certain, and what lies between or right after them. */
function markReferences(blocks: readonly Block[], reasons: Map<Block, string>): void {
  const scores = blocks.map((block) =>
    block.kind === 'paragraph' || block.kind === 'item' || block.kind === 'heading'
      ? referenceScore(textOf(block))
      : 0,
  );
  const isCertain = (at: number): boolean => (scores[at] ?? 0) >= 3;
  for (const [i, block] of blocks.entries()) {
    if (isCertain(i)) reasons.set(block, 'reference list');
    else if (reasons.has(block) || block.kind === 'title' || block.kind === 'row') continue;
    else {
      const hasCompany =
        reasons.get(blocks[i - 1] as Block) === 'reference list' || isCertain(i + 1);
      if (hasCompany && ((scores[i] ?? 0) >= 2 || isShortReference(textOf(block))))
        reasons.set(block, 'reference list');
    }
  }
}

/** A table of contents: its heading, and the lines below that name later headings. */
function markContents(
  blocks: readonly Block[],
  reasons: Map<Block, string>,
  findings: Finding[],
): void {
  const fold = (text: string): string =>
    foldWord(text)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const headings = new Map<string, number>();
  for (const [i, block] of blocks.entries())
    if (block.kind === 'heading') headings.set(fold(block.run.text), i);

  for (const [i, block] of blocks.entries()) {
    if (block.kind === 'row' || !CONTENTS.test(textOf(block))) continue;
    reasons.set(block, 'table of contents');
    for (let at = i + 1; at < blocks.length; at += 1) {
      const entry = blocks[at] as Block;
      if (entry.kind === 'row' || (headings.get(fold(textOf(entry))) ?? -1) <= at) {
        if (entry.kind === 'item')
          findings.push(findingAt('doubtful', 'entry of a table of contents', entry));
        break;
      }
      reasons.set(entry, 'table of contents');
    }
  }
}

/** Headings that have nothing left to head: their text was dropped, or never was there. */
function markEmptied(blocks: readonly Block[], reasons: Map<Block, string>): void {
  let below: Block | null = null;
  let hasLost = false;
  for (const block of [...blocks].reverse()) {
    const reason = reasons.get(block);
    if (reason) {
      hasLost ||= reason !== 'promotion' && reason !== 'page furniture';
      continue;
    }
    if (
      block.kind === 'heading' &&
      (!below || (below.kind === 'heading' && !isDeeper(below, block)))
    ) {
      if (isInvitation(block.run.text)) reasons.set(block, 'call to action');
      else if (!below || hasLost) reasons.set(block, 'empty heading');
      if (reasons.has(block)) continue;
    }
    below = block;
    hasLost = false;
  }
}

/** Where depths are not known yet, a heading right above another may be its parent. */
function isDeeper(below: HeadingBlock, above: HeadingBlock): boolean {
  return below.depth !== null && above.depth !== null && below.depth > above.depth;
}

/** Footnote marks and calls to action cut out of what stays. */
function trim(block: Block, findings: Finding[]): Block {
  if (block.kind === 'row')
    return { ...block, cells: block.cells.map((cell) => withoutFootnotes(cell, findings)) };
  const run = withoutFootnotes(block.run, findings);
  if (block.kind === 'paragraph') return { ...block, run: withoutCalls(run, findings) };
  return { ...block, run };
}

function withoutFootnotes(run: Run, findings: Finding[]): Run {
  const cuts: Span[] = [];
  for (const found of run.text.matchAll(FOOTNOTE)) {
    const start = found.index;
    if (NUMBERED_WORD.test(run.text.slice(Math.max(0, start - 10), start))) continue;
    cuts.push({ start, end: start + found[0].length });
    const excerpt = excerptOf(run.text.slice(Math.max(0, start - 30), start + 10));
    findings.push({
      kind: 'repaired',
      what: 'footnote digit',
      start: run.start,
      end: run.end,
      excerpt,
    });
  }
  return cutFrom(run, cuts);
}

function withoutCalls(run: Run, findings: Finding[]): Run {
  const cuts: Span[] = [];
  let before = '';
  for (const span of splitSentences(run.text, run.breaks)) {
    const sentence = run.text.slice(span.start, span.end);
    if (isCallToAction(sentence, before)) {
      cuts.push(span);
      findings.push({
        kind: 'dropped',
        what: 'call to action',
        start: run.start,
        end: run.end,
        excerpt: excerptOf(sentence),
      });
    }
    before = sentence;
  }
  return cutFrom(run, cuts);
}

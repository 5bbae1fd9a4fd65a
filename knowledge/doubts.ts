import type { Block, HeadingBlock, ParagraphBlock } from './block.ts';
import { textOf } from './block.ts';
import { excerptOf, findingAt } from './clean.ts';
import type { Finding } from './article.ts';
import { splitSentences } from './sentences.ts';

const CLOSED = /[.!?\u2026\u3002\uff01\uff1f]["'\u201d\u2019\u00bb)\]]*$/;
const COLON = /:\s*$/;
/** Up to this many sentences a block without a stop is torn as a whole, above only its last one. */
const TORN_WHOLE = 2;

/** Marks what must not be shown as it stands: lead-ins whose list is lost, torn lines. */
export function markDoubts(blocks: readonly Block[]): { blocks: Block[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const usesStops = paragraphsUseStops(blocks);
  let heading: HeadingBlock | null = null;

  const marked = blocks.map((block, i): Block => {
    if (block.kind === 'heading') heading = block;
    if (block.kind !== 'paragraph' && block.kind !== 'item') return block;
    const text = block.run.text.trim();
    const next = blocks[i + 1];
    if (COLON.test(text)) {
      if (isIntroduced(block, next, heading)) return block;
      if (isRunOfLabels(text)) {
        findings.push(findingAt('doubtful', 'fragment', block));
        return { ...block, doubt: { kind: 'fragment', reach: 'all' } };
      }
      const last = splitSentences(text, block.run.breaks).at(-1);
      const excerpt = excerptOf(last ? text.slice(last.start, last.end) : text);
      findings.push({ ...findingAt('doubtful', 'lost list', block), excerpt });
      return { ...block, doubt: { kind: 'lost-list', reach: 'last' } };
    }
    if (block.kind === 'item') return block;
    if (/^\p{Ll}/u.test(text)) findings.push(findingAt('doubtful', 'beginning lost', block));
    if (CLOSED.test(text) || !usesStops) return block;
    findings.push(findingAt('doubtful', 'fragment', block));
    const reach = splitSentences(text, block.run.breaks).length <= TORN_WHOLE ? 'all' : 'last';
    return { ...block, doubt: { kind: 'fragment', reach } };
  });
  return { blocks: withSubtitle(marked, findings), findings };
}

/** A list, a table, deeper items or deeper headings may be what a colon announces. */
function isIntroduced(
  block: Block,
  next: Block | undefined,
  heading: HeadingBlock | null,
): boolean {
  if (!next) return false;
  if (next.kind === 'row') return true;
  if (next.kind === 'item') return block.kind !== 'item' || next.depth > block.depth;
  if (next.kind !== 'heading' || block.kind === 'item') return false;
  return (next.depth ?? 1) > (heading?.depth ?? 0) && heading !== null;
}

/** "One: Two (…): Three:", the names of a list whose texts are gone. */
function isRunOfLabels(text: string): boolean {
  const bare = text.replace(/\([^)]*\)/g, '');
  return (bare.match(/:(?:\s|$)/g)?.length ?? 0) >= 3 && !/[.!?]\s/.test(bare);
}

/** A clinic that writes no full stops at all has torn nothing. */
function paragraphsUseStops(blocks: readonly Block[]): boolean {
  const prose = blocks.filter((block): block is ParagraphBlock => block.kind === 'paragraph');
  const closed = prose.filter(
    (block) => CLOSED.test(block.run.text.trim()) || COLON.test(block.run.text),
  );
  return closed.length * 2 >= prose.length;
}

/** The only heading of an article, right below its title, names no section: it is the title's second line. */
function withSubtitle(blocks: Block[], findings: Finding[]): Block[] {
  const [title, second] = blocks;
  if (title?.kind !== 'title' || second?.kind !== 'heading' || second.asked.length > 0)
    return blocks;
  if (blocks.some((block, i) => i > 1 && block.kind === 'heading')) return blocks;
  if (textOf(second).trim().endsWith('?')) return blocks;
  findings.push(findingAt('doubtful', 'subtitle', second));
  return [title, { kind: 'subtitle', run: second.run }, ...blocks.slice(2)];
}

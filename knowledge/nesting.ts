import type { Block, HeadingBlock } from './block.ts';
import { tokenize } from './tokens.ts';

/** Sections of any article that never belong to the one before. */
const STANDING =
  /^(?:conclusions?|summary|in summary|final (?:words|thoughts)|(?:key )?takeaways?|the bottom line|introduction|overview|references|sources|resources|disclaimer)\b/i;
const QUESTIONS =
  /\bfaqs?\b|\bfrequently asked\b|\bcommon questions\b|\bquestions (?:and|&) answers\b/i;
/** Headings that say by themselves what they are about. */
const OWN_STANDING =
  /\b(?:side effects?|risks?|benefits|after-?care|contra-?indications?|costs?|insurance|complications|precautions)\b/i;
/** "Which one", "How they work": says nothing without the heading above. */
const LEANING = /\bwhich (?:one|is|of)\b|\b(?:they|these|them|their)\b/i;
/** Words; a longer heading without the topic is a section of its own. */
const SHORT_HEADING = 10;
const EMPTY_WORDS = new Set(
  'a an the of and or for to in on with is are do does can what how why who when should you your i it vs versus your'.split(
    ' ',
  ),
);

/**
 * Depths for headings of plain text, which shows none.
 *
 * Numbered headings stand under the section before them, and what lies between n and n + 1 under n.
 * Beyond that: a heading right below another is its child; below "FAQs" all are; a short heading
 * that names neither the article's topic (its commonest pair of words) nor a subject that stands on
 * its own belongs to the section before.
 */
export function nestHeadings(blocks: readonly Block[]): Block[] {
  const topic = topicOf(blocks);
  const nextNumbers = numbersAhead(blocks);
  const state = {
    section: null as HeadingBlock | null,
    numbered: null as HeadingBlock | null,
    faq: false,
    bare: null as boolean | null,
  };
  let above: HeadingBlock | null = null;

  return blocks.map((block, i) => {
    if (block.kind !== 'heading') {
      above = null;
      return block;
    }
    if (block.depth !== null) return block;
    const depth = depthOf(block, i);
    const placed = { ...block, depth };
    if (depth === 1) {
      state.section = placed;
      state.faq = QUESTIONS.test(block.run.text);
      state.bare = null;
      state.numbered = null;
    } else if (above && state.section === above) {
      state.bare = isQuestion(block);
    }
    if (block.number !== null) state.numbered = placed;
    above = placed;
    return placed;
  });

  function depthOf(heading: HeadingBlock, at: number): number {
    const text = heading.run.text;
    const { section, numbered } = state;
    if (STANDING.test(text) || QUESTIONS.test(text)) return 1;
    if (state.faq) return 2;
    if (heading.number !== null) return section && section.number === null ? 2 : 1;
    const names = topic !== null && namesTopic(text, topic);
    if (numbered) {
      const under = (numbered.depth ?? 1) + 1;
      if (nextNumbers[at] === (numbered.number ?? 0) + 1) return under;
      if (LEANING.test(text) && isQuestion(heading)) return numbered.depth ?? 1;
      return names || isQuestion(heading) ? 1 : under;
    }
    if (above) return Math.min((above.depth ?? 1) + 1, 6);
    if (!section) return 1;
    if (state.bare !== null && state.bare === isQuestion(heading)) return 2;
    if (isPartOf(text, section.run.text) || (LEANING.test(text) && !OWN_STANDING.test(text)))
      return 2;
    const isShort = tokenize(text).length <= SHORT_HEADING;
    return topic !== null && isShort && !isQuestion(heading) && !names && !OWN_STANDING.test(text)
      ? 2
      : 1;
  }
}

function isQuestion(heading: HeadingBlock): boolean {
  return /\?\W*$/.test(heading.run.text);
}

/** For every block, the number of the next numbered heading after it. */
function numbersAhead(blocks: readonly Block[]): (number | null)[] {
  const ahead: (number | null)[] = [];
  let next: number | null = null;
  for (let i = blocks.length - 1; i >= 0; i -= 1) {
    ahead[i] = next;
    const block = blocks[i];
    if (block?.kind === 'heading' && block.number !== null) next = block.number;
  }
  return ahead;
}

function contentWords(text: string): string[] {
  return tokenize(text)
    .map((token) => token.word)
    .filter((word) => !EMPTY_WORDS.has(word));
}

/** Every word of it stands in the section's heading: "Cons of X" under "The pros and cons of X". */
function isPartOf(text: string, section: string): boolean {
  const words = contentWords(text);
  const wider = new Set(contentWords(section));
  return words.length > 0 && words.length < wider.size && words.every((word) => wider.has(word));
}

function pairsOf(text: string): string[] {
  const words = tokenize(text).map((token) => token.word);
  const pairs: string[] = [];
  for (const [i, word] of words.entries()) {
    const next = words[i + 1];
    if (next && !EMPTY_WORDS.has(word) && !EMPTY_WORDS.has(next)) pairs.push(`${word} ${next}`);
  }
  return pairs;
}

function namesTopic(text: string, topic: string): boolean {
  return pairsOf(text).includes(topic);
}

/** The commonest pair of neighbouring words in title and headings, where it occurs at least three times. */
function topicOf(blocks: readonly Block[]): string | null {
  const counts = new Map<string, number>();
  for (const block of blocks) {
    if (block.kind !== 'title' && block.kind !== 'heading') continue;
    for (const pair of new Set(pairsOf(block.run.text)))
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  let topic: string | null = null;
  let most = 2;
  for (const [pair, count] of counts) {
    if (count <= most) continue;
    topic = pair;
    most = count;
  }
  return topic;
}

import { isTitleCase, majorWords } from '../title-case.ts';

/** What a line looks like on its own; where it stands decides the rest. */
export type HeadingLook = 'question' | 'title-case' | 'sentence-case';

/** Characters; longer lines are prose. */
const LONGEST_HEADING = 110;
const MOST_WORDS = 16;
const VERB =
  /\b(?:is|are|was|were|can|may|might|will|should|must|has|have|had|does|do|feel|feels|used|placed|helps?)\b/i;

/** How a line might be a heading, or null. Bullets and numbers must be gone already. */
export function headingLook(text: string): HeadingLook | null {
  if (text.length > LONGEST_HEADING || !/^["'\u201c\u00bf\u00a1(]?[\p{Lu}\p{N}]/u.test(text))
    return null;
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'\u2019/&-]*/gu) ?? [];
  if (words.length === 0 || words.length > MOST_WORDS) return null;
  if (/\?["'\u201d\u2019)]?$/.test(text)) {
    return words.length > 1 && !/[.!?]\s+\S/.test(text.replace(/\bvs\.|\bDr\./gi, ''))
      ? 'question'
      : null;
  }
  if (/[.,;:\u2026!](?:["'\u201d\u2019)])?$/.test(text) || /\|/.test(text)) return null;
  if (/[.!?]\s+\p{Lu}/u.test(text.replace(/\bvs\.|\bDr\.|\be\.g\.|\bi\.e\./gi, ''))) return null;

  if (isTitleCase(text)) {
    // One capital says nothing in "A pack for you": only its first word has to have one.
    return words.length > 2 && majorWords(text).length === 1
      ? sentenceCase(text, words.length)
      : 'title-case';
  }
  return sentenceCase(text, words.length);
}

function sentenceCase(text: string, words: number): HeadingLook | null {
  return words <= 8 && !VERB.test(text) ? 'sentence-case' : null;
}

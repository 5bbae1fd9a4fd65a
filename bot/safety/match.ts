import type { CompiledStep, Phrase, Phrasebook } from '../../knowledge/phrasebook.ts';
import type { Word } from './words.ts';

/** A concept found in the words `[from, to)`. */
export interface Hit {
  readonly concept: string;
  readonly from: number;
  readonly to: number;
  readonly language: 'en' | 'es';
}

export interface Found {
  readonly hits: Hit[];
  /** Places where a concept's words mean something else. */
  readonly exceptions: Hit[];
}

/**
 * Every concept that `accepts` takes, in reading order. Gaps never pass a word of `barriers`.
 *
 * Each pattern is tried where its first word stands and reaches a bounded number of words, so the
 * cost grows with the length of the text only.
 */
export function findHits(
  words: readonly Word[],
  { phrases, starts }: Phrasebook,
  accepts: (phrase: Phrase) => boolean,
  barriers: ReadonlySet<number>,
): Found {
  const hits: Hit[] = [];
  const exceptions: Hit[] = [];
  for (const [from, word] of words.entries()) {
    const tried = new Set<number>();
    for (const atom of word.atoms) {
      for (const index of starts.get(atom) ?? []) {
        const phrase = phrases[index];
        if (!phrase || tried.has(index) || !accepts(phrase)) continue;
        tried.add(index);
        const ends = endsOf(phrase.steps, words, [from], word.sentence, barriers);
        if (ends.length === 0) continue;
        const { concept, language } = phrase;
        // An exception covers as much as it can, a hit no more than it needs.
        if (phrase.isException) exceptions.push({ concept, language, from, to: Math.max(...ends) });
        else hits.push({ concept, language, from, to: Math.min(...ends) });
      }
    }
  }
  return { hits, exceptions };
}

function endsOf(
  steps: readonly CompiledStep[],
  words: readonly Word[],
  from: readonly number[],
  sentence: number,
  barriers: ReadonlySet<number>,
): number[] {
  let places = [...from];
  for (const step of steps) {
    const next = new Set<number>();
    for (const place of places) {
      if (step.kind === 'gap') {
        next.add(place);
        for (let at = place; at < place + step.most; at += 1) {
          if (words[at]?.sentence !== sentence || barriers.has(at)) break;
          next.add(at + 1);
        }
        continue;
      }
      if (step.isOptional) next.add(place);
      const word = words[place];
      if (word?.sentence !== sentence) continue;
      if (step.kind === 'one') {
        if (word.atoms.some((atom) => step.atoms.has(atom))) next.add(place + 1);
      } else {
        for (const option of step.options) {
          for (const end of endsOf(option, words, [place], sentence, barriers)) next.add(end);
        }
      }
    }
    if (next.size === 0) return [];
    places = [...next];
  }
  return places.filter((end) => end > (from[0] ?? 0));
}

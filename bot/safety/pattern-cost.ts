import type { Phrase, Phrasebook } from '../../knowledge/phrasebook.ts';
import type { RuleSet } from '../../knowledge/rule.ts';
import { listen } from './listen.ts';
import { findHits } from './match.ts';
import type { Word } from './words.ts';

/** One pattern and how often the median pattern's time it takes on the same text. */
export interface PatternCost {
  readonly concept: string;
  readonly pattern: string;
  readonly times: number;
}

/** Each pattern is timed so often, and its best time counts: what else the machine does only adds. */
const ROUNDS = 3;
/** Concepts of which every pattern is timed by itself; a slow pattern makes its concept slow. */
const CONCEPTS = 12;
const NO_BARRIERS: ReadonlySet<number> = new Set();

/** The slowest patterns on these utterances, slowest first; measured now, so only the order means something. */
export function slowestPatterns(
  rules: RuleSet,
  utterances: readonly string[],
  most: number,
): PatternCost[] {
  const words = joined(utterances.map((utterance) => listen(utterance, rules).words));
  const { phrasebook } = rules;
  const byConcept = new Map<string, Phrase[]>();
  for (const phrase of phrasebook.phrases) {
    const known = byConcept.get(phrase.concept);
    if (known) known.push(phrase);
    else byConcept.set(phrase.concept, [phrase]);
  }
  const concepts = [...byConcept.values()]
    .map((phrases) => ({ phrases, ms: timeOf(phrases, words, phrasebook) }))
    .sort((one, other) => other.ms - one.ms)
    .slice(0, CONCEPTS);
  const empty = timeOf([], words, phrasebook);
  const timed = concepts.flatMap(({ phrases }) =>
    phrases.map((phrase) => ({
      concept: phrase.concept,
      pattern: phrase.source,
      ms: Math.max(0, timeOf([phrase], words, phrasebook) - empty),
    })),
  );
  timed.sort((one, other) => other.ms - one.ms);
  const median = timed[Math.floor(timed.length / 2)]?.ms || 1;
  return timed
    .slice(0, most)
    .map(({ concept, pattern, ms }) => ({ concept, pattern, times: ms / median }));
}

/** One text of all of them, each a sentence of its own. */
function joined(texts: readonly (readonly Word[])[]): Word[] {
  let sentence = 0;
  return texts.flatMap((words) => {
    const from = sentence;
    sentence += 1 + (words.at(-1)?.sentence ?? 0);
    return words.map((word) => ({ ...word, sentence: from + word.sentence }));
  });
}

/** In ms. */
function timeOf(phrases: readonly Phrase[], words: readonly Word[], whole: Phrasebook): number {
  const keys = new Map<number, number[]>();
  for (const [index, { firsts }] of phrases.entries()) {
    for (const atom of firsts) keys.set(atom, [...(keys.get(atom) ?? []), index]);
  }
  const book: Phrasebook = { ...whole, phrases, conceptKeys: keys, markerKeys: keys };
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    findHits(words, book, 'concepts', NO_BARRIERS);
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

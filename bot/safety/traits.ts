import type { RuleSet } from '../../knowledge/rule.ts';
import { listen } from './listen.ts';
import type { Marker } from './markers.ts';
import { inReadersLanguage } from './read-as.ts';

/** Context that the second look weighs: who, when, whether it is asked, denied or told as a story. */
const CONTEXT: readonly Marker[] = [
  'negator',
  'noun-negator',
  'not-a-negator',
  'asked-first',
  'someone-there',
  'over',
  'not-over',
  'recurring',
  'now',
  'long-ago',
  'family-history',
  'informational',
  'if',
  'own-report',
  'asks-normal',
  'anyone',
  'general',
  'fiction',
  'idiom',
  'spanish',
];
/** Words from which a message counts as long. */
const LONG = 40;
/** What a trait that is there counts beside a vector of length 1. */
const PRESENT = 0.5;
/** Letters of a word that are kept: endings tell little. */
const STEM_LENGTH = 6;

/** What the fixed rules hear in a text. */
export interface Traits {
  /**
   * Numbers in [0, 0.5]: context, whether it asks, its length, and each concept that is reported,
   * in the order of their ids.
   */
  readonly heard: readonly number[];
  /** The beginning of each word, once, spelling put right; of Spanish also what it means in English. */
  readonly stems: readonly string[];
}

export function traitsOf(text: string, rules: RuleSet): Traits {
  const heard = listen(text, rules);
  const { words, markers, hits } = heard;
  const read = inReadersLanguage(text, heard);
  const meant = read === text ? [] : (read.toLowerCase().match(/[a-z]+/g) ?? []);
  const reported = new Set<string>();
  for (const { concept, status } of hits) if (status === 'present') reported.add(concept);
  return {
    heard: [
      ...CONTEXT.map((marker) => (markers.has(marker) ? PRESENT : 0)),
      words.some(({ isAsked }) => isAsked) ? PRESENT : 0,
      (PRESENT * Math.min(words.length, LONG)) / LONG,
      ...heardConcepts(rules).map((concept) => (reported.has(concept) ? PRESENT : 0)),
    ],
    stems: [...new Set([...words.map(({ word }) => word), ...meant].map(stemOf))],
  };
}

function stemOf(word: string): string {
  return word.slice(0, STEM_LENGTH);
}

const concepts = new WeakMap<RuleSet, readonly string[]>();

/** Ids of the concepts that can be reported, sorted. */
export function heardConcepts(rules: RuleSet): readonly string[] {
  let known = concepts.get(rules);
  if (!known) {
    const all = [...rules.concepts.values()];
    known = all
      .filter(({ scope }) => scope !== 'marker')
      .map(({ id }) => id)
      .sort();
    concepts.set(rules, known);
  }
  return known;
}

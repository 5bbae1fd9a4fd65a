import type { Concept } from '../../knowledge/concept.ts';
import type { RuleSet } from '../../knowledge/rule.ts';
import { MarkerMap } from './markers.ts';
import { findHits, inOrder, type Hit } from './match.ts';
import { scopeHits, type ScopedHit } from './scope.ts';
import { createSpeller, type Speller } from './spelling.ts';
import { readWords, type Word } from './words.ts';

/** One utterance as heard: its words, its context, and the concepts in it with their status. */
export interface Heard {
  readonly words: readonly Word[];
  readonly markers: MarkerMap;
  readonly hits: readonly ScopedHit[];
}

/** Of one concept, the first and the last so many hits count: nobody reports more, an attack may. */
const MOST_HITS = 24;
/** Texts kept as heard, some 10 kB each: one turn hears its message three times, the next one again. */
const REMEMBERED = 200;
const LONGEST_REMEMBERED = 300;

interface Ear {
  readonly speller: Speller;
  /** Least recently heard first. */
  readonly remembered: Map<string, Heard>;
}

const ears = new WeakMap<RuleSet, Ear>();

export function listen(text: string, rules: RuleSet): Heard {
  let ear = ears.get(rules);
  if (!ear)
    ears.set(
      rules,
      (ear = {
        speller: createSpeller(rules.phrasebook, rules.commonWords),
        remembered: new Map(),
      }),
    );
  const { speller, remembered } = ear;
  const heard = remembered.get(text) ?? hear(text, rules, speller);
  if (text.length > LONGEST_REMEMBERED) return heard;
  remembered.delete(text);
  remembered.set(text, heard);
  if (remembered.size > REMEMBERED) {
    const oldest = remembered.keys().next();
    if (!oldest.done) remembered.delete(oldest.value);
  }
  return heard;
}

function hear(text: string, rules: RuleSet, speller: Speller): Heard {
  const { phrasebook, commonWords, concepts } = rules;
  const words = readWords(text, { phrasebook, commonWords, speller });

  const context = findHits(words, phrasebook, 'markers', new Set());
  // "burning down my leg, day eight" is no leg day.
  const isSaidAcross = ({ concept, from, to }: Hit) =>
    concept === 'idiom' && to - from === 2 && words[from + 1]?.isAfterPause === true;
  const said = context.hits.filter((hit) => !isSaidAcross(hit));
  const markers = new MarkerMap(withoutExceptions(said, context.exceptions), words);
  const barriers = new Set<number>();
  for (let at = 0; at < words.length; at += 1) {
    const isNegation = markers.covers('negator', at) || markers.covers('noun-negator', at);
    if (isNegation || markers.covers('barrier', at)) barriers.add(at);
  }

  const found = findHits(words, phrasebook, 'concepts', barriers);
  const isIdiom = (hit: Hit) => places(hit).some((at) => markers.covers('idiom', at));
  const hits = firstOfEach(withoutExceptions(found.hits, found.exceptions), concepts);
  return {
    words,
    markers,
    hits: scopeHits(
      hits.filter((hit) => !isIdiom(hit)),
      words,
      markers,
      concepts,
    ),
  };
}

function withoutExceptions(hits: readonly Hit[], exceptions: readonly Hit[]): Hit[] {
  const covered = new Map<string, Set<number>>();
  for (const exception of exceptions) {
    const known = covered.get(exception.concept) ?? new Set();
    for (const at of places(exception)) known.add(at);
    covered.set(exception.concept, known);
  }
  return hits.filter((hit) => !places(hit).some((at) => covered.get(hit.concept)?.has(at)));
}

function places({ from, to }: Hit): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/** Of a concept's overlapping hits the first and shortest; in reading order. */
function firstOfEach(hits: readonly Hit[], concepts: ReadonlyMap<string, Concept>): Hit[] {
  const apart = new Map<string, Hit[]>();
  for (const hit of hits.toSorted(inOrder)) {
    const known = apart.get(hit.concept);
    if (!concepts.has(hit.concept)) continue;
    if (!known) apart.set(hit.concept, [hit]);
    else if ((known.at(-1)?.to ?? 0) <= hit.from) known.push(hit);
  }
  return [...apart.values()]
    .flatMap((group) =>
      group.length <= 2 * MOST_HITS
        ? group
        : [...group.slice(0, MOST_HITS), ...group.slice(-MOST_HITS)],
    )
    .sort(inOrder);
}

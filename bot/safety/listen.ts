import type { Concept } from '../../knowledge/concept.ts';
import type { RuleSet } from '../../knowledge/rule.ts';
import { readByEar } from './by-ear.ts';
import { createEar, type Ear } from './ear.ts';
import { foldWord } from '../../knowledge/tokens.ts';
import { languageOf } from './language.ts';
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
  /** The same words told by their sound, where that makes others of them: it only ever adds. */
  readonly byEar: HeardOnce | null;
}

export type HeardOnce = Omit<Heard, 'byEar'>;

/** UTF-16 code units of the longest text that is also told by its sound, which doubles the cost. */
const LONGEST_BY_EAR = 6000;
const SPANISH_LETTERS = /[áéíóúñ¿¡]/i;

/** Of one concept, the first and the last so many hits count: nobody reports more, an attack may. */
const MOST_HITS = 24;
/** Texts kept as heard, some 10 kB each: one turn hears its message three times, the next one again. */
const REMEMBERED = 200;
const LONGEST_REMEMBERED = 300;

interface Listener {
  readonly speller: Speller;
  readonly ear: Ear;
  /** Least recently heard first. */
  readonly remembered: Map<string, Heard>;
}

const listeners = new WeakMap<RuleSet, Listener>();

export function listen(text: string, rules: RuleSet): Heard {
  const listener = listenerOf(rules);
  const { remembered } = listener;
  const heard = remembered.get(text) ?? hear(text, rules, listener);
  if (text.length > LONGEST_REMEMBERED) return heard;
  remembered.delete(text);
  remembered.set(text, heard);
  if (remembered.size > REMEMBERED) {
    const oldest = remembered.keys().next();
    if (!oldest.done) remembered.delete(oldest.value);
  }
  return heard;
}

/** The text with its words spelt as they are read where it is told by its sound, else as it stands. */
export function spellByEar(text: string, rules: RuleSet): string {
  const { byEar } = listen(text, rules);
  if (!byEar) return text;
  let spelt = '';
  let from = 0;
  for (let at = 0; at < byEar.words.length;) {
    const { start = 0, end = 0 } = byEar.words[at] ?? {};
    const read: string[] = [];
    for (; byEar.words[at]?.start === start; at += 1) read.push(byEar.words[at]?.word ?? '');
    const typed = text.slice(start, end);
    const isAsTyped = foldWord(typed) === read.join(' ');
    spelt += text.slice(from, start) + (isAsTyped ? typed : read.join(' '));
    from = end;
  }
  return spelt + text.slice(from);
}

function listenerOf(rules: RuleSet): Listener {
  let listener = listeners.get(rules);
  if (!listener) {
    const { phrasebook, commonWords } = rules;
    listener = {
      speller: createSpeller(phrasebook, commonWords),
      ear: createEar(phrasebook, commonWords),
      remembered: new Map(),
    };
    listeners.set(rules, listener);
  }
  return listener;
}

function hear(text: string, rules: RuleSet, { speller, ear }: Listener): Heard {
  const { phrasebook, commonWords } = rules;
  const words = readWords(text, { phrasebook, commonWords, speller });
  const heard = hearWords(words, rules);
  const isSpanish = SPANISH_LETTERS.test(text) || languageOf(heard, null) === 'es';
  const sounded =
    isSpanish || text.length > LONGEST_BY_EAR
      ? undefined
      : readByEar(words, text, ear, { phrasebook, commonWords });
  return { ...heard, byEar: sounded ? hearWords(sounded, rules) : null };
}

function hearWords(words: readonly Word[], { phrasebook, concepts }: RuleSet): HeardOnce {
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

/** Of a concept's overlapping hits the first and shortest, a weak one last; in reading order. */
function firstOfEach(hits: readonly Hit[], concepts: ReadonlyMap<string, Concept>): Hit[] {
  const apart = new Map<string, Hit[]>();
  for (const hit of hits.toSorted(inOrder)) {
    const known = apart.get(hit.concept);
    if (!concepts.has(hit.concept)) continue;
    if (!known) apart.set(hit.concept, [hit]);
    else if ((known.at(-1)?.to ?? 0) <= hit.from) known.push(hit);
    else if (known.at(-1)?.isWeak && !hit.isWeak) known[known.length - 1] = hit;
  }
  return [...apart.values()]
    .flatMap((group) =>
      group.length <= 2 * MOST_HITS
        ? group
        : [...group.slice(0, MOST_HITS), ...group.slice(-MOST_HITS)],
    )
    .sort(inOrder);
}

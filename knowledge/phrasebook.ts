import type { Pattern, Step, WordStep } from './pattern.ts';

/** A pattern ready to be matched: words are numbered, a choice between single words is one set. */
export type CompiledStep =
  | { readonly kind: 'one'; readonly atoms: ReadonlySet<number>; readonly isOptional: boolean }
  | { readonly kind: 'gap'; readonly most: number }
  | {
      readonly kind: 'choice';
      readonly options: readonly (readonly CompiledStep[])[];
      readonly isOptional: boolean;
    };

export interface Phrase {
  /** Concept id. */
  readonly concept: string;
  /** The pattern as written. */
  readonly source: string;
  /** Words in which the concept's words mean something else. */
  readonly isException: boolean;
  /** Words that as often mean something else. */
  readonly isWeak: boolean;
  /** Of a concept that changes others and is never a hit itself. */
  readonly isMarker: boolean;
  readonly language: 'en' | 'es';
  /** Words one of which comes first. */
  readonly firsts: ReadonlySet<number>;
  /** For each step that must be there, the words one of which it needs. */
  readonly needs: readonly ReadonlySet<number>[];
  readonly steps: readonly CompiledStep[];
}

/** All patterns of all concepts, found by the rarest word that each one needs. */
export interface Phrasebook {
  readonly phrases: readonly Phrase[];
  /** Numbers of whole words and of stems. */
  readonly words: ReadonlyMap<string, number>;
  readonly stems: ReadonlyMap<string, number>;
  readonly longestStem: number;
  /** Numbers of the words and stems that English patterns use, and Spanish ones. */
  readonly english: ReadonlySet<number>;
  readonly spanish: ReadonlySet<number>;
  /** Indexes into `phrases` by the number of a word that each one cannot do without. */
  readonly markerKeys: ReadonlyMap<number, readonly number[]>;
  readonly conceptKeys: ReadonlyMap<number, readonly number[]>;
}

export interface PhraseSource {
  readonly concept: string;
  readonly source: string;
  readonly isException: boolean;
  readonly isWeak: boolean;
  readonly isMarker: boolean;
  readonly language: 'en' | 'es';
  readonly pattern: Pattern;
}

export function compilePhrasebook(sources: readonly PhraseSource[]): Phrasebook {
  const words = new Map<string, number>();
  const stems = new Map<string, number>();
  let count = 0;
  /** Patterns share most of their sets: one for each costs 12 MB. */
  const sets = new Map<string, ReadonlySet<number>>();
  const ones = new Map<WordStep, CompiledStep>();
  const lists = new Map<readonly Pattern[], ReturnType<typeof choiceOf>>();

  function shared(atoms: readonly number[]): ReadonlySet<number> {
    const key = atoms.join();
    const known = sets.get(key) ?? new Set(atoms);
    sets.set(key, known);
    return known;
  }

  function atom(step: WordStep): number {
    const numbers = step.isStem ? stems : words;
    const known = numbers.get(step.word);
    if (known !== undefined) return known;
    numbers.set(step.word, count);
    count += 1;
    return count - 1;
  }

  function compile(step: Step): CompiledStep {
    if (step.kind === 'gap') return step;
    if (step.kind === 'word') {
      const one = ones.get(step) ?? { kind: 'one', atoms: shared([atom(step)]), isOptional: false };
      ones.set(step, one);
      return one;
    }
    // A named list is one object wherever it is named.
    const known = lists.get(step.options) ?? choiceOf(step.options);
    lists.set(step.options, known);
    return step.isOptional ? { ...known, isOptional: true } : known;
  }

  function choiceOf(patterns: readonly Pattern[]): Exclude<CompiledStep, { kind: 'gap' }> {
    const options = patterns.map((option) => option.map(compile));
    const atoms: number[] = [];
    for (const option of options) {
      const [first] = option;
      if (option.length !== 1 || first?.kind !== 'one' || first.isOptional) {
        return { kind: 'choice', options, isOptional: false };
      }
      atoms.push(...first.atoms);
    }
    return { kind: 'one', atoms: shared(atoms), isOptional: false };
  }

  function firsts(steps: readonly CompiledStep[]): ReadonlySet<number> {
    const [first] = steps;
    return first?.kind === 'one' && !first.isOptional ? first.atoms : shared(firstAtoms(steps));
  }

  const phrases = sources.map((source): Phrase => {
    const steps = source.pattern.map(compile);
    const needs = steps.flatMap((step) =>
      step.kind === 'gap' || step.isOptional ? [] : firsts([step]),
    );
    // Field by field: what is spread from a rest has a shape of its own each time.
    return {
      concept: source.concept,
      source: source.source,
      isException: source.isException,
      isWeak: source.isWeak,
      isMarker: source.isMarker,
      language: source.language,
      firsts: firsts(steps),
      needs,
      steps,
    };
  });
  const uses = countUses(phrases);
  const keysOf = (isMarker: boolean) => {
    const keys = new Map<number, number[]>();
    for (const [index, phrase] of phrases.entries()) {
      if (phrase.isMarker !== isMarker) continue;
      for (const atom of rarestNeed(phrase, uses)) {
        const found = keys.get(atom);
        if (found) found.push(index);
        else keys.set(atom, [index]);
      }
    }
    return keys;
  };
  const longestStem = Math.max(0, ...[...stems.keys()].map((stem) => stem.length));
  return {
    phrases,
    words,
    stems,
    longestStem,
    english: atomsOf(phrases, 'en'),
    spanish: atomsOf(phrases, 'es'),
    markerKeys: keysOf(true),
    conceptKeys: keysOf(false),
  };
}

/** Exceptions mix both languages. */
function atomsOf(phrases: readonly Phrase[], of: Phrase['language']): Set<number> {
  const atoms = new Set<number>();
  const add = (steps: readonly CompiledStep[]) => {
    for (const step of steps) {
      if (step.kind === 'one') for (const atom of step.atoms) atoms.add(atom);
      else if (step.kind === 'choice') step.options.forEach(add);
    }
  };
  for (const { steps, language, isException } of phrases) {
    if (language === of && !isException) add(steps);
  }
  return atoms;
}

/** In how many patterns each word is needed: little words in the most. */
function countUses(phrases: readonly Phrase[]): Map<number, number> {
  const uses = new Map<number, number>();
  for (const { needs } of phrases) {
    for (const need of needs) for (const atom of need) uses.set(atom, (uses.get(atom) ?? 0) + 1);
  }
  return uses;
}

/** The step whose words the fewest patterns need: it rules most sentences out. */
function rarestNeed(
  { needs, firsts }: Phrase,
  uses: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  let rarest = firsts;
  let least = Number.POSITIVE_INFINITY;
  for (const need of needs) {
    let count = 0;
    for (const atom of need) count += uses.get(atom) ?? 0;
    if (count < least) [rarest, least] = [need, count];
  }
  return rarest;
}

/** Some more than once. */
function firstAtoms(steps: readonly CompiledStep[]): number[] {
  const first: number[] = [];
  for (const step of steps) {
    if (step.kind === 'gap') break;
    if (step.kind === 'one') first.push(...step.atoms);
    else for (const option of step.options) first.push(...firstAtoms(option));
    if (!step.isOptional) break;
  }
  return first;
}

import type { Pattern, Step } from './pattern.ts';

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
  /** Words in which the concept's words mean something else. */
  readonly isException: boolean;
  readonly language: 'en' | 'es';
  readonly steps: readonly CompiledStep[];
}

/** All patterns of all concepts, found by the words they may begin with. */
export interface Phrasebook {
  readonly phrases: readonly Phrase[];
  /** Numbers of whole words and of stems. */
  readonly words: ReadonlyMap<string, number>;
  readonly stems: ReadonlyMap<string, number>;
  readonly longestStem: number;
  /** Indexes into `phrases` by the number of a word that may come first. */
  readonly starts: ReadonlyMap<number, readonly number[]>;
}

export interface PhraseSource {
  readonly concept: string;
  readonly isException: boolean;
  readonly language: 'en' | 'es';
  readonly pattern: Pattern;
}

export function compilePhrasebook(sources: readonly PhraseSource[]): Phrasebook {
  const words = new Map<string, number>();
  const stems = new Map<string, number>();
  let count = 0;

  function atom(step: Extract<Step, { kind: 'word' }>): number {
    const numbers = step.isStem ? stems : words;
    const known = numbers.get(step.word);
    if (known !== undefined) return known;
    numbers.set(step.word, count);
    count += 1;
    return count - 1;
  }

  function compile(step: Step): CompiledStep {
    if (step.kind === 'gap') return step;
    if (step.kind === 'word')
      return { kind: 'one', atoms: new Set([atom(step)]), isOptional: false };
    const options = step.options.map((option) => option.map(compile));
    const atoms = new Set<number>();
    for (const option of options) {
      const [first] = option;
      if (option.length !== 1 || first?.kind !== 'one' || first.isOptional) {
        return { kind: 'choice', options, isOptional: step.isOptional };
      }
      for (const each of first.atoms) atoms.add(each);
    }
    return { kind: 'one', atoms, isOptional: step.isOptional };
  }

  const phrases = sources.map(({ pattern, ...rest }) => ({ ...rest, steps: pattern.map(compile) }));
  const starts = new Map<number, number[]>();
  for (const [index, phrase] of phrases.entries()) {
    for (const first of firstAtoms(phrase.steps)) {
      const found = starts.get(first);
      if (found) found.push(index);
      else starts.set(first, [index]);
    }
  }
  const longestStem = Math.max(0, ...[...stems.keys()].map((stem) => stem.length));
  return { phrases, words, stems, longestStem, starts };
}

function firstAtoms(steps: readonly CompiledStep[]): Set<number> {
  const first = new Set<number>();
  for (const step of steps) {
    if (step.kind === 'gap') break;
    if (step.kind === 'one') for (const each of step.atoms) first.add(each);
    else for (const option of step.options) for (const each of firstAtoms(option)) first.add(each);
    if (!step.isOptional) break;
  }
  return first;
}

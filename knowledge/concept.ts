import { z } from 'zod';
import { parsePattern, type Pattern, type WordStep } from './pattern.ts';
import type { PhraseSource } from './phrasebook.ts';

/**
 * What context may do to a hit. `full`: denied, over, long ago, hypothetical. `stated`: a fact about
 * a person (a pregnancy, a medicine), which a question about oneself states too. `always`: nothing
 * but the concept's own exceptions. `marker`: a word that changes others, never a hit itself.
 */
const SCOPES = ['full', 'stated', 'always', 'marker'] as const;
export type Scope = (typeof SCOPES)[number];

const patterns = z.array(z.coerce.string()).default([]);

const conceptSchema = z.strictObject({
  says: z.string().min(1),
  scope: z.enum(SCOPES).default('full'),
  /** The fact that advice on painkillers and the like must know of. */
  mention: z.string().optional(),
  /** Whether it matters however long ago it was. */
  lasting: z.boolean().default(false),
  /** Other concepts whose words count as this one's. */
  includes: z.array(z.string()).default([]),
  en: patterns,
  es: patterns,
  /** English words that as often mean something else: alone they raise nothing (rules/README.md). */
  weak: patterns,
  unless: patterns,
});

export const conceptFileSchema = z.strictObject({
  lists: z.record(z.string(), z.array(z.coerce.string()).min(1)).default({}),
  concepts: z.record(z.string(), conceptSchema).default({}),
});
export type ConceptFile = z.infer<typeof conceptFileSchema>;

/** One idea and the ways people put it. */
export interface Concept {
  readonly id: string;
  readonly says: string;
  readonly scope: Scope;
  readonly mention: string | null;
  readonly isLasting: boolean;
}

export interface Concepts {
  readonly byId: ReadonlyMap<string, Concept>;
  readonly sources: readonly PhraseSource[];
}

/** Throws a RangeError naming the file and the concept that is wrong. */
export function readConcepts(files: readonly { name: string; content: ConceptFile }[]): Concepts {
  const lists = new Map<string, { readonly file: string; readonly sources: readonly string[] }>();
  const written = new Map<string, { file: string; concept: z.infer<typeof conceptSchema> }>();
  for (const { name: file, content } of files) {
    for (const [name, sources] of Object.entries(content.lists)) {
      if (lists.has(name)) throw new RangeError(`${file}: list "${name}" exists already`);
      lists.set(name, { file, sources });
    }
    for (const [id, concept] of Object.entries(content.concepts)) {
      if (written.has(id)) throw new RangeError(`${file}: concept "${id}" exists already`);
      written.set(id, { file, concept });
    }
  }

  const words = new Map<string, readonly WordStep[]>();
  const read = new Map<string, readonly Pattern[]>();
  function list(name: string): readonly Pattern[] {
    const known = read.get(name);
    if (known) return known;
    const found = lists.get(name);
    if (!found) throw new RangeError(`there is no list "{${name}}"`);
    // A list that names itself finds no list rather than looping for ever.
    lists.delete(name);
    const options = found.sources.map((source) => parsePattern(source, list, words));
    read.set(name, options);
    return options;
  }

  /** What a concept includes is its own and the other's. */
  const parsed = new Map<string, Pattern>();
  const byId = new Map<string, Concept>();
  const sources: PhraseSource[] = [];
  for (const [id, { file, concept }] of written) {
    byId.set(id, {
      id,
      says: concept.says,
      scope: concept.scope,
      mention: concept.mention ?? null,
      isLasting: concept.lasting,
    });
    for (const included of [id, ...concept.includes]) {
      const from = written.get(included)?.concept;
      if (!from) throw new RangeError(`${file}: concept "${id}" includes an unknown "${included}"`);
      add(file, id, from.en, 'en', {});
      add(file, id, from.es, 'es', {});
      add(file, id, from.weak, 'en', { isWeak: true });
      add(file, id, from.unless, 'en', { isException: true });
    }
  }
  return { byId, sources };

  function add(
    file: string,
    id: string,
    lines: string[],
    language: 'en' | 'es',
    { isException = false, isWeak = false },
  ) {
    for (const line of lines) {
      try {
        const isMarker = byId.get(id)?.scope === 'marker';
        const pattern = parsed.get(line) ?? parsePattern(line, list, words);
        parsed.set(line, pattern);
        sources.push({
          concept: id,
          source: line,
          isException,
          isWeak,
          isMarker,
          language,
          pattern,
        });
      } catch (error) {
        const why = error instanceof Error ? error.message : '';
        throw new RangeError(`${file}: concept "${id}": ${why}`, { cause: error });
      }
    }
  }
}

import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { readYaml } from './yaml-file.ts';

export const SPANISH_ENGLISH_FILE = join(PROJECT_ROOT, 'knowledge', 'spanish-english.yaml');

const fileSchema = z.record(z.string(), z.array(z.string().regex(/^[a-z]+\*?$/)).min(1));
/** Pronouns written as one with the verb before them: "pincharme", "sacármela". */
const PRONOUNS = /(?:me|te|se|nos|os)?(?:l[aeo]s?)?$/;
/** "brazito", "piernitas" */
const SMALL = /(?:c?it)([ao]s?)$/;
/** The shortest verb that a pronoun may stand behind. */
const SHORTEST_VERB = 4;

interface Meanings {
  readonly words: ReadonlyMap<string, string>;
  /** Longest first. */
  readonly beginnings: readonly (readonly [beginning: string, meaning: string])[];
}

let meanings: Meanings | undefined;

/**
 * A Spanish text word by word in English, for a reader that knows no Spanish: word order stays, and
 * so does every word that `spanish-english.yaml` does not have. Throws `CONFIG_INVALID` where that
 * file cannot be read or has a form twice.
 */
export function inEnglish(text: string): string {
  const known = (meanings ??= readMeanings());
  return text.replace(/[\p{L}\p{M}]+/gu, (word) => meaningOf(plain(word), known) ?? word);
}

function meaningOf(word: string, known: Meanings): string | undefined {
  const { words, beginnings } = known;
  const verb = word.replace(PRONOUNS, '');
  return (
    words.get(word) ??
    (verb.length >= SHORTEST_VERB ? words.get(verb) : undefined) ??
    words.get(word.replace(SMALL, '$1')) ??
    beginnings.find(([beginning]) => word.startsWith(beginning))?.[1]
  );
}

function plain(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function readMeanings(): Meanings {
  const parsed = fileSchema.safeParse(readYaml(SPANISH_ENGLISH_FILE));
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  const words = new Map<string, string>();
  const beginnings = new Map<string, string>();
  for (const [meaning, forms] of Object.entries(parsed.data)) {
    for (const form of forms) {
      const isBeginning = form.endsWith('*');
      const key = isBeginning ? form.slice(0, -1) : form;
      const into = isBeginning ? beginnings : words;
      if (into.has(key)) throw invalid(`"${form}" stands twice`);
      into.set(key, meaning);
    }
  }
  return {
    words,
    beginnings: [...beginnings].sort(([one], [other]) => other.length - one.length),
  };
}

function invalid(problem: string): Fault {
  return new Fault('CONFIG_INVALID', `${SPANISH_ENGLISH_FILE}: ${problem}`);
}

import { z } from 'zod';

const lines = z.array(z.coerce.string().trim().min(1));

/** Further utterances, by the rule each is for, and utterances that no rule is for. */
export const exampleFileSchema = z.strictObject({
  examples: z.record(z.string(), lines.min(1)).default({}),
  harmless: lines.default([]),
});

/** An utterance the second look learns from: what a rule is for, or nothing at all (null). */
export interface Example {
  readonly text: string;
  readonly rule: string | null;
}

interface Examined {
  readonly id: string;
  readonly catches: readonly string[];
  readonly ignores: readonly string[];
}

/**
 * Each text once, in the order of the files: the further examples, then what each rule catches and
 * ignores. Throws a RangeError for a rule that does not exist.
 */
export function readExamples(
  files: readonly { name: string; content: z.infer<typeof exampleFileSchema> }[],
  rules: readonly Examined[],
): Example[] {
  const ids = new Set(rules.map(({ id }) => id));
  const raised = new Map<string, string>();
  const harmless = new Set<string>();
  const take = (texts: readonly string[], rule: string) => {
    for (const text of texts) if (!raised.has(text)) raised.set(text, rule);
  };
  for (const { name, content } of files) {
    for (const [rule, texts] of Object.entries(content.examples)) {
      if (!ids.has(rule)) throw new RangeError(`${name}: there is no rule "${rule}"`);
      take(texts, rule);
    }
    for (const text of content.harmless) harmless.add(text);
  }
  for (const { id, catches, ignores } of rules) {
    take(catches, id);
    for (const text of ignores) harmless.add(text);
  }
  const examples: Example[] = [...raised].map(([text, rule]) => ({ text, rule }));
  for (const text of harmless) if (!raised.has(text)) examples.push({ text, rule: null });
  return examples;
}

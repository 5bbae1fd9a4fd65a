import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';

const facts = z.array(z.array(z.string()).min(1));
const gold = z.array(z.strictObject({ article: z.string(), section: z.string() }));

const questionSchema = z.strictObject({
  id: z.string(),
  question: z.string(),
  style: z.string(),
  topic: z.string(),
  gold: gold.min(1),
  facts: facts.min(1),
  never: z.array(z.string()),
  differs: z.boolean(),
});
export type Question = z.infer<typeof questionSchema>;

const unanswerableSchema = z.strictObject({
  id: z.string(),
  question: z.string(),
  category: z.string(),
  expected: z.enum(['handoff', 'unanswered']),
});
export type Unanswerable = z.infer<typeof unanswerableSchema>;

const conversationSchema = z.strictObject({
  id: z.string(),
  turns: z.array(
    z.strictObject({
      user: z.string(),
      kind: z.enum(['answer', 'smalltalk', 'handoff', 'unanswered']),
      standalone: z.string(),
      gold: gold.default([]),
      facts: facts.default([]),
      never: z.array(z.string()).default([]),
    }),
  ),
});
export type EvaluationConversation = z.infer<typeof conversationSchema>;

export interface EvaluationSet {
  readonly questions: readonly Question[];
  readonly unanswerable: readonly Unanswerable[];
  readonly conversations: readonly EvaluationConversation[];
}

/** Our own question set; what the fields mean stands in `tests/evaluation/README.md`. */
export function loadEvaluationSet(
  folder = join(PROJECT_ROOT, 'tests', 'evaluation'),
): EvaluationSet {
  return {
    questions: readLines(join(folder, 'questions.jsonl'), questionSchema),
    unanswerable: readLines(join(folder, 'unanswerable.jsonl'), unanswerableSchema),
    conversations: readLines(join(folder, 'conversations.jsonl'), conversationSchema),
  };
}

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return [];
    const parsed = schema.safeParse(JSON.parse(line));
    if (parsed.success) return [parsed.data];
    throw new RangeError(`${file}:${at + 1}: ${z.prettifyError(parsed.error)}`);
  });
}

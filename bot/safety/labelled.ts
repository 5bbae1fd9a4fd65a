import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { LEVELS } from '../../knowledge/rule.ts';

const labelledSchema = z.strictObject({
  id: z.string(),
  message: z.string().min(1),
  level: z.enum(LEVELS),
  /** Levels that count as right. */
  accept: z.array(z.enum(LEVELS)).min(1),
  tags: z.array(z.string()),
  /** Whether the rules were tuned on it. */
  seen: z.boolean(),
});
export type LabelledMessage = z.infer<typeof labelledSchema>;

/**
 * Our own messages with the level each should get; none where they are not installed. Throws a
 * RangeError naming the line that cannot be read.
 */
export function loadLabelled(
  file = join(PROJECT_ROOT, 'tests', 'evaluation', 'safety.jsonl'),
): LabelledMessage[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return [];
    const parsed = labelledSchema.safeParse(JSON.parse(line));
    if (parsed.success) return [parsed.data];
    throw new RangeError(`${file}:${at + 1}: ${z.prettifyError(parsed.error)}`);
  });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { LEVELS } from '../../knowledge/rule.ts';

const messageSchema = z.strictObject({
  id: z.string(),
  message: z.string().min(1),
  level: z.enum(LEVELS),
  accept: z.array(z.enum(LEVELS)).min(1),
  tags: z.array(z.string()),
  seen: z.boolean(),
});

/** Our own messages with the levels that count as right; `seen`: the rules were tuned on it. */
export function loadSafetyMessages(): z.infer<typeof messageSchema>[] {
  const file = join(PROJECT_ROOT, 'tests', 'evaluation', 'safety.jsonl');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => messageSchema.parse(JSON.parse(line)));
}

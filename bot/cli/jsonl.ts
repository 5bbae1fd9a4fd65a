import { z } from 'zod';
import type { PastMessage } from '../conversation.ts';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  conversation: z.string().optional(),
  channel: z.string().optional(),
  history: z.array(z.object({ from: z.enum(['user', 'bot']), text: z.string() })).optional(),
});

export type Line =
  | {
      readonly kind: 'turn';
      readonly id: string | number;
      readonly text: string;
      readonly conversation: string | undefined;
      readonly channel: string | undefined;
      readonly history: readonly PastMessage[];
    }
  | { readonly kind: 'unreadable'; readonly id: string | number | null; readonly error: string };

/** One line of `--jsonl`; what cannot be read says why and never throws. Shape: DESIGN section 4. */
export function parseLine(line: string): Line {
  let source: unknown;
  try {
    // Editors on Windows put a byte order mark before the first line.
    source = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return { kind: 'unreadable', id: null, error: 'not JSON; expected {"id", "text"}' };
  }
  const parsed = lineSchema.safeParse(source);
  if (!parsed.success) {
    const id = z.object({ id: lineSchema.shape.id }).safeParse(source);
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return { kind: 'unreadable', id: id.success ? id.data.id : null, error: issues.join('; ') };
  }
  const { id, text, conversation, channel, history } = parsed.data;
  return { kind: 'turn', id, text, conversation, channel, history: history ?? [] };
}

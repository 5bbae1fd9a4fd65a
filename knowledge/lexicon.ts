import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { readYaml } from './yaml-file.ts';

const lexiconSchema = z.strictObject({
  shorthand: z.record(z.string(), z.string()),
  same: z.array(z.array(z.coerce.string()).min(2)),
  hinges: z.array(z.array(z.coerce.string()).min(1)),
  kinds: z.record(z.string(), z.array(z.coerce.string()).min(1)),
});

/** Patients' words and the articles' words; what each part means stands in `lexicon.yaml`. */
export type Lexicon = Readonly<z.infer<typeof lexiconSchema>>;

/** Throws `CONFIG_INVALID` naming the entry that cannot be read. */
export function loadLexicon(file = join(PROJECT_ROOT, 'knowledge', 'lexicon.yaml')): Lexicon {
  const parsed = lexiconSchema.safeParse(readYaml(file));
  if (parsed.success) return parsed.data;
  throw new Fault('CONFIG_INVALID', `${file}: ${z.prettifyError(parsed.error)}`);
}

import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { readYaml } from './yaml-file.ts';

const names = z.array(z.coerce.string());

const wordingSchema = z.strictObject({
  same: z.array(names.min(2)),
  kinds: z.record(z.string(), names.min(1)),
  opposites: z.array(names.min(2)),
  plain: z.string(),
  loose: z.string(),
});

/** What may be said in other words; what each part means stands in `wording.yaml`. */
export type Wording = Readonly<z.infer<typeof wordingSchema>>;

/** Throws `CONFIG_INVALID` naming the entry that cannot be read. */
export function loadWording(file = join(PROJECT_ROOT, 'knowledge', 'wording.yaml')): Wording {
  const parsed = wordingSchema.safeParse(readYaml(file));
  if (parsed.success) return parsed.data;
  throw new Fault('CONFIG_INVALID', `${file}: ${z.prettifyError(parsed.error)}`);
}

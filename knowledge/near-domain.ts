import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { readYaml } from './yaml-file.ts';

const nearDomainSchema = z.strictObject({
  kinds: z.record(z.string(), z.array(z.coerce.string().trim().min(1)).min(1)),
});

/** By kind, what people ask around the subject that the bundled articles do not answer. */
export type NearDomain = Readonly<z.infer<typeof nearDomainSchema>>;

/** Throws `CONFIG_INVALID` naming the entry that cannot be read. */
export function loadNearDomain(
  file = join(PROJECT_ROOT, 'knowledge', 'near-domain.yaml'),
): NearDomain {
  const parsed = nearDomainSchema.safeParse(readYaml(file));
  if (parsed.success) return parsed.data;
  throw new Fault('CONFIG_INVALID', `${file}: ${z.prettifyError(parsed.error)}`);
}

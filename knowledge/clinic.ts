import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { readYaml } from './yaml-file.ts';

const fact = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined ? null : String(value).trim() || null,
  );

const clinicSchema = z.strictObject({
  name: fact,
  phone: fact,
  afterHours: fact,
  booking: fact,
  address: fact,
  hours: fact,
  prices: fact,
  insurance: fact,
  parking: fact,
});

/** The desk's facts; null where the clinic has not filled one in. */
export type Clinic = Readonly<z.infer<typeof clinicSchema>>;

/** Throws `CONFIG_INVALID` naming the key that cannot be read. */
export function loadClinic(file = join(PROJECT_ROOT, 'knowledge', 'clinic.yaml')): Clinic {
  const source = existsSync(file) ? readYaml(file) : {};
  const parsed = clinicSchema.safeParse(source ?? {});
  if (parsed.success) return parsed.data;
  throw new Fault('CONFIG_INVALID', `${file}: ${z.prettifyError(parsed.error)}`);
}

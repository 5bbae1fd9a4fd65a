import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { PROJECT_ROOT } from './project-root.ts';

export const REGIONS = ['US', 'UK', 'IE', 'EU', 'CA', 'AU', 'NZ'] as const;
export type Region = (typeof REGIONS)[number];

const line = z.strictObject({
  /** As a person reads it inside a sentence. */
  label: z.string(),
  /** Dialable digits; null where help is found otherwise. */
  tel: z.string().nullable(),
  sms: z
    .string()
    .nullish()
    .transform((digits) => digits ?? null),
});
export type HelpLine = Readonly<z.infer<typeof line>>;

const perLanguage = z.strictObject({ en: z.string(), es: z.string() });
const wording = perLanguage.extend({ sms: z.string() });

const regionSchema = z.strictObject({
  /** ISO date on which every number was looked up; null: to be verified. */
  checked: z.string().nullable(),
  emergency: line.extend({ tel: z.string() }),
  crisis: line,
  poison: line,
  abuse: line,
  afterHours: perLanguage,
});

const regionsSchema = z.strictObject({
  regions: z.record(z.enum(REGIONS), regionSchema),
  neutral: z.strictObject({
    emergency: wording.extend({ again: perLanguage, contacts: z.array(line).min(1) }),
    crisis: wording,
    poison: wording,
    abuse: wording,
    afterHours: perLanguage,
  }),
});

/** Numbers by region, and what is said where none is set. */
export type Regions = Readonly<z.infer<typeof regionsSchema>>;

export const REGIONS_FILE = join(PROJECT_ROOT, 'knowledge', 'regions.yaml');

/** Throws `CONFIG_INVALID` naming the key that cannot be read. */
export function loadRegions(file = REGIONS_FILE): Regions {
  const parsed = regionsSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Fault('CONFIG_INVALID', `${file}: ${z.prettifyError(parsed.error)}`);
}

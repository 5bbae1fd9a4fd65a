import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { readYaml } from './yaml-file.ts';

/** That the page speaks. */
const LANGUAGES = ['en', 'es'] as const;

const fact = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined ? null : String(value).trim() || null,
  );

/** Stands for our own origin, which a path is tried against. */
const OWN = 'https://own.invalid';

/** UTF-16 code units; a heading on a phone. */
const LONGEST_GREETING = 200;

/** What is said of a value follows the key's name. */
function such(holds: (value: string) => boolean, expected: string) {
  return fact.refine((value) => value === null || holds(value), expected);
}

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
  /** Claims of an article that this clinic does not want said. */
  withhold: z
    .array(z.string().trim().min(1))
    .nullish()
    .transform((claims) => claims ?? []),
  /** `#rrggbb`. */
  colour: such(
    (value) => /^#[\da-f]{6}$/i.test(value),
    'expected a colour of six digits, in quotes: "#1d5c58"',
  ),
  /** An https address, or a path from the root of our own origin. */
  logo: such(isLogo, 'expected an https:// address, or a path on this host such as /logo.svg'),
  greeting: such(
    (value) => value.length <= LONGEST_GREETING,
    `expected ${LONGEST_GREETING} characters or fewer`,
  ),
  /** Of the page, before the visitor chooses; null: the visitor's browser says. */
  language: fact.pipe(z.enum(LANGUAGES, `expected one of ${LANGUAGES.join(' ')}`).nullable()),
});

/** An address whose origin can stand in a security policy; `//host` and `/\host` are other hosts. */
function isLogo(value: string): boolean {
  if (value.startsWith('/')) return URL.canParse(value, OWN) && new URL(value, OWN).origin === OWN;
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username } = new URL(value);
  return protocol === 'https:' && username === '' && /^[\w.-]+$/.test(hostname);
}

/** YAML reads this as no colour, with a comment behind it. */
const UNQUOTED_COLOUR = /^colour:[ \t]+#[\da-f]{6}[ \t]*$/im;

/** The desk's facts, what is not to be said, and the look of the page; null where the clinic has not filled one in. */
export type Clinic = Readonly<z.infer<typeof clinicSchema>>;

/** Throws `CONFIG_INVALID` naming the key that cannot be read. */
export function loadClinic(file = join(PROJECT_ROOT, 'knowledge', 'clinic.yaml')): Clinic {
  const source = existsSync(file) ? readYaml(file) : {};
  const parsed = clinicSchema.safeParse(source ?? {});
  if (!parsed.success)
    throw new Fault('CONFIG_INVALID', `${file}: ${z.prettifyError(parsed.error)}`);
  if (
    parsed.data.colour === null &&
    existsSync(file) &&
    UNQUOTED_COLOUR.test(readFileSync(file, 'utf8'))
  ) {
    throw new Fault('CONFIG_INVALID', `${file}: colour: expected quotes around it, "#1d5c58"`);
  }
  return parsed.data;
}

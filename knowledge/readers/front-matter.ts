import { parse } from 'yaml';
import { z } from 'zod';
import type { Origin } from '../article.ts';

const text = z.union([z.string(), z.number()]).transform((value) => String(value).trim());
const names = z.union([text.transform((name) => [name]), z.array(text)]);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date like 2026-01-31');

const FIELDS = {
  title: text,
  publisher: text,
  authors: names,
  reviewers: names,
  origin: text,
  language: text.pipe(
    z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language tag like en or es-MX'),
  ),
  reviewed: date,
  expires: date,
  url: z.url({ protocol: /^https?$/ }),
};
type Fields = { -readonly [K in keyof typeof FIELDS]?: z.infer<(typeof FIELDS)[K]> };

/** What front matter says, with what could not be used; an empty value is an absent one. */
export function parseFrontMatter(yaml: string): { meta: Fields; problems: string[] } {
  const source = readYaml(yaml);
  if (
    source === undefined ||
    (source !== null && (typeof source !== 'object' || Array.isArray(source)))
  ) {
    return { meta: {}, problems: ['front matter is not YAML of the form "key: value"'] };
  }
  const meta: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [key, value] of Object.entries(source ?? {})) {
    if (!Object.hasOwn(FIELDS, key)) problems.push(`unknown key ${key}`);
    else if (value === null || value === '') continue;
    else {
      const parsed = FIELDS[key as keyof typeof FIELDS].safeParse(value);
      if (parsed.success) meta[key] = parsed.data;
      else problems.push(`${key}: ${parsed.error.issues[0]?.message ?? 'not understood'}`);
    }
  }
  return { meta, problems };
}

const noteSchema = z.strictObject({
  from: z
    .array(
      z.strictObject({
        start: z.int().nonnegative(),
        end: z.int().nonnegative(),
        hash: z.coerce.string(),
      }),
    )
    .nullish()
    .transform((value) => value ?? []),
  asked: z
    .array(text)
    .nullish()
    .transform((value) => value ?? []),
});

export interface SectionNote {
  readonly from: readonly Origin[];
  readonly asked: readonly string[];
}

/** The comment below a heading; null where it is an ordinary comment, a string where it is a broken note. */
export function parseSectionNote(comment: string): SectionNote | string | null {
  const body = /^<!--([\s\S]*)-->\s*$/.exec(comment.trim())?.[1];
  if (body === undefined || !/^\s*(?:from|asked)\s*:/m.test(body)) return null;
  const parsed = noteSchema.safeParse(readYaml(body));
  return parsed.success
    ? parsed.data
    : `note below a heading: ${parsed.error.issues[0]?.message ?? 'not understood'}`;
}

/** undefined where it is no YAML; null is a valid, empty document. */
function readYaml(source: string): unknown {
  try {
    const value: unknown = parse(source);
    return value ?? null;
  } catch {
    // What is wrong with it is reported by the caller; the article is read without it.
    return undefined;
  }
}

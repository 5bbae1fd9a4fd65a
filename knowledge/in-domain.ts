import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { readYaml } from './yaml-file.ts';

const questions = z.array(z.coerce.string().trim().min(1)).min(1);
const inDomainSchema = z.strictObject({
  sections: z.record(z.string(), z.record(z.string(), questions)),
  questions,
});

/** A question that the bundled articles answer. */
export interface Answered {
  readonly text: string;
  /** Keys (`sectionKey`) of the sections that answer it; empty where that is not noted. */
  readonly sections: readonly string[];
}

/** Names a section by its article's slug and its innermost heading. */
export function sectionKey(slug: string, heading = ''): string {
  return `${slug} > ${heading}`;
}

/** Each question once. Throws `CONFIG_INVALID` naming the entry that cannot be read. */
export function loadInDomain(file = join(PROJECT_ROOT, 'knowledge', 'in-domain.yaml')): Answered[] {
  const parsed = inDomainSchema.safeParse(readYaml(file));
  if (!parsed.success) {
    throw new Fault('CONFIG_INVALID', `${file}: ${z.prettifyError(parsed.error)}`);
  }
  const found = new Map<string, string[]>();
  for (const [slug, headings] of Object.entries(parsed.data.sections)) {
    for (const [heading, texts] of Object.entries(headings)) {
      for (const text of texts) {
        found.set(text, [...(found.get(text) ?? []), sectionKey(slug, heading)]);
      }
    }
  }
  for (const text of parsed.data.questions) if (!found.has(text)) found.set(text, []);
  return [...found].map(([text, sections]) => ({ text, sections }));
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { REGIONS_FILE } from './region.ts';
import { fileKindOf, readRuleFiles, type RuleFile, RULES_FOLDER, SIGNOFF_FILE } from './rule.ts';

/** One thing a clinician reads and signs, e.g. "card chest". */
export interface WordingPart {
  readonly kind: 'card' | 'line' | 'check' | 'rule' | 'concept' | 'list' | 'region' | 'neutral';
  readonly name: string;
  /** As written in YAML, without what is no wording: who reviewed a rule, when numbers were looked up. */
  readonly content: unknown;
}

export interface Wording {
  readonly parts: readonly WordingPart[];
  /** SHA-256, in hex, of all parts; comments, order and layout of the files do not count. */
  readonly hash: string;
}

/** Whether somebody has signed the wording as it is now. */
export type Signoff =
  | { readonly kind: 'signed'; readonly by: string; readonly on: string }
  /** Signed once; `changed` names what was changed, added or taken away since, e.g. "card chest". */
  | {
      readonly kind: 'changed';
      readonly by: string;
      readonly on: string;
      readonly changed: readonly string[];
    }
  | { readonly kind: 'unsigned' };

const signatureSchema = z.strictObject({
  by: z.string().min(1),
  on: z.iso.date(),
  hash: z.string().regex(/^[\da-f]{64}$/),
  parts: z.record(z.string(), z.string()),
});

const anything = z.record(z.string(), z.unknown());
const PART_HASH_LENGTH = 12;
const HEAD =
  '# Written by `npm run signoff -- --by "Name, role"`. It holds for the wording that has this hash:\n' +
  '# any change makes the wording unsigned again. Do not edit by hand.\n';

/** All wording of the rules folder and the numbers by region. */
export function readWording(
  files: readonly RuleFile[] = readRuleFiles(),
  regionsFile = REGIONS_FILE,
): Wording {
  const parts: WordingPart[] = [];
  const add = (kind: WordingPart['kind'], found: unknown) => {
    for (const [name, content] of Object.entries(anything.parse(found ?? {}))) {
      parts.push({ kind, name, content });
    }
  };
  for (const file of files) {
    const kind = fileKindOf(file);
    // What the second look learns from: no wording, and it fires no rule by itself.
    if (kind === 'examples') continue;
    const content = anything.parse(file.content ? file.content() : parse(file.text));
    switch (kind) {
      case 'cards':
        add('card', content.cards);
        add('line', content.lines);
        break;
      case 'check':
        add('check', content);
        break;
      case 'concepts':
        add('concept', content.concepts);
        add('list', content.lists);
        break;
      case 'rules':
        for (const rule of z.array(anything).parse(content.rules)) {
          const { id, reviewed: _, ...wording } = rule;
          add('rule', { [String(id)]: wording });
        }
        break;
    }
  }
  const { regions, neutral } = anything.parse(parse(readFileSync(regionsFile, 'utf8')));
  for (const [name, region] of Object.entries(anything.parse(regions))) {
    const { checked: _, ...numbers } = anything.parse(region);
    add('region', { [name]: numbers });
  }
  add('neutral', neutral);
  const hash = sha256(canonical(parts.map((part) => [idOf(part), part.content]).sort(byId)));
  return { parts, hash };
}

/** Throws `RULES_INVALID` where the signature cannot be read. */
export function loadSignoff(wording: Wording, folder = RULES_FOLDER): Signoff {
  const file = join(folder, SIGNOFF_FILE);
  if (!existsSync(file)) return { kind: 'unsigned' };
  const parsed = signatureSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    throw new Fault('RULES_INVALID', `${SIGNOFF_FILE}: ${z.prettifyError(parsed.error)}`);
  }
  const { by, on, hash, parts } = parsed.data;
  if (hash === wording.hash) return { kind: 'signed', by, on };
  const now = hashesOf(wording);
  const changed = [...new Set([...Object.keys(now), ...Object.keys(parts)])].filter(
    (id) => now[id] !== parts[id],
  );
  return { kind: 'changed', by, on, changed };
}

/** Keeps a signature under the wording; `on` is an ISO date. Returns the file's path. */
export function sign(
  wording: Wording,
  { by, on }: { readonly by: string; readonly on: string },
  folder = RULES_FOLDER,
): string {
  const file = join(folder, SIGNOFF_FILE);
  const signature = { by, on, hash: wording.hash, parts: hashesOf(wording) };
  writeFileSync(file, HEAD + stringify(signature));
  return file;
}

/** One line for people. */
export function describeSignoff(signoff: Signoff): string {
  switch (signoff.kind) {
    case 'signed':
      return `The safety wording is signed by ${signoff.by} on ${signoff.on}.`;
    case 'changed':
      return (
        `The safety wording is unsigned: ${signoff.by} signed it on ${signoff.on}, ` +
        `and since then it has changed in ${signoff.changed.length === 1 ? 'one place' : `${signoff.changed.length} places`}.`
      );
    case 'unsigned':
      return 'The safety wording is unsigned: no clinician has signed it.';
  }
}

function hashesOf({ parts }: Wording): Record<string, string> {
  return Object.fromEntries(
    parts
      .map((part) => [idOf(part), sha256(canonical(part.content)).slice(0, PART_HASH_LENGTH)])
      .sort(byId),
  );
}

function idOf({ kind, name }: WordingPart): string {
  return `${kind} ${name}`;
}

/** By code unit, so that no locale changes a hash. */
function byId([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1;
}

/** JSON with keys in order, so that a hash says what is written and not how. */
function canonical(content: unknown): string {
  return JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(byId))
      : value,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

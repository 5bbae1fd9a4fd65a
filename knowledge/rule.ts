import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { commonWords, type CommonWords } from './common-words.ts';
import { conceptFileSchema, readConcepts, type Concept } from './concept.ts';
import { type Example, exampleFileSchema, readExamples } from './example.ts';
import { Fault } from './fault.ts';
import { kept } from './kept.ts';
import { compilePhrasebook, type Phrasebook } from './phrasebook.ts';
import { PROJECT_ROOT } from './project-root.ts';
import { loadRegions, type Regions } from './region.ts';

/** Least serious first. */
export const LEVELS = ['none', 'caution', 'urgent', 'emergency'] as const;
export type Level = (typeof LEVELS)[number];

const words = z.string().trim().min(1);
const perLanguage = z.strictObject({ en: words, es: words });

/** One way a rule is met: every concept of `all` and one of `any`, within `near` words if given. */
const hearsSchema = z
  .strictObject({
    any: z.array(z.string()).default([]),
    all: z.array(z.string()).default([]),
    near: z.int().min(1).max(40).optional(),
    unless: z.array(z.string()).default([]),
  })
  .refine(({ any, all }) => any.length + all.length > 0, 'needs "any" or "all"');

const ruleSchema = z.strictObject({
  id: z.string().regex(/^(?:em|ur|ca)\.[a-z_]+$/),
  level: z.enum(['caution', 'urgent', 'emergency']),
  hears: z.array(hearsSchema).min(1),
  silencedBy: z.array(z.string()).default([]),
  /**
   * How far a symptom that is over may lower the level: to `recent` within `recentDays` of now or
   * when nothing says how long ago, to `older` after that.
   */
  decay: z
    .strictObject({
      recentDays: z.int().min(1).default(2),
      recent: z.enum(LEVELS),
      older: z.enum(LEVELS),
    })
    .optional(),
  /** Only a plain statement of safety ends it; a bare "no" does not. */
  staysOpen: z.boolean().default(false),
  /** Of rules of one level that fire together, the lowest speaks. */
  order: z.int().default(50),
  card: z.string(),
  /** What a caution says of this condition, and its name in "because you mentioned ...". */
  names: perLanguage.optional(),
  line: perLanguage.optional(),
  /** A sentence of a bundled article, verbatim, that says what to do; an article of that origin may be missing. */
  advice: z.strictObject({ origin: words, says: words }).optional(),
  sources: z
    .array(
      z.union([
        z.strictObject({ origin: words, section: words }),
        z.strictObject({ guideline: words, address: z.string().nullable(), verified: z.boolean() }),
      ]),
    )
    .min(1),
  reviewed: z.strictObject({ by: z.string().nullable(), on: z.string().nullable() }),
  catches: z.array(words).min(8),
  ignores: z.array(words).min(8),
});

const cardSchema = z.strictObject({
  text: perLanguage,
  /** One GSM-7 part, number included. */
  sms: perLanguage,
  /** Numbers offered as buttons, first first. */
  contacts: z.array(z.enum(['emergency', 'crisis', 'poison', 'abuse', 'clinic'])).default([]),
});
export type Card = Readonly<z.infer<typeof cardSchema>>;
export type CardContact = Card['contacts'][number];

const fixedSchema = z.record(
  z.enum([
    'closing',
    'red-flag',
    'painkiller',
    'open-emergency',
    'standing',
    'caution',
    'procedure',
    'procedure-above',
  ]),
  perLanguage,
);
const cardFileSchema = z.strictObject({
  cards: z.record(z.string(), cardSchema),
  lines: fixedSchema,
});
export type FixedLines = Readonly<z.infer<typeof fixedSchema>>;

/** The question under the red flags, its two answers, and what follows a no. */
const checkSchema = z.strictObject({
  question: perLanguage,
  /** The same where answers are digits: 1 for yes, 2 for no. */
  sms: perLanguage,
  yes: perLanguage,
  no: perLanguage,
  none: perLanguage,
});
export type RedFlagCheck = Readonly<z.infer<typeof checkSchema>>;

/** A safety rule as the clinician wrote it, with the hash of the file it stands in. */
export type Rule = Readonly<z.infer<typeof ruleSchema>> & { readonly version: string };

export interface RuleSet {
  /** Most serious first, then by `order`. */
  readonly rules: readonly Rule[];
  readonly byId: ReadonlyMap<string, Rule>;
  readonly cards: Readonly<Record<string, Card>>;
  readonly lines: FixedLines;
  readonly check: RedFlagCheck;
  readonly regions: Regions;
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly phrasebook: Phrasebook;
  readonly commonWords: CommonWords;
  /** Hash of everything but the cards. */
  readonly version: string;
  /**
   * What the second look learns from: two thirds of all that is written here, and read when it is
   * first asked for, which a server never does. Throws `RULES_INVALID` as `loadRules` does.
   */
  readonly examples: () => readonly Example[];
}

export interface RuleFile {
  /** Path under `knowledge/rules`, e.g. `concepts/chest.yaml`. */
  readonly name: string;
  readonly text: string;
  /** What the text says, parsed once however often it is asked; throws what the parser throws. */
  readonly content?: () => unknown;
}

export const RULES_FOLDER = join(PROJECT_ROOT, 'knowledge', 'rules');
/** Who has read the wording; no wording itself (signoff.ts). */
export const SIGNOFF_FILE = 'signoff.yaml';

/** Throws `RULES_INVALID` naming the file and the key, concept or card that is wrong. */
export function loadRules(files: readonly RuleFile[] = readRuleFiles()): RuleSet {
  return parseRules(files, loadRegions());
}

/**
 * Every file of wording and rules, by name. With `keptIn`, the name of a file, what they say is taken
 * from there where nothing has changed: reading YAML takes a quarter of a second.
 */
export function readRuleFiles(folder = RULES_FOLDER, keptIn?: string): RuleFile[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.yaml') && name !== SIGNOFF_FILE)
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      let content: unknown;
      return { name, text, content: () => (content ??= parse(text)) };
    });
  if (keptIn === undefined) return files;
  // A server never asks for the examples.
  const asked = files.filter((file) => fileKindOf(file) !== 'examples');
  const inputs = asked.flatMap(({ name, text }) => [name, text]);
  let contents: Readonly<Record<string, unknown>> | undefined;
  const readAll = () => Object.fromEntries(asked.map(({ name, content }) => [name, content()]));
  return files.map((file) => ({
    ...file,
    content: () => {
      if (!asked.includes(file)) return file.content();
      try {
        contents ??= kept(keptIn, inputs, readAll, () => true);
      } catch {
        // Whatever was wrong with one of them, whoever asks for that one names it.
        return file.content();
      }
      return contents[file.name];
    },
  }));
}

/** What a file of the rules folder holds, by its name. */
export function fileKindOf({
  name,
}: RuleFile): 'cards' | 'check' | 'concepts' | 'examples' | 'rules' {
  if (name.startsWith('concepts/')) return 'concepts';
  if (name.startsWith('examples/')) return 'examples';
  if (basename(name) === 'cards.yaml') return 'cards';
  return basename(name) === 'check.yaml' ? 'check' : 'rules';
}

/** The same from texts, e.g. of a snapshot: cards, the red-flag check, concepts, rules and examples. */
export function parseRules(files: readonly RuleFile[], regions: Regions): RuleSet {
  const filesOf = (kind: ReturnType<typeof fileKindOf>) =>
    files.filter((file) => fileKindOf(file) === kind);
  const [cardFile] = filesOf('cards');
  if (!cardFile) throw new Fault('RULES_INVALID', 'cards.yaml is missing');
  const { cards, lines } = check(cardFile, cardFileSchema);
  const [checkFile] = filesOf('check');
  if (!checkFile) throw new Fault('RULES_INVALID', 'check.yaml is missing');

  const conceptFiles = filesOf('concepts').map((file) => ({
    name: file.name,
    content: check(file, conceptFileSchema),
  }));
  const concepts = orInvalid(() => readConcepts(conceptFiles));

  const rules: Rule[] = [];
  const byId = new Map<string, Rule>();
  for (const file of filesOf('rules')) {
    const version = versionOf([file.text]);
    for (const written of check(file, z.strictObject({ rules: z.array(ruleSchema).min(1) }))
      .rules) {
      const rule = { ...written, version };
      const problem =
        (byId.has(rule.id) ? 'exists already' : undefined) ??
        unknownName(rule, concepts.byId, cards);
      if (problem) throw new Fault('RULES_INVALID', `${file.name}: rule "${rule.id}" ${problem}`);
      byId.set(rule.id, rule);
      rules.push(rule);
    }
  }
  const exampleFiles = filesOf('examples');
  let examples: readonly Example[] | undefined;
  const ordered = rules.toSorted(
    (one, other) =>
      LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level) || one.order - other.order,
  );
  return {
    rules: ordered,
    byId,
    cards,
    lines,
    check: check(checkFile, checkSchema),
    regions,
    concepts: concepts.byId,
    phrasebook: compilePhrasebook(concepts.sources),
    commonWords: commonWords(),
    version: versionOf(files.filter((file) => !isWordingOnly(file)).map(({ text }) => text)),
    examples: () => (examples ??= examplesIn(exampleFiles, rules)),
  };
}

function examplesIn(files: readonly RuleFile[], rules: readonly Rule[]): readonly Example[] {
  const read = files.map((file) => ({ name: file.name, content: check(file, exampleFileSchema) }));
  return orInvalid(() => readExamples(read, rules));
}

/** Whether it holds what is said, and nothing of what is heard. */
function isWordingOnly(file: RuleFile): boolean {
  return ['cards', 'check'].includes(fileKindOf(file));
}

function versionOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 12);
}

/** A RangeError is a mistake in a file, and names it. */
function orInvalid<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Fault('RULES_INVALID', error.message, { cause: error });
  }
}

function unknownName(
  rule: z.infer<typeof ruleSchema>,
  concepts: ReadonlyMap<string, Concept>,
  cards: Readonly<Record<string, Card>>,
): string | undefined {
  const named = rule.hears.flatMap(({ any, all, unless }) => [...any, ...all, ...unless]);
  const unknown = [...named, ...rule.silencedBy].find((concept) => !concepts.has(concept));
  if (unknown) return `names an unknown concept "${unknown}"`;
  if (!Object.hasOwn(cards, rule.card)) return `names an unknown card "${rule.card}"`;
  if (rule.level === 'caution' && !(rule.names && rule.line))
    return 'is a caution without "names" and "line"';
  return undefined;
}

function check<T>(file: RuleFile, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = file.content ? file.content() : parse(file.text);
  } catch (error) {
    throw new Fault('RULES_INVALID', `${file.name}: not readable as YAML`, { cause: error });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new Fault('RULES_INVALID', `${file.name}: ${z.prettifyError(parsed.error)}`);
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import type { Product, TokenReading } from '../../knowledge/reading.ts';
import type { RuleSet } from '../../knowledge/rule.ts';
import { halved } from './filter-network.ts';
import { learn, type Learned, type Read } from './learn.ts';
import { plainQuestions } from './plain-questions.ts';
import { readAs } from './read-as.ts';
import { heardConcepts } from './traits.ts';

/** Raised whenever what is learned from the same rules changes. */
const FORMAT = 8;
/** What `npm run learn` made of the rules as they were released: nothing is learned at start then. */
const SHIPPED = join(PROJECT_ROOT, 'knowledge', 'rules', 'second-look.json');
/** Texts between two steps of the progress bar. */
const BATCH_SIZE = 64;

/** The local encoder. Both may reject. */
export interface ExampleReader {
  /** Changes whenever its readings do. */
  readonly name: string;
  /** In the order of the texts. */
  readTokens(texts: readonly string[]): Promise<TokenReading[]>;
  /** Asked for only when something is learned. */
  product(): Promise<Product>;
}

type OnProgress = (encoded: number, total: number) => void;

const weights = z.base64().transform((text) => floatsIn(text));
const fileSchema = z.object({
  /** Of what its weights fit: these concepts, rules and encoder. */
  id: z.string(),
  /** Of the rules and examples it was learned from. */
  learnedFrom: z.string(),
  raiseFrom: z.number(),
  emergencyFrom: z.number(),
  upgradeFrom: z.number(),
  cautionFrom: z.number(),
  weakFrom: z.number(),
  filters: z.object({ weights, bias: weights }),
  stems: z.array(z.string()),
  rules: z.array(z.string()),
  classes: z.object({ rows: z.array(weights), stems: weights }),
  measured: z.object({
    examples: z.number(),
    emergenciesRaised: z.number(),
    emergenciesAsEmergency: z.number(),
    urgentRaised: z.number(),
    urgentAsEmergency: z.number(),
    cautionsHeard: z.number(),
    harmlessRaised: z.number(),
    plainRaised: z.number(),
    plainCautioned: z.number(),
  }),
});

/**
 * What was learned for rules of this shape: as shipped, as learned at an earlier start, or learned now
 * and kept below `dataDir`. A changed pattern, reply or example leaves the weights in use until
 * `npm run learn`: learning takes minutes, and a start must not. Another concept, rule or encoder does
 * not fit them. Rejects with what the reader rejects with.
 */
export async function openLearned(
  rules: RuleSet,
  reader: ExampleReader,
  dataDir: string,
  onProgress?: OnProgress,
): Promise<Learned> {
  const id = idOf(rules, reader);
  const kept = join(dataDir, 'second-look', `${id}.json`);
  const known = readLearned(SHIPPED, id) ?? readLearned(kept, id);
  return known ?? learnInto(kept, rules, reader, onProgress);
}

/** Learns anew and replaces what is shipped. */
export async function relearn(
  rules: RuleSet,
  reader: ExampleReader,
  onProgress?: OnProgress,
): Promise<Learned> {
  return learnInto(SHIPPED, rules, reader, onProgress);
}

/** Whether what is shipped was learned from these very rules and examples. */
export function isShippedFor(rules: RuleSet, reader: Pick<ExampleReader, 'name'>): boolean {
  const shipped = readLearned(SHIPPED, idOf(rules, reader));
  return shipped?.learnedFrom === rules.version;
}

function idOf(rules: RuleSet, { name }: Pick<ExampleReader, 'name'>): string {
  const ids = rules.rules.map(({ id, level }) => `${id} ${level}`);
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, heardConcepts(rules), ids, name]))
    .digest('hex')
    .slice(0, 24);
}

/** undefined where the file is missing, of other rules, or damaged: it is learned again. */
function readLearned(file: string, id: string): z.infer<typeof fileSchema> | undefined {
  if (!existsSync(file)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  const parsed = fileSchema.safeParse(content);
  return parsed.success && parsed.data.id === id ? parsed.data : undefined;
}

async function learnInto(
  file: string,
  rules: RuleSet,
  reader: ExampleReader,
  onProgress: OnProgress | undefined,
): Promise<Learned> {
  const plain = plainQuestions(rules);
  const examples = [...rules.examples().map(({ text }) => text), ...plain];
  const texts = examples.map((text) => readAs(text, rules));
  const readings: Read[] = [];
  for (let at = 0; at < texts.length; at += BATCH_SIZE) {
    const batch = texts.slice(at, at + BATCH_SIZE);
    for (const { vector, states } of await reader.readTokens(batch)) {
      readings.push({ vector, states: halved(states) });
    }
    onProgress?.(readings.length, texts.length);
  }
  const learned = learn(rules, plain, readings, await reader.product());
  const { filters, classes, ...rest } = learned;
  const content = {
    id: idOf(rules, reader),
    learnedFrom: rules.version,
    ...rest,
    filters: { weights: textOf(filters.weights), bias: textOf(filters.bias) },
    classes: { rows: classes.rows.map(textOf), stems: textOf(classes.stems) },
  };
  mkdirSync(dirname(file), { recursive: true });
  // Under another name first: a process that reads meanwhile finds the old file or the new one.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(draft, file);
  return fileSchema.parse(content);
}

/** One scale as a float, then whole numbers of it, two bytes each. */
function textOf(values: ArrayLike<number>): string {
  const numbers = Array.from(values);
  const scale = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30) / 32_767;
  const bytes = Buffer.alloc(4 + 2 * numbers.length);
  bytes.writeFloatLE(scale, 0);
  for (const [at, value] of numbers.entries()) {
    bytes.writeInt16LE(Math.max(-32_767, Math.min(32_767, Math.round(value / scale))), 4 + 2 * at);
  }
  return bytes.toString('base64');
}

function floatsIn(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  const values = new Float32Array(Math.max(0, (bytes.length - 4) >> 1));
  const scale = bytes.length < 4 ? 0 : bytes.readFloatLE(0);
  for (let at = 0; at < values.length; at++) values[at] = scale * bytes.readInt16LE(4 + 2 * at);
  return values;
}

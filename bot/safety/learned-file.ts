import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import type { RuleSet } from '../../knowledge/rule.ts';
import { learn, type Learned } from './learn.ts';
import { plainQuestions } from './plain-questions.ts';
import { heardConcepts } from './traits.ts';

/** Raised whenever what is learned from the same rules changes. */
const FORMAT = 4;
/** What `npm run learn` made of the rules as they were released: nothing is learned at start then. */
const SHIPPED = join(PROJECT_ROOT, 'knowledge', 'rules', 'second-look.json');
/** Texts between two steps of the progress bar. */
const BATCH_SIZE = 64;

/** The local encoder, by a name that changes whenever its vectors do. */
export interface ExampleEncoder {
  readonly name: string;
  /** Vectors of length 1, in the order of the texts. May reject. */
  encodeTexts(texts: readonly string[]): Promise<Float32Array[]>;
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
  stems: z.array(z.string()),
  rules: z.array(z.string()),
  raise: weights,
  emergency: weights,
  ofRules: z.array(weights),
  measured: z.object({
    examples: z.number(),
    emergenciesRaised: z.number(),
    emergenciesAsEmergency: z.number(),
    urgentRaised: z.number(),
    urgentAsEmergency: z.number(),
    harmlessRaised: z.number(),
    plainRaised: z.number(),
  }),
});

/**
 * What was learned for rules of this shape: as shipped, as learned at an earlier start, or learned now
 * and kept below `dataDir`. A changed pattern, reply or example leaves the weights in use until
 * `npm run learn`: learning takes minutes, and a start must not. Another concept, rule or encoder does
 * not fit them. Rejects with what the encoder rejects with.
 */
export async function openLearned(
  rules: RuleSet,
  encoder: ExampleEncoder,
  dataDir: string,
  onProgress?: OnProgress,
): Promise<Learned> {
  const id = idOf(rules, encoder);
  const kept = join(dataDir, 'second-look', `${id}.json`);
  const known = readLearned(SHIPPED, id) ?? readLearned(kept, id);
  return known ?? learnInto(kept, rules, encoder, onProgress);
}

/** Learns anew and replaces what is shipped. */
export async function relearn(
  rules: RuleSet,
  encoder: ExampleEncoder,
  onProgress?: OnProgress,
): Promise<Learned> {
  return learnInto(SHIPPED, rules, encoder, onProgress);
}

/** Whether what is shipped was learned from these very rules and examples. */
export function isShippedFor(rules: RuleSet, encoderName: string): boolean {
  const shipped = readLearned(SHIPPED, idOf(rules, { name: encoderName }));
  return shipped?.learnedFrom === rules.version;
}

function idOf(rules: RuleSet, { name }: { readonly name: string }): string {
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
  encoder: ExampleEncoder,
  onProgress: OnProgress | undefined,
): Promise<Learned> {
  const plain = plainQuestions(rules);
  const texts = [...rules.examples().map(({ text }) => text), ...plain];
  const vectors: Float32Array[] = [];
  for (let at = 0; at < texts.length; at += BATCH_SIZE) {
    vectors.push(...(await encoder.encodeTexts(texts.slice(at, at + BATCH_SIZE))));
    onProgress?.(vectors.length, texts.length);
  }
  const learned = learn(rules, plain, vectors);
  const { raise, emergency, ofRules, ...rest } = learned;
  const content = {
    id: idOf(rules, encoder),
    learnedFrom: rules.version,
    ...rest,
    raise: textOf(raise),
    emergency: textOf(emergency),
    ofRules: ofRules.map(textOf),
  };
  mkdirSync(dirname(file), { recursive: true });
  // Under another name first: a process that reads meanwhile finds the old file or the new one.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(draft, file);
  return fileSchema.parse(content);
}

function textOf(values: ArrayLike<number>): string {
  return Buffer.from(Float32Array.from(values).buffer).toString('base64');
}

function floatsIn(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

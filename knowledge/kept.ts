import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from './project-root.ts';

/** What `make` was given: texts and bytes, in order. */
type Input = string | Uint8Array;

/**
 * What `make` makes of the inputs, which takes long, or what it made of the same inputs at an earlier
 * start, read from `file`. The value must survive JSON. The inputs, the code of this folder and the
 * packages it uses name the value: where any has changed, or the file is not as it was written, it is
 * made again. A value that is not worth keeping is not written. Throws what `make` throws; a folder that
 * cannot be written only costs time.
 */
export function kept<Value>(
  file: string,
  inputs: readonly Input[],
  make: () => Value,
  isWorthKeeping: (value: Value) => boolean,
): Value {
  const key = keyOf(inputs);
  const known = read(file, key);
  if (known !== undefined) return JSON.parse(known) as Value;
  const value = make();
  if (!isWorthKeeping(value)) return value;
  const text = JSON.stringify(value);
  // Under another name first: a process that reads meanwhile finds the old file or the new one.
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, `${key} ${hashOf([text])}\n${text}`);
    renameSync(draft, file);
  } catch {
    // It is made again at the next start.
  }
  return value;
}

/** Of the key, and whole; else undefined. */
function read(file: string, key: string): string | undefined {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const end = content.indexOf('\n');
  const text = content.slice(end + 1);
  return content.slice(0, end) === `${key} ${hashOf([text])}` ? text : undefined;
}

function keyOf(inputs: readonly Input[]): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name)));
  // Packages are pinned there.
  return hashOf([...inputs, readFileSync(join(PROJECT_ROOT, 'package.json')), ...code]);
}

function hashOf(inputs: readonly Input[]): string {
  const hash = createHash('sha256');
  // With the lengths between them, so that no two lists run together to the same bytes.
  for (const input of inputs) hash.update(`${input.length} `).update(input);
  return hash.digest('hex');
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Fault } from '../../knowledge/fault.ts';

const KEY_BYTES = 32;

/**
 * The key that tokens are signed with: the operator's, or a random one that is made once and kept in
 * `dataDir`, readable by its owner only, so that tokens outlive a restart.
 *
 * Throws `CONFIG_INVALID` where that file can be neither written nor read.
 */
export function loadTokenKey(secret: string | undefined, dataDir: string): Buffer {
  if (secret !== undefined) return Buffer.from(secret);
  const file = join(dataDir, 'direct-line.key');
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isTaken(error)) throw unusable(error);
  }
  const key = readKey(file);
  if (key.length !== KEY_BYTES)
    throw unusable(new Error(`expected ${KEY_BYTES} bytes, found ${key.length}`));
  return key;
}

function readKey(file: string): Buffer {
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  } catch (error) {
    throw unusable(error);
  }
}

function unusable(cause: unknown): Fault {
  return new Fault(
    'CONFIG_INVALID',
    'direct-line.key in DATA_DIR cannot be made or read; remove it, or set DIRECT_LINE_SECRET',
    { cause },
  );
}

function isTaken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}

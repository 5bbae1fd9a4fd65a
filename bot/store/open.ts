import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LibsqlDialect, libsql } from '@libsql/kysely-libsql';
import { Kysely, Migrator } from 'kysely';
import { Fault } from '../../knowledge/fault.ts';
import { migrationProvider } from './migrations.ts';
import type { Schema } from './schema.ts';

/** How long a statement waits for another process that is writing the same file. */
const BUSY_TIMEOUT_MS = 5000;

const MIGRATION_ATTEMPTS = 4;
const MIGRATION_PAUSE_MS = 100;

export interface Database {
  readonly db: Kysely<Schema>;
  /** Resolves when what was written before is on the disk, whatever happens to the power. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a `file:` or `libsql:` URL and brings its tables up to date; the folder of a file is created.
 * Throws `STORE_UNAVAILABLE`.
 *
 * What was written to a file outlives a process that dies. A power cut may take the last moments: the
 * file stays whole, and an activity that is delivered again is then answered again. What a person was
 * promised is settled before they are told.
 *
 * Callers keep to single statements. An embedded libSQL statement runs without giving way to other
 * JavaScript, so single ones cannot meet; an interactive transaction would hold the write lock across
 * an await, and a second writer of the same process would then block the thread that has to commit.
 */
export async function openDatabase(url: string): Promise<Database> {
  try {
    const file = filePath(url);
    if (file) mkdirSync(dirname(file), { recursive: true });
    // One connection to a file: its statements run one after another anyhow, and what is set on it stays.
    const client = libsql.createClient({
      url,
      timeout: BUSY_TIMEOUT_MS,
      ...(file !== undefined && { concurrency: 1 }),
    });
    const db = new Kysely<Schema>({ dialect: new LibsqlDialect({ client }) });
    const close = async (): Promise<void> => {
      await db.destroy();
      client.close();
    };
    try {
      if (file) {
        // Readers in other processes (insights, backup) then never wait for a writer.
        await client.execute('PRAGMA journal_mode = WAL');
        // Waiting for the disk at each of a turn's writes took longer than the turn.
        await client.execute('PRAGMA synchronous = NORMAL');
      }
      await migrate(db);
      const settle = async (): Promise<void> => {
        // A checkpoint writes the log to the disk first, then the file.
        if (file) await client.execute('PRAGMA wal_checkpoint');
      };
      return { db, settle, close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    throw new Fault('STORE_UNAVAILABLE', 'DATABASE_URL could not be opened or brought up to date', {
      cause: error,
    });
  }
}

/**
 * Processes that start at once get in each other's way here: SQLite has no lock to hold over several
 * statements. Whoever comes second finds the work done when it looks again.
 */
async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: migrationProvider });
  for (let attempts = 1; ; attempts += 1) {
    const { error } = await migrator.migrateToLatest();
    if (!error) return;
    if (attempts === MIGRATION_ATTEMPTS) throw error;
    await delay(MIGRATION_PAUSE_MS * attempts);
  }
}

/** Of a `file:` URL, as libSQL reads it: relative paths stay relative. */
function filePath(url: string): string | undefined {
  const path = /^file:(?:\/\/[^/?#]*)?([^?#]*)/i.exec(url)?.[1];
  return path === undefined || path === '' || path === ':memory:'
    ? undefined
    : decodeURIComponent(path);
}

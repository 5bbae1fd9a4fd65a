import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createStore } from '../../../bot/store/store.ts';
import { PROJECT_ROOT } from '../../../knowledge/project-root.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

/** Longest builds and runs of the command, in ms. */
const COMMAND_MS = 120_000;

interface Run {
  readonly status: number;
  readonly stdout: string;
}

describe('npm run callbacks', () => {
  it(
    'lists what waits, oldest first, and closes one by its id',
    () =>
      inTempFolder(async (folder) => {
        const database = pathToFileURL(join(folder, 'c.db')).href;
        let now = Date.UTC(2026, 0, 5, 9, 30);
        const store = await createStore(database, () => now);
        await store.activities.open('directline/c1', 'directline');
        const keep = async (activityId: string, phone: string, note: string | null) => {
          const asked = { conversationId: 'directline/c1', activityId, phone, name: 'Ann', note };
          const kept = await store.callbacks.keep(asked, 10, 0);
          now += 60_000;
          return 'id' in kept ? kept.id : kept.kind;
        };
        const first = await keep('a1', '+1 555 010 0001', 'Mornings.\nNot Mondays.');
        const second = await keep('a2', '+1 555 010 0002', null);

        const { stdout } = await run(database, 'npm', ['run', '--silent', 'callbacks']);
        expect(stdout).toBe(
          '2026-01-05T09:30:00.000Z  +1 555 010 0001  Ann\n' +
            `  Mornings.\n  Not Mondays.\n  ID ${first}\n\n` +
            `2026-01-05T09:31:00.000Z  +1 555 010 0002  Ann\n  ID ${second}\n\n` +
            'When one is dealt with: npm run callbacks -- --done ID\n',
        );
        // Built by now.
        const close = ['dist/bot/cli/callbacks.js', '--done', first];
        expect(await run(database, process.execPath, close)).toMatchObject({ status: 0 });
        expect(await run(database, process.execPath, close)).toMatchObject({ status: 1 });
        expect((await store.callbacks.allPending(10)).map(({ id }) => id)).toEqual([second]);
        await store.close();
      }),
    COMMAND_MS,
  );
});

/** As a person starts it: a process of its own, in the project's folder. */
function run(database: string, command: string, words: readonly string[]): Promise<Run> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL: database };
  return new Promise((ran) => {
    execFile(command, words, { cwd: PROJECT_ROOT, env }, (error, stdout) => {
      ran({ status: error === null ? 0 : Number(error.code), stdout });
    });
  });
}

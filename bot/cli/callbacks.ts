import type { Callback, CallbackBook } from '../store/callback-book.ts';
import { createStore } from '../store/store.ts';
import { runCommand, settings } from './settings.ts';

/** More than these are not looked at in a terminal. */
const MOST_LISTED = 200;

const USAGE = `npm run callbacks                   requests to be called back that wait, oldest first
npm run callbacks -- --done ID      closes one`;

await runCommand(async () => {
  const [option, id, ...more] = process.argv.slice(2);
  const isReadable = option === undefined || (option === '--done' && id !== undefined);
  if (!isReadable || more.length > 0) {
    console.log(USAGE);
    if (option !== '--help' && option !== '-h') process.exitCode = 1;
    return;
  }
  const { databaseUrl } = settings();
  const store = await createStore(databaseUrl);
  const { callbacks } = store;
  try {
    if (id === undefined) await list(callbacks);
    else if (await callbacks.close(id)) console.log('Closed.');
    else {
      console.error('No request with this id is open: npm run callbacks lists them.');
      process.exitCode = 1;
    }
  } finally {
    await store.close();
  }
});

async function list(callbacks: CallbackBook): Promise<void> {
  const waiting = await callbacks.countPending();
  const listed = await callbacks.allPending(MOST_LISTED);
  for (const callback of listed) console.log(`${printed(callback)}\n`);
  if (waiting > listed.length) console.log(`… and ${waiting - listed.length} more.\n`);
  console.log(
    waiting === 0
      ? 'No request to be called back is waiting.'
      : 'When one is dealt with: npm run callbacks -- --done ID',
  );
}

function printed({ id, phone, name, note, createdAt }: Callback): string {
  const head = `${new Date(createdAt).toISOString()}  ${phone}${name ? `  ${name}` : ''}`;
  const lines = note === null ? [] : note.split('\n').map((line) => `  ${line}`);
  return [head, ...lines, `  ID ${id}`].join('\n');
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NewEntry } from '../../../bot/store/activity-log.ts';
import { createStore } from '../../../bot/store/store.ts';
import type { Store } from '../../../bot/store/store.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

function entry(id: string, more: Partial<NewEntry> = {}): NewEntry {
  return {
    conversationId: 'directline/c1',
    id,
    sender: 'user',
    answers: null,
    body: { type: 'message', text: id },
    ...more,
  };
}

function withLog(
  use: (log: Store['activities'], store: Store, url: string) => Promise<void>,
): Promise<void> {
  return inTempFolder(async (folder) => {
    const url = pathToFileURL(join(folder, 'conversations.db')).href;
    const store = await createStore(url, () => 1_700_000_000_000);
    try {
      await use(store.activities, store, url);
    } finally {
      await store.close();
    }
  });
}

describe('createActivityLog', () => {
  it('numbers entries from 1, keeps each id once, and reads on from a position', () =>
    withLog(async (log) => {
      expect(await log.open('directline/c1', 'directline')).toBe(true);
      expect(await log.open('directline/c1', 'directline')).toBe(false);
      expect(await log.length('directline/c1')).toBe(0);
      expect(await log.append(entry('a'))).toBe('appended');
      expect(await log.append(entry('b', { sender: 'bot', answers: 'a' }))).toBe('appended');
      expect(await log.append(entry('a', { body: { type: 'message' } }))).toBe('repeated');
      expect(await log.append(entry('c'))).toBe('appended');

      expect(await log.length('directline/c1')).toBe(3);
      expect(await log.read('directline/c1', 1, 1)).toEqual([
        {
          ...entry('b', { sender: 'bot', answers: 'a' }),
          position: 2,
          createdAt: 1_700_000_000_000,
        },
      ]);
      const rest = await log.read('directline/c1', 1, 10);
      expect(rest.map(({ id, position }) => [id, position])).toEqual([
        ['b', 2],
        ['c', 3],
      ]);
    }));

  it('adds to no conversation that does not exist, or not any more', () =>
    withLog(async (log, store) => {
      expect(await log.append(entry('a'))).toBe('unknown');
      expect(await log.length('directline/c1')).toBeUndefined();
      await log.open('directline/c1', 'directline');
      await log.append(entry('a'));
      await store.deleteConversation('directline/c1');

      expect(await log.append(entry('a'))).toBe('unknown');
      expect(await log.read('directline/c1', 0, 10)).toEqual([]);
    }));

  it('leaves no gap and no double where two processes append to one conversation', () =>
    withLog(async (log, _, url) => {
      const other = await createStore(url);
      await log.open('directline/c1', 'directline');
      await Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          (i % 2 ? log : other.activities).append(entry(`e${i}`)),
        ),
      );
      await other.close();

      const read = await log.read('directline/c1', 0, 200);
      expect(read.map(({ position }) => position)).toEqual(
        Array.from({ length: 100 }, (_, i) => i + 1),
      );
      expect(new Set(read.map(({ id }) => id)).size).toBe(100);
    }));

  it('finds what people said and nobody answered, in its channel and since a time', () =>
    withLog(async (log) => {
      await log.open('directline/c1', 'directline');
      await log.open('other/c1', 'other');
      await log.append(entry('asked'));
      await log.append(entry('answer', { sender: 'bot', answers: 'asked' }));
      await log.append(entry('staff', { sender: 'staff' }));
      await log.append(entry('left'));
      await log.append(entry('left', { conversationId: 'other/c1' }));

      const left = await log.unanswered('directline', 1_700_000_000_000, 10);
      expect(left.map(({ id, conversationId }) => [id, conversationId])).toEqual([
        ['left', 'directline/c1'],
      ]);
      expect(await log.unanswered('directline', 1_700_000_000_001, 10)).toEqual([]);
    }));
});

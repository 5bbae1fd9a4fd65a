import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { libsql } from '@libsql/kysely-libsql';
import { conversationKey, createStore } from '../../../bot/store/store.ts';
import type { Store } from '../../../bot/store/store.ts';
import { answer, citation } from '../../support/replies.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

const conversationId = conversationKey('webchat', 'c1');

function received(activityId: string, text = activityId, conversation = conversationId) {
  return { conversationId: conversation, channelId: 'webchat', activityId, text };
}

function withStore(use: (store: Store, url: string) => Promise<void>): Promise<void> {
  return inTempFolder(async (folder) => {
    const url = pathToFileURL(join(folder, 'new folder', '100% #1.db')).href;
    const store = await createStore(url, () => 1_700_000_000_000);
    try {
      await use(store, url);
    } finally {
      await store.close();
    }
  });
}

describe('createStore', () => {
  it('creates the folder, the file and its tables, and opens them again with what they hold', () =>
    withStore(async (store, url) => {
      await store.appendUserMessage(received('a1'));
      await store.close();
      expect(existsSync(new URL(url))).toBe(true);

      const again = await createStore(url);
      expect((await again.loadConversation(conversationId, 10)).messages).toHaveLength(1);
      await again.close();
    }));

  it('has a request to be called back on the disk before it says so', () =>
    withStore(async (store, url) => {
      await store.appendUserMessage(received('a1'));
      const asked = {
        conversationId,
        activityId: 'f1',
        phone: '555 0100 77',
        name: null,
        note: null,
      };
      expect(await store.callbacks.keep(asked, 3, 0)).toMatchObject({ kind: 'kept' });
      // In the file itself, no longer only in its log: a checkpoint waits for the disk.
      expect(readFileSync(new URL(url), 'latin1')).toContain(asked.phone);
    }));

  it('opens one new file from several sides at once', () =>
    inTempFolder(async (folder) => {
      const url = pathToFileURL(join(folder, 'new.db')).href;
      const stores = await Promise.all(Array.from({ length: 4 }, () => createStore(url)));

      for (const [i, store] of stores.entries()) {
        expect(await store.appendUserMessage(received(`a${i}`))).toBe('stored');
        await store.close();
      }
    }));

  it('faults with STORE_UNAVAILABLE, and no address, where the database cannot be opened', () =>
    inTempFolder(async (folder) => {
      const opened = createStore(pathToFileURL(folder).href);

      await expect(opened).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.not.stringContaining(folder),
      });
    }));
});

describe('appendUserMessage', () => {
  it('knows new, unanswered, undelivered and answered messages apart', () =>
    withStore(async (store) => {
      expect(await store.appendUserMessage(received('a1'))).toBe('stored');
      expect(await store.appendUserMessage(received('a1'))).toBe('unanswered-before');
      await store.appendReply(conversationId, 'a1', answer('Yes.'));
      expect(await store.appendUserMessage(received('a1'))).toBe('unanswered-before');
      await store.markDelivered(conversationId, 'a1');
      expect(await store.appendUserMessage(received('a1'))).toBe('repeated');
    }));

  it('tells one id in two conversations apart', () =>
    withStore(async (store) => {
      const other = conversationKey('msteams', 'c1');

      expect(await store.appendUserMessage(received('a1'))).toBe('stored');
      expect(await store.appendUserMessage(received('a1', 'hi', other))).toBe('stored');
    }));

  it('keeps every word of many conversations that write at once, from two processes’ connections', () =>
    withStore(async (store, url) => {
      const other = await createStore(url);
      const writes = Array.from({ length: 200 }, async (_, i) => {
        const conversation = conversationKey('webchat', `c${i % 20}`);
        const via = i % 2 ? store : other;
        await via.appendUserMessage(received(`a${i}`, `text ${i}`, conversation));
        await via.appendReply(conversation, `a${i}`, answer(`reply ${i}`));
        await via.markDelivered(conversation, `a${i}`);
      });
      await Promise.all(writes);

      for (let i = 0; i < 20; i += 1) {
        const { messages } = await store.loadConversation(conversationKey('webchat', `c${i}`), 100);
        expect(messages).toHaveLength(20);
        for (const [at, { from, text }] of messages.entries()) {
          if (from === 'bot')
            expect(`re${messages[at - 1]?.text}`).toBe(text.replace('reply', 'retext'));
        }
      }
      await other.close();
    }));
});

describe('appendReply', () => {
  it('keeps the first reply to a message', () =>
    withStore(async (store) => {
      await store.appendUserMessage(received('a1'));
      await store.appendReply(conversationId, 'a1', answer('First.'));
      await store.appendReply(conversationId, 'a1', answer('Second.'));

      expect(await store.replyTo(conversationId, 'a1')).toMatchObject({
        reply: { text: 'First.' },
      });
    }));
});

describe('loadConversation', () => {
  it('puts each reply behind its message, and leaves out what came later', () =>
    withStore(async (store) => {
      await store.appendUserMessage(received('a1'));
      await store.appendUserMessage(received('a2'));
      const reply = answer('Re a1 [1]', { citations: [citation(1)] });
      await store.appendReply(conversationId, 'a1', reply);

      expect(await store.loadConversation(conversationId, 10)).toEqual({
        id: conversationId,
        channel: 'webchat',
        messages: [
          { from: 'user', text: 'a1' },
          { from: 'bot', text: 'Re a1 [1]', reply },
          { from: 'user', text: 'a2' },
        ],
      });
      const before = await store.loadConversation(conversationId, 10, 'a2');
      expect(before.messages.map(({ text }) => text)).toEqual(['a1', 'Re a1 [1]']);
    }));

  it('gives the last messages, oldest first', () =>
    withStore(async (store) => {
      for (const id of ['a1', 'a2', 'a3']) await store.appendUserMessage(received(id));

      const { messages } = await store.loadConversation(conversationId, 2);
      expect(messages.map(({ text }) => text)).toEqual(['a2', 'a3']);
    }));

  it('gives an unknown conversation as an empty one', () =>
    withStore(async (store) => {
      expect(await store.loadConversation('none', 10)).toEqual({
        id: 'none',
        channel: 'webchat',
        messages: [],
      });
    }));
});

describe('appendGreeting', () => {
  it('greets once, and not after the person has spoken', () =>
    withStore(async (store) => {
      const greeting = answer('Hello!');
      expect(await store.appendGreeting(conversationId, 'webchat', greeting)).toBe(true);
      expect(await store.appendGreeting(conversationId, 'webchat', greeting)).toBe(false);

      const begun = conversationKey('webchat', 'c2');
      await store.appendUserMessage(received('a1', 'hi', begun));
      expect(await store.appendGreeting(begun, 'webchat', greeting)).toBe(false);
    }));
});

describe('deleteConversation', () => {
  it('leaves nothing a person wrote, and of an escalation only that it happened', () =>
    withStore(async (store, url) => {
      await store.appendUserMessage(received('a1', 'I cannot breathe'));
      await store.appendReply(conversationId, 'a1', answer('Call 911.'));
      const escalated = {
        conversationId,
        channelId: 'webchat',
        activityId: 'a1',
        rule: 'em.pneumothorax',
        version: '3',
        span: { start: 2, end: 16 },
        replyText: 'Call 911.',
      };
      await store.recordEscalation(escalated);
      await store.recordEscalation(escalated);
      await store.deleteConversation(conversationId);

      const client = libsql.createClient({ url });
      const rows = async (table: string) => (await client.execute(`select * from ${table}`)).rows;
      expect(await rows('conversations')).toEqual([]);
      expect(await rows('messages')).toEqual([]);
      expect(await rows('escalations')).toEqual([
        expect.objectContaining({
          conversationId: null,
          activityId: null,
          rule: 'em.pneumothorax',
          spanStart: null,
          createdAt: 1_700_000_000_000,
        }),
      ]);
      client.close();
    }));
});

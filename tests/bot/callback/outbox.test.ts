import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Outbox } from '../../../bot/callback/outbox.ts';
import type { OutboxTimes } from '../../../bot/callback/outbox.ts';
import { createLogger } from '../../../bot/log.ts';
import { createStore } from '../../../bot/store/store.ts';
import type { Store } from '../../../bot/store/store.ts';
import { inTempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/visitor.ts';
import { startWebhook } from '../../support/webhook.ts';
import type { WebhookAnswer, WebhookServer } from '../../support/webhook.ts';

const NOW = Date.UTC(2026, 0, 5, 9, 30);
const NEVER = 60 * 60_000;
const QUICK: OutboxTimes = { timeoutMs: 200, waitsMs: [1, 2, 3], sweepMs: NEVER };

interface Office {
  readonly store: Store;
  readonly webhook: WebhookServer;
  readonly logged: string[];
  /** Keeps a request and returns its id. */
  readonly keep: (activityId: string) => Promise<string>;
  readonly outbox: (
    times?: Partial<OutboxTimes>,
    more?: { secret?: string; url?: string | null },
  ) => Outbox;
}

async function withOffice(
  answers: readonly WebhookAnswer[],
  use: (office: Office) => Promise<void>,
): Promise<void> {
  await inTempFolder(async (folder) => {
    const store = await createStore(pathToFileURL(join(folder, 'c.db')).href, () => NOW);
    const webhook = await startWebhook(...answers);
    const logged: string[] = [];
    const outboxes: Outbox[] = [];
    await store.activities.open('directline/c1', 'directline');
    try {
      await use({
        store,
        webhook,
        logged,
        keep: async (activityId) => {
          const asked = { conversationId: 'directline/c1', activityId, ...FORM };
          const kept = await store.callbacks.keep(asked, 1000, 0);
          return 'id' in kept ? kept.id : kept.kind;
        },
        outbox: (times = {}, { secret, url = webhook.url } = {}) => {
          const outbox = new Outbox({
            callbacks: store.callbacks,
            webhook: url === null ? undefined : { url, secret },
            log: createLogger('debug', { write: (line) => void logged.push(line) }),
            times: { ...QUICK, ...times },
          });
          outboxes.push(outbox);
          return outbox;
        },
      });
    } finally {
      for (const outbox of outboxes) await outbox.stop();
      await webhook.close();
      await store.close();
    }
  });
}

const FORM = { phone: '+1 555 010 0000', name: 'Ann Lee', note: 'Mornings, por favor: ¿sí?' };

describe('Outbox', () => {
  it('posts a request as JSON under its id, signed, and takes 2xx for a yes', () =>
    withOffice([204], async ({ store, webhook, keep, outbox, logged }) => {
      const id = await keep('a1');
      outbox({}, { secret: 'a secret of the clinic' }).kept(id);
      await until(async () => (await store.callbacks.countPending()) === 0);

      const [post, ...more] = webhook.posts;
      expect(more).toEqual([]);
      expect([post?.method, post?.path]).toEqual(['POST', '/hook']);
      expect(post?.headers).toMatchObject({
        'content-type': 'application/json',
        'idempotency-key': id,
        'x-needlepoint-signature': `sha256=${createHmac('sha256', 'a secret of the clinic')
          .update(post?.body ?? '')
          .digest('hex')}`,
      });
      expect(JSON.parse(post?.body ?? '')).toEqual({
        id,
        ...FORM,
        conversationId: 'directline/c1',
        channelId: 'directline',
        createdAt: '2026-01-05T09:30:00.000Z',
      });
      expect(logged.join('')).toContain(id);
      expect(logged.join('')).not.toMatch(/555\D{0,2}010|\bAnn\b|Mornings/);
    }));

  it('sends no signature without a secret', () =>
    withOffice([], async ({ webhook, keep, outbox }) => {
      outbox().kept(await keep('a1'));
      await until(() => webhook.posts.length === 1);

      expect(webhook.posts[0]?.headers).not.toHaveProperty('x-needlepoint-signature');
    }));

  it.each<[string, WebhookAnswer]>([
    ['500', 500],
    ['404', 404],
    ['nothing at all', 'hang'],
  ])('tries again after %s, under the same id', (_, answer) =>
    withOffice([answer], async ({ store, webhook, keep, outbox }) => {
      const id = await keep('a1');
      outbox().kept(id);
      await until(async () => (await store.callbacks.countPending()) === 0);

      expect(webhook.posts.map(({ headers }) => headers['idempotency-key'])).toEqual([id, id]);
    }),
  );

  it('follows no redirect', () =>
    withOffice([], async ({ store, webhook, keep, outbox, logged }) => {
      const elsewhere = await startWebhook();
      try {
        webhook.answers.push({ location: elsewhere.url });
        outbox({ waitsMs: [] }).kept(await keep('a1'));
        await until(() => logged.join('').includes('it waits'));

        expect(elsewhere.posts).toEqual([]);
        expect(await store.callbacks.countPending()).toBe(1);
        expect(logged.join('')).toContain('"status":307');
      } finally {
        await elsewhere.close();
      }
    }));

  it('gives up after a few attempts, names no address, and takes it up at the next sweep', () =>
    withOffice([500, 500, 500], async ({ store, webhook, keep, outbox, logged }) => {
      outbox({ waitsMs: [1, 2] }).kept(await keep('a1'));
      await until(() => logged.join('').includes('it waits'));
      expect(webhook.posts).toHaveLength(3);
      expect(logged.join('')).not.toContain(webhook.url);

      const sweeping = outbox({ sweepMs: 20 });
      webhook.answers.push(503, 503, 503, 503);
      await sweeping.start();
      await until(async () => (await store.callbacks.countPending()) === 0);
      expect(webhook.posts).toHaveLength(8);
    }));

  it('sends at the next start what was never taken, and nothing that was', () =>
    withOffice(['hang'], async ({ store, webhook, keep, outbox }) => {
      const before = outbox({ timeoutMs: NEVER });
      const first = await keep('a1');
      before.kept(first);
      await until(() => webhook.posts.length === 1);
      await before.stop();
      expect(await store.callbacks.countPending()).toBe(1);

      const second = await keep('a2');
      await outbox().start();
      await until(async () => (await store.callbacks.countPending()) === 0);
      await outbox().start();
      const ids = webhook.posts.map(({ headers }) => headers['idempotency-key']);
      expect(ids).toHaveLength(3);
      expect(new Set(ids.slice(1))).toEqual(new Set([first, second]));
    }));

  it('lets requests that hang hold up no more than their lanes', () =>
    withOffice([], async ({ store, webhook, keep, outbox }) => {
      const ids = await Promise.all(Array.from({ length: 9 }, (_, i) => keep(`a${i}`)));
      webhook.answers.push('hang', 'hang');
      const sending = outbox({ timeoutMs: NEVER });
      for (const id of ids) sending.kept(id);
      await until(async () => (await store.callbacks.countPending()) <= 5);

      expect(webhook.posts.length).toBeGreaterThanOrEqual(6);
    }));

  it('sends nothing that was deleted or closed meanwhile', () =>
    withOffice(['hang'], async ({ store, webhook, keep, outbox, logged }) => {
      const closed = await keep('a1');
      expect(await store.callbacks.close(closed)).toBe(true);
      const sending = outbox();
      await sending.start();
      const deleted = await keep('a2');
      sending.kept(deleted);
      await until(() => webhook.posts.length === 1);
      await store.deleteConversation('directline/c1');
      await until(() => logged.join('').includes('did not take'));

      await store.activities.open('directline/c1', 'directline');
      const other = await keep('a3');
      sending.kept(other);
      await until(async () => (await store.callbacks.countPending()) === 0);
      const ids = webhook.posts.map(({ headers }) => headers['idempotency-key']);
      expect(ids).toEqual([deleted, other]);
    }));

  it('without a webhook keeps them, and says so at start and of each by its id', () =>
    withOffice([], async ({ store, webhook, keep, outbox, logged }) => {
      const keeping = outbox({}, { url: null });
      await keeping.start();
      const id = await keep('a1');
      keeping.kept(id);
      await outbox({}, { url: null }).start();

      expect(webhook.posts).toEqual([]);
      expect(await store.callbacks.countPending()).toBe(1);
      expect(logged.map((line) => JSON.parse(line))).toMatchObject([
        { level: 30, waiting: 0, msg: expect.stringContaining('wait in the store') },
        { level: 30, callback: id, msg: expect.stringContaining('waits in the store') },
        { level: 40, waiting: 1, msg: expect.stringContaining('npm run callbacks') },
      ]);
      expect(logged.join('')).not.toMatch(/555\D{0,2}010|\bAnn\b|Mornings/);
    }));
});

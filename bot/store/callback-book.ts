import { randomUUID } from 'node:crypto';
import type { Database } from './open.ts';

/** Who wants to be called back, as written in the form. */
export interface CallbackForm {
  /** As typed, without what a phone cannot dial or show; 5 to 20 digits. */
  readonly phone: string;
  readonly name: string | null;
  readonly note: string | null;
}

export interface Callback extends CallbackForm {
  readonly id: string;
  readonly conversationId: string;
  readonly channelId: string;
  /** ms since the epoch. */
  readonly createdAt: number;
}

interface NewCallback extends CallbackForm {
  /** `conversationKey`. */
  readonly conversationId: string;
  /** Of the form that was posted: kept once. */
  readonly activityId: string;
}

/** `unknown`: no such conversation. `too-many`: more than `most` since `since`. */
type Kept =
  | { readonly kind: 'kept' | 'repeated'; readonly id: string }
  | { readonly kind: 'unknown' | 'too-many' };

/** Requests to be called back. A pending one has been neither taken by the webhook nor closed. */
export interface CallbackBook {
  /** Takes at most `most` of a conversation since `since` (ms); repetitions do not count. */
  keep(asked: NewCallback, most: number, since: number): Promise<Kept>;
  /** What was kept under the activity's id. */
  askedBy(conversationId: string, activityId: string): Promise<Callback | undefined>;
  /** undefined where it is not pending (any more). */
  pending(id: string): Promise<Callback | undefined>;
  /** Oldest first. */
  allPending(limit: number): Promise<Callback[]>;
  countPending(): Promise<number>;
  markSent(id: string): Promise<void>;
  /** False where there is no such request, or it is not pending any more. */
  close(id: string): Promise<boolean>;
}

const COLUMNS = [
  'id',
  'conversationId',
  'channelId',
  'phone',
  'name',
  'note',
  'createdAt',
] as const;

export function createCallbackBook(
  { db, settle }: Pick<Database, 'db' | 'settle'>,
  now: () => number,
): CallbackBook {
  const waiting = () =>
    db.selectFrom('callbacks').where('sentAt', 'is', null).where('doneAt', 'is', null);
  const ofConversation = (conversationId: string) =>
    db.selectFrom('callbacks').where('conversationId', '=', conversationId);

  return {
    async keep({ conversationId, activityId, phone, name, note }, most, since) {
      const known = await ofConversation(conversationId)
        .select('id')
        .where('activityId', '=', activityId)
        .executeTakeFirst();
      if (known) return { kind: 'repeated', id: known.id };
      const { count } = await ofConversation(conversationId)
        .select((select) => select.fn.countAll<number | string>().as('count'))
        .where('createdAt', '>', since)
        .executeTakeFirstOrThrow();
      if (Number(count) >= most) return { kind: 'too-many' };
      const id = randomUUID();
      // Made from the conversation's row: where that was deleted meanwhile, nothing is kept.
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('callbacks')
        .columns([
          'id',
          'conversationId',
          'activityId',
          'channelId',
          'phone',
          'name',
          'note',
          'createdAt',
        ])
        .expression((build) =>
          build
            .selectFrom('conversations')
            .select((select) => [
              select.val(id).as('id'),
              'conversations.id as conversationId',
              select.val(activityId).as('activityId'),
              'conversations.channelId',
              select.val(phone).as('phone'),
              select.val(name).as('name'),
              select.val(note).as('note'),
              select.val(now()).as('createdAt'),
            ])
            .where('conversations.id', '=', conversationId),
        )
        .onConflict((conflict) => conflict.columns(['conversationId', 'activityId']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 1n) {
        await settle();
        return { kind: 'kept', id };
      }
      // Another process was first, or there is no such conversation.
      const other = await ofConversation(conversationId)
        .select('id')
        .where('activityId', '=', activityId)
        .executeTakeFirst();
      return other ? { kind: 'repeated', id: other.id } : { kind: 'unknown' };
    },

    askedBy: (conversationId, activityId) =>
      ofConversation(conversationId)
        .select(COLUMNS)
        .where('activityId', '=', activityId)
        .executeTakeFirst(),

    pending: (id) => waiting().select(COLUMNS).where('id', '=', id).executeTakeFirst(),

    allPending: (limit) =>
      waiting().select(COLUMNS).orderBy('createdAt').orderBy('id').limit(limit).execute(),

    async countPending() {
      const { count } = await waiting()
        .select((select) => select.fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async markSent(id) {
      await db.updateTable('callbacks').set({ sentAt: now() }).where('id', '=', id).execute();
    },

    async close(id) {
      const { numUpdatedRows } = await db
        .updateTable('callbacks')
        .set({ doneAt: now() })
        .where('id', '=', id)
        .where('sentAt', 'is', null)
        .where('doneAt', 'is', null)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
  };
}

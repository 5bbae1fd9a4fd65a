import { sql } from 'kysely';
import { channelOf } from '../conversation.ts';
import type { Conversation, PastMessage } from '../conversation.ts';
import type { Reply } from '../reply.ts';
import { createActivityLog } from './activity-log.ts';
import type { ActivityLog } from './activity-log.ts';
import { createCallbackBook } from './callback-book.ts';
import type { CallbackBook } from './callback-book.ts';
import { createFeedbackBook } from './feedback-book.ts';
import type { FeedbackBook } from './feedback-book.ts';
import { openDatabase } from './open.ts';

/** A person's message as it came in. */
export interface Received {
  /** `conversationKey`. */
  readonly conversationId: string;
  readonly channelId: string;
  /** Unique in its conversation; a channel that delivers twice repeats it. */
  readonly activityId: string;
  readonly text: string;
}

/**
 * `stored`: new. `repeated`: its reply has been delivered. `unanswered-before`: known, but its reply
 * was not delivered, because we are still at it or stopped halfway.
 */
type Arrival = 'stored' | 'repeated' | 'unanswered-before';

interface StoredReply {
  readonly reply: Reply;
  readonly delivered: boolean;
}

/** For the record of what an escalation was based on; holds nothing the person wrote. */
interface Escalation {
  readonly conversationId: string;
  readonly channelId: string;
  readonly activityId: string;
  readonly rule: string;
  /** Of the rule file. */
  readonly version: string;
  /** `[start, end)` in the message; null where the conversation, not this message, fired the rule. */
  readonly span: { readonly start: number; readonly end: number } | null;
  readonly replyText: string;
}

/** Every method rejects with the database's error when it cannot be reached. */
export interface Store {
  /** What Direct Line clients are shown. */
  readonly activities: ActivityLog;
  readonly callbacks: CallbackBook;
  readonly feedback: FeedbackBook;
  appendUserMessage(received: Received): Promise<Arrival>;
  /** The reply to an activity, where there is one. */
  replyTo(conversationId: string, activityId: string): Promise<StoredReply | undefined>;
  /** Keeps the first reply to an activity; a second is dropped. */
  appendReply(conversationId: string, activityId: string, reply: Reply): Promise<void>;
  markDelivered(conversationId: string, activityId: string): Promise<void>;
  /** False where the conversation has been greeted, or has begun without. */
  appendGreeting(conversationId: string, channelId: string, reply: Reply): Promise<boolean>;
  /**
   * The last `limit` messages, oldest first, each reply behind the message it answers. With `before`
   * (an activity id), only what came before that message.
   */
  loadConversation(id: string, limit: number, before?: string): Promise<Conversation>;
  /** Once per activity and rule; a repetition is dropped. */
  recordEscalation(escalation: Escalation): Promise<void>;
  /**
   * Removes what was said, with the requests to be called back and the feedback. Escalations stay as
   * counts, unlinked from the conversation.
   */
  deleteConversation(id: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Conversation ids are unique within one channel only. */
export function conversationKey(channelId: string, conversationId: string): string {
  return `${channelId}/${conversationId}`;
}

/**
 * Conversations in a libSQL database, embedded (`file:`) or remote (`libsql:`). Runs the migrations.
 * `now` gives ms since the epoch. Throws `STORE_UNAVAILABLE` when the database cannot be opened.
 */
export async function createStore(url: string, now: () => number = Date.now): Promise<Store> {
  const database = await openDatabase(url);
  const { db } = database;

  const turnOf = (conversationId: string, activityId: string) =>
    db
      .selectFrom('messages as asked')
      .select('asked.turn')
      .where('asked.conversationId', '=', conversationId)
      .where('asked.activityId', '=', activityId)
      .where('asked.sender', '=', 'user');

  async function openConversation(id: string, channelId: string): Promise<void> {
    await db
      .insertInto('conversations')
      .values({ id, channelId, createdAt: now() })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  async function replyTo(
    conversationId: string,
    activityId: string,
  ): Promise<StoredReply | undefined> {
    const row = await db
      .selectFrom('messages')
      .select(['reply', 'deliveredAt'])
      .where('conversationId', '=', conversationId)
      .where('sender', '=', 'bot')
      .where('turn', '=', turnOf(conversationId, activityId))
      .executeTakeFirst();
    if (!row?.reply) return undefined;
    return { reply: JSON.parse(row.reply) as Reply, delivered: row.deliveredAt !== null };
  }

  return {
    activities: createActivityLog(db, now),
    callbacks: createCallbackBook(database, now),
    feedback: createFeedbackBook(db, now),

    replyTo,

    async appendUserMessage({ conversationId, channelId, activityId, text }) {
      await openConversation(conversationId, channelId);
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('messages')
        .values((build) => ({
          conversationId,
          turn: build
            .selectFrom('messages as earlier')
            .select(sql<number>`coalesce(max(earlier.turn), 0) + 1`.as('next'))
            .where('earlier.conversationId', '=', conversationId),
          sender: 'user',
          activityId,
          text,
          createdAt: now(),
        }))
        .onConflict((conflict) => conflict.columns(['conversationId', 'activityId']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 1n) return 'stored';
      const known = await replyTo(conversationId, activityId);
      return known?.delivered ? 'repeated' : 'unanswered-before';
    },

    async appendReply(conversationId, activityId, reply) {
      await db
        .insertInto('messages')
        .values({
          conversationId,
          turn: turnOf(conversationId, activityId),
          sender: 'bot',
          text: reply.text,
          reply: JSON.stringify(reply),
          createdAt: now(),
        })
        .onConflict((conflict) =>
          conflict.columns(['conversationId', 'turn', 'sender']).doNothing(),
        )
        .execute();
    },

    async markDelivered(conversationId, activityId) {
      await db
        .updateTable('messages')
        .set({ deliveredAt: now() })
        .where('conversationId', '=', conversationId)
        .where('sender', '=', 'bot')
        .where('turn', '=', turnOf(conversationId, activityId))
        .execute();
    },

    async appendGreeting(conversationId, channelId, reply) {
      await openConversation(conversationId, channelId);
      const begun = await db
        .selectFrom('messages')
        .select('seq')
        .where('conversationId', '=', conversationId)
        .limit(1)
        .executeTakeFirst();
      if (begun) return false;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('messages')
        .values({
          conversationId,
          turn: 0,
          sender: 'bot',
          text: reply.text,
          reply: JSON.stringify(reply),
          createdAt: now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async loadConversation(id, limit, before) {
      const conversation = await db
        .selectFrom('conversations')
        .select('channelId')
        .where('id', '=', id)
        .executeTakeFirst();
      let latest = db
        .selectFrom('messages')
        .select(['sender', 'text', 'reply'])
        .where('conversationId', '=', id)
        .orderBy('turn', 'desc')
        .orderBy('seq', 'desc')
        .limit(limit);
      if (before !== undefined) latest = latest.where('turn', '<', turnOf(id, before));
      const rows = await latest.execute();
      return {
        id,
        channel: channelOf(conversation?.channelId),
        messages: rows.reverse().map(pastMessage),
      };
    },

    async recordEscalation({ span, ...escalation }) {
      await db
        .insertInto('escalations')
        .values({
          ...escalation,
          spanStart: span?.start ?? null,
          spanEnd: span?.end ?? null,
          createdAt: now(),
        })
        .onConflict((conflict) =>
          conflict.columns(['conversationId', 'activityId', 'rule']).doNothing(),
        )
        .execute();
    },

    async deleteConversation(id) {
      await db
        .updateTable('escalations')
        .set({ conversationId: null, activityId: null, spanStart: null, spanEnd: null })
        .where('conversationId', '=', id)
        .execute();
      for (const table of ['callbacks', 'feedback', 'sentMessages'] as const) {
        await db.deleteFrom(table).where('conversationId', '=', id).execute();
      }
      await db
        .updateTable('safetyOpinions')
        .set({ conversationId: null })
        .where('conversationId', '=', id)
        .execute();
      await db.deleteFrom('activities').where('conversationId', '=', id).execute();
      await db.deleteFrom('messages').where('conversationId', '=', id).execute();
      await db.deleteFrom('conversations').where('id', '=', id).execute();
    },

    async ping() {
      await sql`select 1`.execute(db);
    },

    close: () => database.close(),
  };
}

function pastMessage(row: {
  sender: 'user' | 'bot';
  text: string;
  reply: string | null;
}): PastMessage {
  const { sender, text, reply } = row;
  return reply === null
    ? { from: sender, text }
    : { from: sender, text, reply: JSON.parse(reply) as Reply };
}

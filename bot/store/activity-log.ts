import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

type Sender = Schema['activities']['sender'];

/** What an activity says, without what its conversation knows: who, where. */
export type ActivityBody = Readonly<Record<string, unknown>> & {
  readonly type: 'message' | 'typing' | 'event';
};

export interface NewEntry {
  /** `conversationKey`. */
  readonly conversationId: string;
  /** Unique in its conversation; an entry appended twice is kept once. */
  readonly id: string;
  readonly sender: Sender;
  /** The id of the person's activity that this one answers; null on anything else. */
  readonly answers: string | null;
  readonly body: ActivityBody;
}

export interface LogEntry extends NewEntry {
  /** From 1, without gaps; the last one's is the length of the log. */
  readonly position: number;
  /** ms since the epoch. */
  readonly createdAt: number;
}

/** `unknown`: no such conversation, and none is made. */
type Appended = 'appended' | 'repeated' | 'unknown';

/** What a Direct Line conversation shows, in the order it shows it; added to and never rewritten. */
export interface ActivityLog {
  /** False where the conversation was open. */
  open(conversationId: string, channelId: string): Promise<boolean>;
  append(entry: NewEntry): Promise<Appended>;
  /** undefined where there is no such conversation. */
  length(conversationId: string): Promise<number | undefined>;
  /** Entries behind `position`, oldest first. */
  read(conversationId: string, position: number, limit: number): Promise<LogEntry[]>;
  /** Messages of people since `since` (ms) without an answer in the log, oldest first. */
  unanswered(channelId: string, since: number, limit: number): Promise<LogEntry[]>;
}

export function createActivityLog(db: Kysely<Schema>, now: () => number): ActivityLog {
  return {
    async open(id, channelId) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('conversations')
        .values({ id, channelId, createdAt: now() })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async append({ conversationId, id, sender, answers, body }) {
      // Made from the conversation's row: where that was deleted meanwhile, nothing is added.
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('activities')
        .columns(['conversationId', 'position', 'id', 'sender', 'answers', 'body', 'createdAt'])
        .expression((build) =>
          build
            .selectFrom('conversations')
            .select((select) => [
              'conversations.id',
              select(lastPosition(select), '+', 1).as('position'),
              select.val(id).as('activityId'),
              select.val(sender).as('sender'),
              select.val(answers).as('answers'),
              select.val(JSON.stringify(body)).as('body'),
              select.val(now()).as('now'),
            ])
            .where('conversations.id', '=', conversationId),
        )
        .onConflict((conflict) => conflict.columns(['conversationId', 'id']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 1n) return 'appended';
      const known = await db
        .selectFrom('activities')
        .select('position')
        .where('conversationId', '=', conversationId)
        .where('id', '=', id)
        .executeTakeFirst();
      return known ? 'repeated' : 'unknown';
    },

    async length(conversationId) {
      // The column is not called length: the driver's rows have a length of their own.
      const row = await db
        .selectFrom('conversations')
        .select((select) => lastPosition(select).as('last'))
        .where('conversations.id', '=', conversationId)
        .executeTakeFirst();
      return row?.last;
    },

    async read(conversationId, position, limit) {
      const rows = await db
        .selectFrom('activities')
        .selectAll()
        .where('conversationId', '=', conversationId)
        .where('position', '>', position)
        .orderBy('position')
        .limit(limit)
        .execute();
      return rows.map(entryOf);
    },

    async unanswered(channelId, since, limit) {
      const rows = await db
        .selectFrom('activities')
        .innerJoin('conversations', 'conversations.id', 'activities.conversationId')
        .selectAll('activities')
        .where('conversations.channelId', '=', channelId)
        .where('activities.createdAt', '>=', since)
        .where('activities.sender', '=', 'user')
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('activities as answer')
                .select('answer.position')
                .whereRef('answer.conversationId', '=', 'activities.conversationId')
                .whereRef('answer.answers', '=', 'activities.id'),
            ),
          ),
        )
        .orderBy('activities.createdAt')
        .orderBy('activities.position')
        .limit(limit)
        .execute();
      return rows.map(entryOf);
    },
  };
}

/** Of the conversation at hand; 0 where nothing is logged yet. */
function lastPosition(select: ExpressionBuilder<Schema, 'conversations'>) {
  const highest = select
    .selectFrom('activities')
    .select((inner) => inner.fn.max('activities.position').as('highest'))
    .whereRef('activities.conversationId', '=', 'conversations.id');
  return select.fn.coalesce(highest, select.lit(0));
}

function entryOf({ body, ...row }: Schema['activities']): LogEntry {
  return { ...row, body: JSON.parse(body) as ActivityBody };
}

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** A thumb on a message of ours. */
export interface Feedback {
  /** Of our message, as its channel names it. */
  readonly activityId: string;
  readonly rating: 'up' | 'down';
  /** Codes of the form; no words of the person. */
  readonly reasons: readonly string[];
  /** In the person's words; empty where they added none. */
  readonly remark: string;
}

/** What people thought of our messages. A later thumb on the same message replaces the earlier. */
export interface FeedbackBook {
  /** False where the activity is no message of the bot's in that Direct Line conversation. */
  keep(conversationId: string, feedback: Feedback): Promise<boolean>;
  /** Notes what a channel calls a message we sent, so that it can be rated. */
  noteSent(conversationId: string, activityId: string): Promise<void>;
  /**
   * As `keep`, for messages noted as sent. Of a group's conversations, one a person, it is the one in
   * which the message stands, whoever rates it; `conversationId` is then the group's.
   */
  keepOnSent(conversationId: string, feedback: Feedback): Promise<boolean>;
  /** In the order they were given. */
  read(conversationId: string): Promise<Feedback[]>;
}

export function createFeedbackBook(db: Kysely<Schema>, now: () => number): FeedbackBook {
  /** Made from the row of the message that it is about: where that is deleted, nothing is kept. */
  async function keepFrom(
    table: 'activities' | 'sentMessages',
    conversationId: string,
    { activityId, rating, reasons, remark }: Feedback,
  ): Promise<boolean> {
    const columns = [
      'conversationId',
      'activityId',
      'rating',
      'reasons',
      'remark',
      'createdAt',
    ] as const;
    const given = [
      sql<string>`${activityId}`.as('activityId'),
      sql<'up' | 'down'>`${rating}`.as('rating'),
      sql<string>`${JSON.stringify(reasons)}`.as('reasons'),
      sql<string>`${remark}`.as('remark'),
      sql<number>`${now()}`.as('createdAt'),
    ] as const;
    const group = `${conversationId}#`;
    const message =
      table === 'activities'
        ? db
            .selectFrom('activities')
            .select(['activities.conversationId', ...given])
            .where('activities.conversationId', '=', conversationId)
            .where('activities.id', '=', activityId)
            .where('activities.sender', '=', 'bot')
        : db
            .selectFrom('sentMessages')
            .select(['sentMessages.conversationId', ...given])
            .where('sentMessages.activityId', '=', activityId)
            .where((where) =>
              where.or([
                where('sentMessages.conversationId', '=', conversationId),
                where(
                  sql<string>`substr(${sql.ref('sentMessages.conversationId')}, 1, length(${group}))`,
                  '=',
                  group,
                ),
              ]),
            )
            .limit(1);
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('feedback')
      .columns(columns)
      .expression(message)
      .onConflict((conflict) =>
        conflict.columns(['conversationId', 'activityId']).doUpdateSet((update) => ({
          rating: update.ref('excluded.rating'),
          reasons: update.ref('excluded.reasons'),
          remark: update.ref('excluded.remark'),
          createdAt: update.ref('excluded.createdAt'),
        })),
      )
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  return {
    keep: (conversationId, feedback) => keepFrom('activities', conversationId, feedback),

    async noteSent(conversationId, activityId) {
      await db
        .insertInto('sentMessages')
        .values({ conversationId, activityId, createdAt: now() })
        .onConflict((conflict) => conflict.columns(['conversationId', 'activityId']).doNothing())
        .execute();
    },

    keepOnSent: (conversationId, feedback) => keepFrom('sentMessages', conversationId, feedback),

    async read(conversationId) {
      const rows = await db
        .selectFrom('feedback')
        .select(['activityId', 'rating', 'reasons', 'remark'])
        .where('conversationId', '=', conversationId)
        .orderBy('createdAt')
        .execute();
      return rows.map(({ reasons, ...row }) => ({
        ...row,
        reasons: JSON.parse(reasons) as string[],
      }));
    },
  };
}

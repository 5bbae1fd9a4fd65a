import { sql } from 'kysely';
import type { Kysely, Migration, MigrationProvider } from 'kysely';

/**
 * Applied in the order of their names and never edited once released. Every step may run twice: two
 * processes starting at once are not kept apart by a lock.
 */
const migrations: Record<string, Migration> = {
  '001-conversations': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('conversations')
        .ifNotExists()
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('channelId', 'text', (column) => column.notNull())
        .addColumn('createdAt', 'integer', (column) => column.notNull())
        .execute();

      await db.schema
        .createTable('messages')
        .ifNotExists()
        .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('conversationId', 'text', (column) => column.notNull())
        .addColumn('turn', 'integer', (column) => column.notNull())
        .addColumn('sender', 'text', (column) =>
          column.notNull().check(sql`sender in ('user', 'bot')`),
        )
        .addColumn('activityId', 'text')
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('reply', 'text')
        .addColumn('createdAt', 'integer', (column) => column.notNull())
        .addColumn('deliveredAt', 'integer')
        // The first answers a redelivered activity once, the second keeps it to one reply a turn.
        .addUniqueConstraint('messages_activity', ['conversationId', 'activityId'])
        .addUniqueConstraint('messages_turn', ['conversationId', 'turn', 'sender'])
        .execute();

      await db.schema
        .createTable('escalations')
        .ifNotExists()
        .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('conversationId', 'text')
        .addColumn('activityId', 'text')
        .addColumn('channelId', 'text', (column) => column.notNull())
        .addColumn('rule', 'text', (column) => column.notNull())
        .addColumn('version', 'text', (column) => column.notNull())
        .addColumn('spanStart', 'integer')
        .addColumn('spanEnd', 'integer')
        .addColumn('replyText', 'text', (column) => column.notNull())
        .addColumn('createdAt', 'integer', (column) => column.notNull())
        .addUniqueConstraint('escalations_once', ['conversationId', 'activityId', 'rule'])
        .execute();
    },
  },
  '002-activities': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('activities')
        .ifNotExists()
        .addColumn('conversationId', 'text', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('sender', 'text', (column) =>
          column.notNull().check(sql`sender in ('user', 'bot', 'staff')`),
        )
        .addColumn('answers', 'text')
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('createdAt', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('activities_position', ['conversationId', 'position'])
        // A message that is posted twice is shown once, and so is an answer that is made twice.
        .addUniqueConstraint('activities_id', ['conversationId', 'id'])
        .execute();
      // For what was left unanswered, looked up at each start.
      await db.schema
        .createIndex('activities_created')
        .ifNotExists()
        .on('activities')
        .column('createdAt')
        .execute();
    },
  },
  '003-callbacks': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('callbacks')
        .ifNotExists()
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('conversationId', 'text', (column) => column.notNull())
        .addColumn('activityId', 'text', (column) => column.notNull())
        .addColumn('channelId', 'text', (column) => column.notNull())
        .addColumn('phone', 'text', (column) => column.notNull())
        .addColumn('name', 'text')
        .addColumn('note', 'text')
        .addColumn('createdAt', 'integer', (column) => column.notNull())
        .addColumn('sentAt', 'integer')
        .addColumn('doneAt', 'integer')
        // A form that is posted twice is one request.
        .addUniqueConstraint('callbacks_activity', ['conversationId', 'activityId'])
        .execute();
    },
  },
  '004-feedback': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('feedback')
        .ifNotExists()
        .addColumn('conversationId', 'text', (column) => column.notNull())
        .addColumn('activityId', 'text', (column) => column.notNull())
        .addColumn('rating', 'text', (column) =>
          column.notNull().check(sql`rating in ('up', 'down')`),
        )
        .addColumn('reasons', 'text', (column) => column.notNull())
        .addColumn('remark', 'text', (column) => column.notNull())
        .addColumn('createdAt', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('feedback_activity', ['conversationId', 'activityId'])
        .execute();
      await db.schema
        .createTable('sentMessages')
        .ifNotExists()
        .addColumn('conversationId', 'text', (column) => column.notNull())
        .addColumn('activityId', 'text', (column) => column.notNull())
        .addColumn('createdAt', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('sentMessages_activity', ['conversationId', 'activityId'])
        .execute();
    },
  },
  '005-usage': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('modelCalls')
        .ifNotExists()
        .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('purpose', 'text', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('inputTokens', 'integer', (column) => column.notNull())
        .addColumn('outputTokens', 'integer', (column) => column.notNull())
        .addColumn('microdollars', 'integer', (column) => column.notNull())
        .addColumn('ms', 'integer', (column) => column.notNull())
        .addColumn('kept', 'integer', (column) => column.notNull())
        .addColumn('dropped', 'integer', (column) => column.notNull())
        .addColumn('createdAt', 'integer', (column) => column.notNull())
        .execute();
      // What a day has cost is asked before every call.
      await db.schema
        .createIndex('modelCalls_created')
        .ifNotExists()
        .on('modelCalls')
        .columns(['createdAt', 'microdollars'])
        .execute();
      await db.schema
        .createTable('safetyOpinions')
        .ifNotExists()
        .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('conversationId', 'text')
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('screened', 'text', (column) => column.notNull())
        .addColumn('level', 'text', (column) => column.notNull())
        .addColumn('rule', 'text')
        .addColumn('raised', 'integer', (column) => column.notNull())
        .addColumn('createdAt', 'integer', (column) => column.notNull())
        .execute();
    },
  },
};

export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve(migrations),
};

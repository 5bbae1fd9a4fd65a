import type { Level } from '../../knowledge/rule.ts';
import { openDatabase } from './open.ts';

/** What one call to a model was for, what became of it and what it cost; no word of anybody's. */
export interface ModelCall {
  readonly purpose: 'answer' | 'question' | 'opinion' | 'moderation' | 'proposal';
  /** `shown`, `answered`, or why nothing came of it. */
  readonly outcome: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a dollar. */
  readonly microdollars: number;
  readonly ms: number;
  /** Sentences shown, and sentences dropped because nothing cited supports them. */
  readonly kept: number;
  readonly dropped: number;
}

/** A model that sees another level than the rules, for a person to review. */
export interface SafetyOpinion {
  readonly conversationId: string;
  readonly source: 'opinion' | 'moderation';
  readonly screened: Level;
  readonly level: Level;
  /** Id of the rule it names; null where it names none of ours. */
  readonly rule: string | null;
  /** Whether the person was shown that rule's reply. */
  readonly isRaised: boolean;
}

/** Every method rejects with the database's error when it cannot be reached. */
export interface ModelLog {
  addCall(call: ModelCall): Promise<void>;
  addOpinion(opinion: SafetyOpinion): Promise<void>;
  /** Millionths of a dollar since `since` (ms since the epoch), over all processes. */
  spentSince(since: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * The record in the database of the conversations, through a connection of its own, so that `ask`
 * counts what it spends too. `now` gives ms since the epoch. Throws `STORE_UNAVAILABLE`.
 */
export async function openModelLog(url: string, now: () => number = Date.now): Promise<ModelLog> {
  const database = await openDatabase(url);
  const { db } = database;
  return {
    close: () => database.close(),

    async addCall(call) {
      await db
        .insertInto('modelCalls')
        .values({ ...call, ms: Math.round(call.ms), createdAt: now() })
        .execute();
    },

    async addOpinion({ isRaised, ...opinion }) {
      await db
        .insertInto('safetyOpinions')
        .values({ ...opinion, raised: isRaised ? 1 : 0, createdAt: now() })
        .execute();
    },

    async spentSince(since) {
      const row = await db
        .selectFrom('modelCalls')
        .select((select) => select.fn.sum<number | null>('microdollars').as('spent'))
        .where('createdAt', '>=', since)
        .executeTakeFirst();
      return row?.spent ?? 0;
    },
  };
}

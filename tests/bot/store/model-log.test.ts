import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { type ModelCall, openModelLog } from '../../../bot/store/model-log.ts';
import { openDatabase } from '../../../bot/store/open.ts';
import { conversationKey, createStore } from '../../../bot/store/store.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

const CALL: ModelCall = {
  purpose: 'answer',
  outcome: 'shown',
  inputTokens: 1000,
  outputTokens: 100,
  microdollars: 2500,
  ms: 812.4,
  kept: 3,
  dropped: 1,
};

describe('openModelLog', () => {
  it('adds up what was spent since a time, over all who write', () =>
    inTempFolder(async (folder) => {
      const url = pathToFileURL(join(folder, 'model.db')).href;
      let now = 1_000;
      const log = await openModelLog(url, () => now);
      const other = await openModelLog(url, () => now);
      expect(await log.spentSince(0)).toBe(0);
      await log.addCall(CALL);
      now = 2_000;
      await other.addCall(CALL);
      await log.addCall({ ...CALL, microdollars: 0 });
      expect(await log.spentSince(0)).toBe(5000);
      expect(await log.spentSince(1_500)).toBe(2500);
      await log.close();
      await other.close();
    }));

  it('keeps an opinion on safety without the conversation once that is deleted', () =>
    inTempFolder(async (folder) => {
      const url = pathToFileURL(join(folder, 'model.db')).href;
      const store = await createStore(url);
      const log = await openModelLog(url);
      const conversationId = conversationKey('webchat', 'c1');
      await log.addOpinion({
        conversationId,
        source: 'opinion',
        screened: 'none',
        level: 'urgent',
        rule: null,
        isRaised: false,
      });
      await store.deleteConversation(conversationId);
      const database = await openDatabase(url);
      const { rows } = await sql`select * from safetyOpinions`.execute(database.db);
      expect(rows).toEqual([expect.objectContaining({ conversationId: null, level: 'urgent' })]);
      await database.close();
      await log.close();
      await store.close();
    }));
});

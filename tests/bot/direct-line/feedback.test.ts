import { withChat } from '../../support/direct-line.ts';
import { begin, until } from '../../support/visitor.ts';
import type { Answered, Visitor } from '../../support/visitor.ts';

function rate(visitor: Visitor, value: unknown): Promise<Answered> {
  return visitor.post({ type: 'event', name: 'feedback', value });
}

/** A visitor with an answer; its id. */
async function answered(base: string): Promise<{ visitor: Visitor; activityId: string }> {
  const visitor = await begin(base);
  await visitor.say('does it hurt?');
  await until(async () => (await visitor.poll(), visitor.seen.length >= 3));
  return { visitor, activityId: visitor.seen[2]?.id ?? '' };
}

describe('a feedback event', () => {
  it('is kept with the message it is about; the last one of a message wins', () =>
    withChat({}, async ({ base, store, logged }) => {
      const { visitor, activityId } = await answered(base);
      const first = { activityId, rating: 'up', reasons: [], remark: '' };
      const last = {
        activityId,
        rating: 'down',
        reasons: ['unclear', 'off-question'],
        remark: "It's not what I meant",
      };
      const greeting = { activityId: 'greeting.1', rating: 'up' };
      for (const value of [first, last, greeting]) {
        expect((await rate(visitor, value)).status).toBe(200);
      }

      const kept = await store.feedback.read(`directline/${visitor.conversationId}`);
      expect(kept).toHaveLength(2);
      expect(kept).toContainEqual(last);
      expect(kept).toContainEqual({ ...greeting, reasons: [], remark: '' });
      expect(logged.join('')).not.toContain('meant');
      expect(await visitor.poll()).toEqual([]);
    }));

  it.each([
    ['another conversation', (_: Visitor, theirs: string) => theirs],
    ['the person', (mine: Visitor) => mine.seen[1]?.id ?? ''],
    ['nobody', () => 'never said'],
  ])('about a message of %s is refused', (_, about) =>
    withChat({}, async ({ base, store }) => {
      const mine = await answered(base);
      const theirs = await answered(base);
      const activityId = about(mine.visitor, theirs.activityId);
      const { status, body } = await rate(mine.visitor, { activityId, rating: 'up' });

      expect([status, body.error.code]).toEqual([400, 'BadArgument']);
      for (const { conversationId } of [mine.visitor, theirs.visitor])
        expect(await store.feedback.read(`directline/${conversationId}`)).toEqual([]);
    }),
  );

  it.each([
    ['nothing', undefined],
    ['no object', 'up'],
    ['no rating of ours', { rating: 'love' }],
    ['reasons that are words', { rating: 'down', reasons: ['My knee hurts'] }],
    ['reasons without end', { rating: 'down', reasons: Array(11).fill('unclear') }],
    ['a remark of 1001 characters', { rating: 'down', remark: 'x'.repeat(1001) }],
    ['a remark that is none', { rating: 'down', remark: { $ne: '' } }],
  ])('whose value is %s is refused', (_, value) =>
    withChat({}, async ({ base, store }) => {
      const { visitor, activityId } = await answered(base);
      const hostile = typeof value === 'object' ? { activityId, ...value } : value;
      const { status, body } = await rate(visitor, hostile);

      expect([status, body.error.code]).toEqual([400, 'BadArgument']);
      expect(await store.feedback.read(`directline/${visitor.conversationId}`)).toEqual([]);
    }),
  );
});

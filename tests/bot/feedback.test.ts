import { message, withBot } from '../support/bot.ts';

describe('the bot in Teams', () => {
  it('answers the thumbs of Teams with 200 and other invokes with 501', () =>
    withBot({}, async (bot) => {
      const { serviceUrl } = bot.connector;
      const thumb = {
        type: 'invoke',
        name: 'message/submitAction',
        value: { actionName: 'feedback' },
      };
      const other = { type: 'invoke', name: 'task/fetch' };

      expect((await bot.post({ ...message(undefined, { serviceUrl }), ...thumb })).status).toBe(
        200,
      );
      expect((await bot.post({ ...message(undefined, { serviceUrl }), ...other })).status).toBe(
        501,
      );
    }));

  it('keeps a thumb of Teams on a message of ours, and the last one of several', () =>
    withBot({}, async (bot) => {
      const { serviceUrl } = bot.connector;
      const teams = { channelId: 'msteams', serviceUrl };
      const rate = (reaction: string, feedback: unknown, more: object = {}) =>
        bot.post({
          ...message(undefined, teams),
          type: 'invoke',
          name: 'message/submitAction',
          replyToId: 'taken',
          value: { actionName: 'feedback', actionValue: { reaction, feedback } },
          entities: [{ '@type': 'LikeAction' }],
          ...more,
        });
      await bot.post(message('does it hurt?', teams));

      expect((await rate('like', '')).status).toBe(200);
      expect((await rate('dislike', '{"feedbackText":"Too long."}')).status).toBe(200);
      // Not ours, not there, not readable: acknowledged, and nothing is kept.
      expect((await rate('like', '', { replyToId: 'another' })).status).toBe(200);
      expect((await rate('like', '', { conversation: { id: 'other' } })).status).toBe(200);
      expect((await rate('love', { $ne: 1 }, { replyToId: null })).status).toBe(200);
      expect(await bot.store.feedback.read('msteams/conversation-1')).toEqual([
        { activityId: 'taken', rating: 'down', reasons: [], remark: 'Too long.' },
      ]);
      expect(bot.logged.join('')).not.toContain('Too long');
    }));

  it('lets whoever is in a Teams group rate an answer there', () =>
    withBot({}, async (bot) => {
      const { serviceUrl } = bot.connector;
      const group = { id: 'team', isGroup: true };
      const teams = { channelId: 'msteams', serviceUrl, conversation: group };
      await bot.post(message('does it hurt?', { ...teams, from: { id: 'ann' } }));
      await bot.post({
        ...message(undefined, { ...teams, from: { id: 'bob' } }),
        type: 'invoke',
        name: 'message/submitAction',
        replyToId: 'taken',
        value: { actionName: 'feedback', actionValue: { reaction: 'like', feedback: 'Good' } },
      });

      expect(await bot.store.feedback.read('msteams/team#ann')).toMatchObject([
        { rating: 'up', remark: 'Good' },
      ]);
    }));
});

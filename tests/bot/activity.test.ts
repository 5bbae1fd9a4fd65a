import { answersTo, message, withBot } from '../support/bot.ts';
import { answer } from '../support/replies.ts';

describe('readActivity', () => {
  it.each([
    ['typing', { type: 'typing' }],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    [
      'a thumb from Web Chat, whose entity has no type',
      {
        type: 'event',
        name: 'webchat:activity-status/feedback',
        entities: [{ '@type': 'LikeAction' }],
      },
    ],
    ['the end of a conversation', { type: 'endOfConversation' }],
  ])('acknowledges %s and says nothing', (_, more) =>
    withBot({}, async (bot) => {
      const { serviceUrl, sent } = bot.connector;
      const response = await bot.post({ ...message(undefined, { serviceUrl }), ...more });

      expect(response.status).toBe(200);
      expect(sent).toEqual([]);
    }),
  );

  it('takes a message whose optional fields are null or empty', () =>
    withBot({}, async (bot) => {
      const activity = message('hi', {
        locale: '',
        replyToId: '',
        timestamp: null,
        from: { id: 'visitor', name: null, role: '' },
        attachments: [{}],
        entities: [null, { type: '' }],
      });

      expect(await answersTo(bot, activity)).toHaveLength(1);
    }));

  it('keeps the people of a group apart', () => {
    const pasts: number[] = [];
    return withBot(
      {
        answerTurn: (utterance, past) => {
          pasts.push(past.messages.length);
          return Promise.resolve(answer(utterance));
        },
      },
      async (bot) => {
        const conversation = { id: 'team', isGroup: true };
        await answersTo(bot, message('one', { conversation, from: { id: 'ann' } }));
        await answersTo(bot, message('two', { conversation, from: { id: 'bob' } }));
        await answersTo(bot, message('three', { conversation, from: { id: 'ann' } }));

        expect(pasts).toEqual([0, 0, 2]);
      },
    );
  });

  it('reads a mention of itself in Teams as no part of the question', () =>
    withBot({}, async (bot) => {
      const [said] = await answersTo(
        bot,
        message('<at>Needlepoint</at> does it hurt <at>Ann</at>?', {
          channelId: 'msteams',
          entities: [
            { type: 'mention', mentioned: { id: 'bot' }, text: '<at>Needlepoint</at>' },
            { type: 'mention', mentioned: { id: 'ann' }, text: '<at>Ann</at>' },
          ],
        }),
      );

      expect(said?.channelData?.reply?.text).toBe('You asked: does it hurt Ann? [1]');
    }));
});

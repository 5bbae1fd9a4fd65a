import { answersTo, message, withBot } from '../support/bot.ts';
import { answer, clarification, escalation } from '../support/replies.ts';

describe('the bot on SMS', () => {
  it('sends no typing on SMS', () =>
    withBot({}, async (bot) => {
      const { serviceUrl, sent } = bot.connector;
      await bot.post(message('does it hurt?', { channelId: 'sms', serviceUrl }));

      expect(sent.map(({ type }) => type)).toEqual(['message']);
    }));

  it('leaves words that the carrier answers to the carrier, but not an emergency', () =>
    withBot(
      {
        answerTurn: (utterance) =>
          Promise.resolve(utterance === 'help' ? escalation('Call 911.') : answer(utterance)),
      },
      async (bot) => {
        expect(await answersTo(bot, message('STOP', { channelId: 'sms' }))).toEqual([]);
        expect(await answersTo(bot, message('stop it', { channelId: 'sms' }))).toHaveLength(1);
        expect(await answersTo(bot, message('help', { channelId: 'sms' }))).toHaveLength(1);
        expect(await answersTo(bot, message('STOP'))).toHaveLength(1);
      },
    ));

  it('takes a YES to a question of ours from the carrier, and no other word', () =>
    withBot(
      {
        answerTurn: (utterance) =>
          Promise.resolve(clarification(utterance, { suggestions: ['A?', 'B?'] })),
      },
      async (bot) => {
        const sms = { channelId: 'sms' };
        expect(await answersTo(bot, message('hm', sms))).toHaveLength(1);
        expect(await answersTo(bot, message('YES', sms))).toHaveLength(1);
        expect(await answersTo(bot, message('STOP', sms))).toEqual([]);
      },
    ));

  it('answers MORE on SMS with the rest of what it said, and elsewhere as any message', () => {
    const long = Array.from({ length: 12 }, (_, i) => `This is sentence ${i + 1} [1].`).join(' ');
    return withBot(
      {
        answerTurn: (utterance) =>
          Promise.resolve(answer(utterance === 'long' ? long.repeat(2) : utterance)),
      },
      async (bot) => {
        const sms = { channelId: 'sms' };
        const [first] = await answersTo(bot, message('long', sms));
        const [more] = await answersTo(bot, message('More', sms));
        await answersTo(bot, message('thanks', sms));

        expect(first?.text).toMatch(/Reply MORE for the rest\.$/);
        expect(more?.text).toMatch(/^This is sentence/);
        expect(await answersTo(bot, message('MORE', sms))).toMatchObject([{ text: 'MORE' }]);
        await answersTo(bot, message('long'));
        expect(await answersTo(bot, message('MORE'))).toMatchObject([{ text: 'MORE' }]);
      },
    );
  });
});

import type { Bot } from '../../bot/bot.ts';
import { lookUp } from '../../bot/look-up.ts';
import { alone } from '../../bot/standalone.ts';
import { ENCODING_MS, openBundledBot } from '../support/bundled.ts';
import { withFound } from '../support/with-found.ts';

describe('lookUp', () => {
  let bot: Bot;

  beforeAll(async () => {
    bot = await openBundledBot();
  }, ENCODING_MS);

  afterAll(() => bot.close());

  describe('a follow-up', () => {
    it.each(['which pillow should I buy', 'is there a garage next door', 'does it ruin a tattoo'])(
      'is not carried by the question before where its own words are not answerable: %s',
      async (text) => {
        const { retriever } = bot;
        const alone = await lookUp({ text, earlier: undefined, said: [] }, retriever);
        const leaning = { text, earlier: 'does it help a stiff neck', said: [] };
        const together = await lookUp(leaning, retriever);
        expect(together.query.terms.length).toBeGreaterThan(alone.query.terms.length);
        expect(together.evidence.confidence).toBeLessThanOrEqual(alone.evidence.confidence);
        expect(together.evidence.confidence).toBeLessThan(0.15);
      },
    );
  });

  it('answers by its own words a follow-up that had gone on to something else', async () => {
    const text = 'so how long does that sore feeling last';
    const question = { text, earlier: 'seen any good films lately', said: [] };
    const found = await lookUp(question, bot.retriever);
    expect(found.evidence.confidence).toBeGreaterThan(0.6);
    expect(found.understood).toBe(text);
    expect(found.hits[0]?.section.path.at(-1)).toMatch(/soreness/i);
  });

  it('keeps the question before, where both together are answered', async () => {
    const question = { text: 'does it last', earlier: 'does it help a stiff neck', said: [] };
    const { understood } = await lookUp(question, bot.retriever);
    expect(understood).toBe('does it last / does it help a stiff neck');
  });

  describe("the desk's business", () => {
    it.each([
      [-0.01, false],
      [0, true],
      [1, true],
      [undefined, false],
    ])('is what is like the questions of the desk: %s', async (desk, isDesk) => {
      const domain = desk === undefined ? undefined : { answered: -1, desk };
      const likened = withFound(bot.retriever, (found) => ({ ...found, domain }));
      expect(await lookUp(alone('is my coat there'), likened)).toMatchObject({ isDesk });
    });

    it('is told by the words of a follow-up alone, where these are not answerable', async () => {
      const likened = withFound(bot.retriever, (found, _, earlier) => ({
        ...found,
        domain: { answered: found.domain?.answered ?? 0, desk: earlier === undefined ? 1 : -1 },
      }));
      const after = (text: string) =>
        lookUp({ text, earlier: 'does it help a stiff neck', said: [] }, likened);
      expect(await after('is there somewhere to lock up a scooter')).toMatchObject({
        isDesk: true,
      });
      expect(await after('does dry needling hurt')).toMatchObject({ isDesk: false });
    });
  });
});

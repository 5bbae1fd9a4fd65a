import { adviceOf } from '../../bot/advice.ts';
import type { Bot } from '../../bot/bot.ts';
import type { Channel, Conversation } from '../../bot/conversation.ts';
import { escalation } from '../../bot/replies.ts';
import type { Reply } from '../../bot/reply.ts';
import { ruleAskedAbout } from '../../bot/procedure.ts';
import { screen } from '../../bot/safety/screen.ts';
import { answerTurn, type TurnDeps } from '../../bot/turn.ts';
import { REGIONS } from '../../knowledge/region.ts';
import { brokenLaws, wordsIn } from '../support/answer-laws.ts';
import { ENCODING_MS, openBundledBot } from '../support/bundled.ts';
import { EMPTY_CLINIC, FULL_CLINIC } from '../support/clinic.ts';
import { replySchema } from '../support/reply-schema.ts';
import { turnDeps } from '../support/turn-deps.ts';

describe('a question of the staff', () => {
  let bot: Bot;
  let deps: TurnDeps;

  beforeAll(async () => {
    bot = await openBundledBot();
    deps = turnDeps(bot, { region: 'US' });
  }, ENCODING_MS);

  afterAll(() => bot.close());

  async function ask(utterance: string, channel: Channel = 'webchat'): Promise<Reply> {
    const past: Conversation = { id: 'fresh', channel, messages: [] };
    const reply = await answerTurn(utterance, past, deps);
    expect(replySchema.parse(reply)).toEqual(reply);
    return reply;
  }

  function articles() {
    return new Map(bot.retriever.snapshot.articles.map((article) => [article.slug, article]));
  }

  it.each([
    ['what is our protocol when a client goes faint', '111.wales.nhs.uk'],
    ['our procedure for a client who has chest pain after needling', 'westjem.com'],
    ['what do we tell callers who have chest pain', 'hse.ie'],
  ])('is answered with an article and the procedure: "%s"', async (utterance, address) => {
    const reply = await ask(utterance);
    expect(reply).toMatchObject({ kind: 'answer', safety: { level: 'none' } });
    expect(brokenLaws(reply, articles())).toEqual([]);
    expect(reply.notices).toMatchObject([{ kind: 'procedure' }]);
    expect(reply.notices[0]?.text).toContain(address);
  });

  it.each([
    ['how should staff respond to a caller with a swollen hot calf', 'axahealth.co.uk', 'en'],
    ['¿cuál es el protocolo cuando un paciente no respira?', 'swast.nhs.uk', 'es'],
    ['¿qué hacemos si un paciente se desmaya?', '111.wales.nhs.uk', 'es'],
  ])('gets the words and their source where no article has it: "%s"', async (...row) => {
    const [utterance, address, language] = row;
    const reply = await ask(utterance);
    expect(reply).toMatchObject({ kind: 'handoff', reason: 'procedure', language });
    expect(reply.text).toContain(address);
    expect(reply.safety.level).toBe('none');
  });

  it.each([
    'what is our protocol, a client has collapsed and will not wake up',
    'cuál es el protocolo, la paciente tiene dolor en el pecho',
  ])('is an emergency first where somebody is in need: "%s"', async (utterance) => {
    const reply = await ask(utterance);
    expect(reply).toMatchObject({ kind: 'escalation', safety: { level: 'emergency' } });
    expect(reply.notices).toMatchObject([{ kind: 'procedure' }]);
    expect((await ask(utterance, 'sms')).notices).toEqual([]);
  });

  it.each([
    'what is your policy if I faint during the session',
    'does the procedure cause fainting',
    'what is our cancellation policy',
    'what is a protocol',
  ])('is not heard in "%s"', (utterance) => {
    expect(ruleAskedAbout(utterance, bot.rules)).toBeUndefined();
  });

  it('is not heard in a report', async () => {
    expect((await ask('my chest hurts since the session')).notices).toEqual([]);
  });

  describe('what an article says to do', () => {
    it('stands in the bundled articles, for every rule that names it', () => {
      const advised = bot.rules.rules.filter(({ advice }) => advice);
      expect(advised.length).toBeGreaterThan(5);
      for (const rule of advised) {
        const advice = adviceOf(rule, bot.retriever);
        expect([rule.id, advice?.citations[0]?.quote]).toEqual([rule.id, rule.advice?.says]);
        expect(brokenLaws(advice ?? { text: '', citations: [] }, articles())).toEqual([]);
      }
    });

    it('follows the words of what is urgent, under 90 words in every region', () => {
      for (const rule of bot.rules.rules) {
        if (rule.level !== 'urgent' || !rule.advice) continue;
        const heard = screen(rule.catches[0] ?? '', [], bot.rules);
        const trigger = { rule: rule.id, level: rule.level, version: '', start: 0, end: 0 };
        const screened = {
          ...heard,
          level: rule.level,
          language: 'en' as const,
          triggers: [{ ...trigger, by: 'rule' as const }],
        };
        for (const region of [undefined, ...REGIONS]) {
          for (const clinic of [EMPTY_CLINIC, FULL_CLINIC]) {
            const reply = escalation(screened, 'webchat', { ...deps, region, clinic });
            expect(reply.kind).toBe('escalation');
            expect(reply.text).toMatch(/assess you\. .+ \[1\]\.$/);
            expect(reply.citations).toHaveLength(1);
            expect([rule.id, region, wordsIn(reply.text) < 90]).toEqual([rule.id, region, true]);
          }
        }
      }
    });

    it('is left out of an emergency, a text message and a reply in Spanish', async () => {
      expect((await ask('my hand is numb since the session')).citations).toHaveLength(1);
      expect((await ask('my hand is numb since the session', 'sms')).citations).toEqual([]);
      expect((await ask('la zona está roja y caliente')).citations).toEqual([]);
      expect((await ask('I cannot breathe')).citations).toEqual([]);
    });
  });
});

import { deskHandoff } from '../../bot/aside.ts';
import type { Bot } from '../../bot/bot.ts';
import type { Conversation } from '../../bot/conversation.ts';
import { deskTopicOf } from '../../bot/desk.ts';
import type { Reply } from '../../bot/reply.ts';
import { screen } from '../../bot/safety/screen.ts';
import { answerTurn, type TurnDeps } from '../../bot/turn.ts';
import { loadRules } from '../../knowledge/rule.ts';
import { ENCODING_MS, openBundledBot } from '../support/bundled.ts';
import { EMPTY_CLINIC, FULL_CLINIC } from '../support/clinic.ts';
import { replySchema } from '../support/reply-schema.ts';
import { turnDeps } from '../support/turn-deps.ts';
import { withFound } from '../support/with-found.ts';

const REACH = 'Please call Elm Street Physio at +1 555 010 0199.';

describe('deskHandoff', () => {
  const rules = loadRules();
  const said = ' is there somewhere to lock up a scooter ';

  it('says without a topic whose business it is, and how to reach them', () => {
    const screened = screen(said, [], rules);
    const reply = deskHandoff(said, undefined, screened, { rules, clinic: FULL_CLINIC });
    expect(replySchema.parse(reply)).toEqual(reply);
    expect(reply).toMatchObject({
      kind: 'handoff',
      reason: 'desk',
      text: `That is one for the clinic's team. ${REACH}`,
      contacts: [{ label: 'Call Elm Street Physio', tel: '+15550100199', sms: null }],
      query: 'is there somewhere to lock up a scooter',
      notices: [],
      language: 'en',
    });
  });

  it('leaves no hole without a topic where the clinic has filled in nothing', () => {
    const screened = screen(said, [], rules);
    expect(deskHandoff(said, undefined, screened, { rules, clinic: EMPTY_CLINIC })).toMatchObject({
      text: "That is one for the clinic's team. Please ask the clinic directly.",
      contacts: [],
    });
  });

  it('keeps what the message was heard to say', () => {
    const told = 'I take warfarin. Is there somewhere to lock up a scooter';
    const screened = screen(told, [], rules);
    const reply = deskHandoff(told, undefined, screened, { rules, clinic: FULL_CLINIC });
    expect(reply.safety).toEqual({ level: 'caution', rules: ['ca.blood_thinner'], open: [] });
    expect(reply.notices.map(({ kind }) => kind)).toEqual(['caution']);
  });

  it('tells who wants a person from who asks for a fact', () => {
    const screened = screen('', [], rules);
    const deps = { rules, clinic: FULL_CLINIC };
    expect(deskHandoff('', 'person', screened, deps)).toMatchObject({ reason: 'person-wanted' });
    expect(deskHandoff('', 'hours', screened, deps)).toMatchObject({
      reason: 'desk',
      text: `Monday to Friday 8 to 6. ${REACH}`,
    });
  });
});

describe("the desk's business", () => {
  let bot: Bot;

  beforeAll(async () => {
    bot = await openBundledBot();
  }, ENCODING_MS);
  afterAll(() => bot.close());

  function ask(utterance: string, more: Partial<TurnDeps> = {}): Promise<Reply> {
    const fresh: Conversation = { id: 'fresh', channel: 'webchat', messages: [] };
    return answerTurn(utterance, fresh, turnDeps(bot, more));
  }

  it("is answered with the clinic's own fact", async () => {
    const reply = await ask('when are you open?', { clinic: FULL_CLINIC });
    expect(reply).toMatchObject({ kind: 'handoff', reason: 'desk', citations: [] });
    expect(reply.text).toContain('Monday to Friday 8 to 6.');
    expect(reply.contacts).toHaveLength(1);
  });

  it('is handed to the clinic where it gave none', async () => {
    const reply = await ask('when are you open?');
    expect(reply).toMatchObject({ kind: 'handoff', reason: 'desk' });
    expect(reply.text).toContain("I can't help with opening hours");
  });

  it.each([
    ['how many ibuprofen may I take', 'dose'],
    ['should I stop my eliquis before it', 'own-care'],
    ['please let me talk to a receptionist', 'person-wanted'],
    ['I want to talk to a real person', 'person-wanted'],
  ])('hands "%s" over as %s', async (utterance, reason) => {
    const reply = await ask(utterance);
    expect(reply).toMatchObject({ kind: 'handoff', reason, citations: [] });
    expect(replySchema.safeParse(reply).error).toBeUndefined();
  });

  describe('in words that no pattern names', () => {
    it.each([
      'would one of you mind holding the door for my wheelchair',
      'do you have a loyalty stamp thing',
      'is there somewhere to lock up a scooter',
      'can my sister come instead of me, I have a meeting',
    ])('is known by what it is like: %s', async (utterance) => {
      expect(deskTopicOf(utterance)).toBeUndefined();
      const reply = await ask(utterance, { clinic: FULL_CLINIC });
      expect(replySchema.parse(reply)).toEqual(reply);
      expect(reply).toMatchObject({ kind: 'handoff', reason: 'desk', query: utterance });
      expect(reply.text).toBe(`That is one for the clinic's team. ${REACH}`);
    });

    it.each([
      'which pillow should I buy',
      'does it ruin a tattoo',
      'what is the capital of France',
    ])('is not all that is unanswered: %s', async (utterance) => {
      expect(await ask(utterance)).toMatchObject({ kind: 'unanswered' });
    });

    it('is left to the articles where these answer it', async () => {
      const retriever = withFound(bot.retriever, (found) => ({
        ...found,
        domain: { answered: found.domain?.answered ?? 0, desk: 1 },
      }));
      const reply = await ask('What is dry needling?', { retriever });
      expect(reply.kind).toBe('answer');
    });

    it('is not handed over in English to who writes Spanish', async () => {
      const retriever = withFound(bot.retriever, (found) => ({
        ...found,
        domain: { answered: -1, desk: 1 },
      }));
      const reply = await ask('¿dónde puedo dejar el paraguas?', { retriever });
      expect(reply).toMatchObject({ kind: 'unanswered', reason: 'language', language: 'es' });
    });
  });
});

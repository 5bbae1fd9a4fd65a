import type { Bot } from '../../bot/bot.ts';
import { ASK_FROM, clarification, pickedFrom } from '../../bot/clarification.ts';
import type { Conversation } from '../../bot/conversation.ts';
import type { Reply } from '../../bot/reply.ts';
import { answerTurn, type AnswerTurn, type TurnDeps } from '../../bot/turn.ts';
import { weigh } from '../../retrieval/relevance.ts';
import type { HybridRetriever } from '../../retrieval/retriever.ts';
import { ENCODING_MS, openBundledBot } from '../support/bundled.ts';
import { FULL_CLINIC } from '../support/clinic.ts';
import { replySchema } from '../support/reply-schema.ts';
import { readingGrade } from '../evaluation/statistics.ts';
import * as replies from '../support/replies.ts';
import { talk } from '../support/talk.ts';
import { turnDeps } from '../support/turn-deps.ts';
import { withFound } from '../support/with-found.ts';

const UNCLEAR = 'needle and soreness and that';

describe('a clarification', () => {
  let bot: Bot;
  let deps: TurnDeps;
  let answer: AnswerTurn;

  beforeAll(async () => {
    bot = await openBundledBot();
    deps = turnDeps(bot, { retriever: doubting(bot.retriever, 0.4), clinic: FULL_CLINIC });
    answer = (utterance, past) => answerTurn(utterance, past, deps);
  }, ENCODING_MS);
  afterAll(() => bot.close());

  /** As sure of `UNCLEAR` as told, and of all else as it is. */
  function doubting(retriever: HybridRetriever, confidence: number): HybridRetriever {
    return withFound(retriever, (found, text) => {
      if (text !== UNCLEAR) return found;
      const hits = found.hits.slice(0, 10);
      let domain = 3;
      while (weigh(found.query, hits, retriever, domain).confidence > confidence) domain -= 0.01;
      return { ...found, domain: { answered: domain, desk: -1 } };
    });
  }

  async function after(said: string): Promise<[asked: Reply, then: Reply]> {
    const [asked, then] = await talk(answer, [UNCLEAR, said]);
    if (!asked || !then) throw new RangeError('two replies expected');
    return [asked, then];
  }

  it('offers two questions of different sections that are answered from them, and the clinic', async () => {
    const [asked] = await after('1');
    expect(replySchema.safeParse(asked).error).toBeUndefined();
    expect(asked).toMatchObject({ kind: 'clarification', language: 'en', citations: [] });
    expect(asked.contacts).toHaveLength(1);
    expect(new Set(asked.suggestions).size).toBe(2);
    for (const suggestion of asked.suggestions) {
      const [reply] = await talk(answer, [suggestion]);
      expect(reply?.kind).toBe('answer');
      const sections = reply?.citations.map(({ section }) => section.split(' > ').at(-1));
      expect(sections).toContain(suggestion);
    }
  });

  it('is not made below its limit, where what is found is not what was meant', async () => {
    const unsure = { ...deps, retriever: doubting(bot.retriever, ASK_FROM - 0.02) };
    const [reply] = await talk((text, past) => answerTurn(text, past, unsure), [UNCLEAR]);
    expect(reply?.kind).toBe('unanswered');
  });

  it.each([
    ['1', 0],
    ['The first one.', 0],
    ['uno', 0],
    ['2)', 1],
    ['second one', 1],
    ['la segunda', 1],
  ])('is answered by "%s"', async (said, at) => {
    const [asked, then] = await after(said);
    expect(then).toMatchObject({ kind: 'answer', language: 'en', query: asked.suggestions[at] });
    const sections = then.citations.map(({ section }) => section.split(' > ').at(-1));
    expect(sections).toContain(asked.suggestions[at]);
  });

  it('is answered by a tap', async () => {
    const [asked] = await after('1');
    const [, then] = await after(asked.suggestions[1] ?? '');
    expect(then).toMatchObject({ kind: 'answer', query: asked.suggestions[1] });
  });

  it.each(['no', 'Neither.', 'none of these', 'neither one, thanks'])(
    'leads to the clinic after "%s"',
    async (said) => {
      const [, then] = await after(said);
      expect(then).toMatchObject({ kind: 'unanswered', query: UNCLEAR, suggestions: [] });
      expect(then.contacts).toHaveLength(1);
      expect(then.text).toContain(FULL_CLINIC.phone);
    },
  );

  it('leads to the clinic in Spanish after "ninguna"', async () => {
    const [, then] = await after('ninguna de esas, gracias');
    expect(then).toMatchObject({ kind: 'unanswered', language: 'es' });
    expect(then.text).toContain(FULL_CLINIC.phone);
  });

  it('asks again after a yes, which says not which', async () => {
    const [asked, then] = await after('yes');
    expect(then).toMatchObject({ kind: 'clarification', suggestions: asked.suggestions });
    expect(then.text).not.toBe(asked.text);
  });

  it('does not stand in the way of another question, or of an emergency', async () => {
    const [, question] = await after('no, I mean is it safe in pregnancy');
    expect(question.kind).toBe('answer');
    const [, emergency] = await after("2 hours ago I had it and now I can't breathe");
    expect(emergency.kind).toBe('escalation');
  });

  it('is read at grade six at most', () => {
    const screened = { level: 'none', rules: [], open: [], triggers: [], language: 'en' } as never;
    expect(readingGrade(clarification([], '', screened, 0.4, deps).text)).toBeLessThanOrEqual(6);
  });
});

describe('pickedFrom', () => {
  const asked = replies.clarification('Did you mean one of these?', {
    suggestions: ['Does it hurt?', 'Is it safe?'],
  });
  const after = (reply: Reply): Conversation => ({
    id: 'c',
    channel: 'sms',
    messages: [{ from: 'bot', text: reply.text, reply }],
  });

  it.each(['one', '#1', 'Option 1', 'I meant the first question', 'la primera', 'does it hurt'])(
    'takes "%s" for the first',
    (said) => {
      expect(pickedFrom(said, after(asked))).toBe('Does it hurt?');
    },
  );

  it.each([
    '1 week',
    'no one',
    'the first time I went',
    'not the second',
    '12',
    '3',
    '',
    'two days',
  ])('takes "%s" for none', (said) => {
    expect(pickedFrom(said, after(asked))).toBeUndefined();
  });

  it('reads a number only behind a question of ours', () => {
    expect(pickedFrom('1', after(replies.answer('Yes [1].')))).toBeUndefined();
    expect(pickedFrom('1', { id: 'c', channel: 'sms', messages: [] })).toBeUndefined();
  });
});

import type { Bot } from '../../bot/bot.ts';
import { suggestionsFrom } from '../../bot/suggestions.ts';
import { ENCODING_MS, openBundledBot } from '../support/bundled.ts';
import { citation } from '../support/replies.ts';
import { lastReply } from '../support/talk.ts';
import { retrieverOf } from '../support/word-retriever.ts';

const QUESTIONS: readonly string[] = [
  'What is dry needling?',
  'does dry needling hurt',
  'how long am I sore',
  'is bruising normal',
  'can I exercise afterwards',
  'what is a trigger point',
  'who can perform dry needling',
  'is it the same as acupuncture',
  'how many sessions do people need',
  'what are the risks',
  'can it hit a lung',
  'are needles reused',
  'does it help a tennis elbow',
  'does it help with migraines',
  'can I have it while pregnant',
  'I am afraid of needles',
  'what should I wear',
  'does insurance cover dry needling',
  'heat or ice after dry needling',
  'how deep do the needles go',
];

describe('suggestionsFrom', () => {
  it('offers question headings that the answer did not use, two at most', async () => {
    const kites = `# Kites

## Does a kite need wind?

Yes, a kite needs a steady wind.

## Which wind is best for a kite?

A kite likes a steady wind from the sea.

## Kite wind basics

A kite in the wind pulls on its line.

## Where is the wind best for a kite?

The wind for a kite is best on a beach.

## Can a kite fly without wind?

A kite without wind stays on the ground.`;
    const retriever = await retrieverOf(kites);
    const { hits } = await retriever.retrieve('does a kite need wind', 10);
    const all = suggestionsFrom(hits, []);
    expect(all).toHaveLength(2);
    const [used = ''] = all;
    const others = suggestionsFrom(hits, [citation(1, { section: used })]);
    expect(others).toHaveLength(2);
    expect(others).not.toContain(used);
    expect([...all, ...others].every((text) => text.endsWith('?'))).toBe(true);
  });

  it('offers nothing where nothing was found', () => {
    expect(suggestionsFrom([], [])).toEqual([]);
  });
});

describe('the suggestions of an answer', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await openBundledBot();
  }, ENCODING_MS);
  afterAll(() => bot.close());

  it.each(QUESTIONS)('are answered when asked, alone and next: %s', async (question) => {
    const reply = await lastReply(bot.answerTurn, [question]);
    expect(reply.kind).toBe('answer');
    const kinds: string[] = [];
    for (const suggestion of reply.suggestions) {
      const alone = await lastReply(bot.answerTurn, [suggestion]);
      const next = await lastReply(bot.answerTurn, [question, suggestion]);
      kinds.push(`${suggestion} ${alone.kind} ${next.kind}`);
    }
    expect(kinds).toEqual(reply.suggestions.map((suggestion) => `${suggestion} answer answer`));
  });
});

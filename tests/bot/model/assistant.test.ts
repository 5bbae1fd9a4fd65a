import type { Bot } from '../../../bot/bot.ts';
import type { Conversation, PastMessage } from '../../../bot/conversation.ts';
import type { Reply } from '../../../bot/reply.ts';
import { brokenLaws } from '../../support/answer-laws.ts';
import { type Assisted, withAssisted } from '../../support/assisted.ts';
import { ENCODING_MS, openBundledBot } from '../../support/bundled.ts';
import { DONE, hanging, type Player, sendFailure } from '../../support/model-server.ts';
import { replySchema } from '../../support/reply-schema.ts';

const FRESH: Conversation = { id: 'webchat/c-1', channel: 'webchat', messages: [] };
const SORE = 'Soreness after dry needling usually lasts 24 to 48 hours.';
const SORE_ES = 'El dolor despu\u00e9s de la punci\u00f3n seca suele durar de 24 a 48 horas.';
const OPINION = { SECOND_OPINION_MS: '2000' };

/** Answers by purpose; what is not named fails. */
function playing(parts: Readonly<Record<string, unknown>>): Player {
  return ({ purpose }, response) => parts[purpose] ?? sendFailure(response, 500);
}

function saying(text: string, translation?: string): Player {
  return ({ data }) => {
    const passages = data.passages as readonly { passage: number; text: string }[];
    const found = passages.find((each) => each.text.includes('usually lasts 24 to 48 hours'));
    const sentence = { text, passages: [found?.passage ?? 1] };
    return { sentences: [translation === undefined ? sentence : { ...sentence, translation }] };
  };
}

function both(question: object, answer: Player): Player {
  return (request, response) =>
    request.purpose === 'question' ? question : answer(request, response);
}

describe('a turn with a model', () => {
  let bot: Bot;

  beforeAll(async () => {
    bot = await openBundledBot();
  }, ENCODING_MS);

  afterAll(() => bot.close());

  function asked<Result>(
    utterance: string,
    player: Player,
    use: (reply: Reply, assisted: Assisted) => Promise<Result> | Result,
    env: Record<string, string> = {},
    messages: readonly PastMessage[] = [],
  ): Promise<Result> {
    return withAssisted(
      bot,
      player,
      async (assisted) => use(await assisted.answer(utterance, { ...FRESH, messages }), assisted),
      { env },
    );
  }

  it('never sends what tells who somebody is', () => {
    const told = 'I am Jane, 555-010-0199, jane@mail.example, born 04/12/1983, MRN 00482913.';
    const messages: PastMessage[] = [
      { from: 'user', text: told },
      { from: 'bot', text: 'Hello' },
    ];
    const parts = {
      opinion: { level: 'none', rule: null },
      question: { question: 'x', language: 'en' },
    };
    return asked(
      `how long am I sore after dry needling? ${told} I live at 12 Elm Street.`,
      playing(parts),
      (_, { server }) => {
        expect(server.requests.length).toBeGreaterThan(0);
        for (const { sent } of server.requests) {
          expect(sent).not.toMatch(/0199|jane@|1983|482913|Elm/);
        }
      },
      OPINION,
      messages,
    );
  });

  it('is not asked in an emergency, for small talk, or where nothing is found', () =>
    withAssisted(bot, playing({}), async ({ answer, server }) => {
      expect((await answer('my chest hurts and I cannot breathe', FRESH)).kind).toBe('escalation');
      expect((await answer('hello', FRESH)).kind).toBe('smalltalk');
      expect(server.requests).toHaveLength(0);
    }));

  describe('that rewrites', () => {
    it('understands a follow-up', () => {
      const messages: PastMessage[] = [
        { from: 'user', text: 'I had needles yesterday' },
        { from: 'bot', text: 'Good to know.' },
      ];
      const question = {
        question: 'How long does soreness last after dry needling?',
        language: 'en',
      };
      return asked(
        'and how long does that go on for?',
        both(question, saying(SORE)),
        (reply) => {
          expect(reply.query).toBe(question.question);
          expect(reply.text).toContain('24 to 48 hours');
        },
        {},
        messages,
      );
    });

    it('is not believed where it loses the word that the question turns on', () =>
      asked(
        'what is the capital of France',
        both({ question: 'What is dry needling?', language: 'en' }, saying(SORE)),
        async (reply, { calls }) => {
          expect(reply).toMatchObject({ kind: 'unanswered', reason: 'not-covered' });
          expect((await calls())[0]).toMatchObject({ purpose: 'question', outcome: 'lost-word' });
        },
      ));

    it('passes the same gates: a dose stays a dose, and nothing covered stays nothing', async () => {
      const dose = {
        question: 'How many ibuprofen should I take after dry needling?',
        language: 'es',
      };
      await asked('\u00bfcu\u00e1ntas me tomo entonces?', both(dose, saying(SORE)), (reply) =>
        expect(reply).toMatchObject({ kind: 'handoff', reason: 'dose' }),
      );
      const france = { question: 'What is the capital of France?', language: 'es' };
      await asked(
        '\u00bfcu\u00e1l es la capital de Francia?',
        both(france, saying(SORE)),
        (reply) => expect(reply.kind).toBe('unanswered'),
      );
    });

    it('raises an emergency that only the translation shows', () =>
      asked(
        'je ne peux plus respirer depuis la s\u00e9ance',
        both(
          { question: "I can't breathe since my dry needling session", language: 'fr' },
          saying(SORE),
        ),
        (reply) => expect(reply).toMatchObject({ kind: 'escalation' }),
      ));
  });

  describe('in Spanish', () => {
    const QUESTION = '\u00bfSe pasa el dolor despu\u00e9s de la punci\u00f3n seca?';
    const understood = {
      question: 'Does soreness after dry needling go away?',
      language: 'es',
    };

    it('is answered in Spanish, with the quotes in English and marked so', () =>
      asked(QUESTION, both(understood, saying(SORE, SORE_ES)), (reply) => {
        expect(reply).toMatchObject({ kind: 'answer', language: 'es' });
        expect(reply.text).toBe(SORE_ES.replace('.', ' [1].'));
        expect(reply.citations[0]).toMatchObject({ language: 'en' });
        expect(brokenLaws(reply, bot.articles)).toEqual([]);
        expect(replySchema.safeParse(reply).error).toBeUndefined();
      }));

    it('is asked in Spanish for the red flags, and a digit by text message answers in Spanish', () => {
      const normal = { ...understood, question: 'Is it normal to be sore after dry needling?' };
      const player = both(normal, saying(SORE, SORE_ES));
      return withAssisted(bot, player, async ({ answer }) => {
        const text = '\u00bfEs normal que me duela despu\u00e9s de la punci\u00f3n seca?';
        const reply = await answer(text, { ...FRESH, channel: 'sms' });
        expect(reply.notices.map((notice) => notice.text)).toEqual([
          bot.rules.lines['red-flag'].es,
          bot.rules.check.sms.es,
        ]);
        const messages = [
          { from: 'user', text },
          { from: 'bot', text: reply.text, reply },
        ] as const;
        expect(await answer('1', { ...FRESH, channel: 'sms', messages })).toMatchObject({
          kind: 'escalation',
          language: 'es',
        });
      });
    });

    it('is answered in quoted English where the Spanish says something else', () =>
      asked(
        QUESTION,
        both(understood, saying(SORE, SORE_ES.replace('48', '72'))),
        async (reply, { calls }) => {
          expect(reply).toMatchObject({ kind: 'answer', language: 'en' });
          expect((await calls()).at(-1)).toMatchObject({ outcome: 'unsupported' });
        },
      ));

    it('is told that answers are in English where the model is down', () =>
      asked(QUESTION, playing({}), (reply) =>
        expect(reply).toMatchObject({ kind: 'unanswered', reason: 'language', language: 'es' }),
      ));
  });

  describe('that gives a second opinion on safety', () => {
    const UTTERANCE = 'how long does soreness last after dry needling?';

    it('is shown the card of the rule it names', () =>
      asked(
        UTTERANCE,
        playing({ opinion: { level: 'emergency', rule: 'em.pneumothorax' } }),
        async (reply, { opinions }) => {
          expect(reply).toMatchObject({
            kind: 'escalation',
            safety: { level: 'emergency', rules: ['em.pneumothorax'] },
          });
          expect(await opinions()).toEqual([
            expect.objectContaining({
              conversationId: 'webchat/c-1',
              screened: 'none',
              level: 'emergency',
              rule: 'em.pneumothorax',
              raised: 1,
            }),
          ]);
        },
        OPINION,
      ));

    it('never lowers a level, and is recorded where it would', () =>
      asked(
        'I am pregnant, how long does soreness last after dry needling?',
        playing({ opinion: { level: 'none', rule: null } }),
        async (reply, { opinions }) => {
          expect(reply.safety.level).toBe('caution');
          expect(await opinions()).toEqual([
            expect.objectContaining({ screened: 'caution', level: 'none', raised: 0 }),
          ]);
        },
        OPINION,
      ));

    it('cannot name a rule that does not exist, or another level for one', () =>
      asked(
        UTTERANCE,
        playing({ opinion: { level: 'urgent', rule: 'em.pneumothorax' } }),
        (reply) => expect(reply.kind).toBe('answer'),
        OPINION,
      ));

    it.each([
      ['hangs', hanging],
      ['fails', playing({})],
      ['talks', () => 'I think it is fine'],
    ])('is done without where it %s', (_, player) =>
      asked(UTTERANCE, player, (reply) => expect(reply.kind).toBe('answer'), {
        SECOND_OPINION_MS: '200',
        CHAT_TIMEOUT_MS: '300',
      }),
    );
  });

  describe('with moderation', () => {
    const flagging =
      (flagged: boolean): Player =>
      ({ path }, response) => {
        if (!path.endsWith('/moderations')) return sendFailure(response, 500);
        response.writeHead(200, { 'content-type': 'application/json' });
        const categories = { 'self-harm/intent': flagged };
        response.end(
          JSON.stringify({ id: 'm', model: 'omni', results: [{ flagged, categories }] }),
        );
        return DONE;
      };
    const env = { MODERATION_MODEL: 'omni' };

    it('raises what it flags', () =>
      asked(
        'is it worth going on with the needles',
        flagging(true),
        async (reply, { opinions }) => {
          expect(reply).toMatchObject({ kind: 'escalation', safety: { rules: ['em.suicide'] } });
          expect(await opinions()).toEqual([expect.objectContaining({ source: 'moderation' })]);
        },
        env,
      ));

    it('changes nothing where it flags nothing', () =>
      asked(
        'does dry needling hurt',
        flagging(false),
        (reply) => expect(reply.kind).toBe('answer'),
        env,
      ));
  });

  describe('that costs money', () => {
    const env = { CHAT_PRICES: 'played=2/10', CHAT_DAILY_LIMIT: '0.005' };
    const NOON = Date.UTC(2026, 10, 21, 12);

    it('is counted by the token, and not asked past the day limit until the next day', () => {
      let now = NOON;
      return withAssisted(
        bot,
        saying(SORE),
        async ({ answer, server, calls }) => {
          // 1000 tokens at 2 and 100 at 10 dollars a million: 0.003 dollars a call.
          await answer('does soreness after dry needling go away?', FRESH);
          await calls();
          await answer('will I be sore after dry needling?', FRESH);
          await calls();
          const reply = await answer('will the soreness after dry needling pass?', FRESH);
          expect(reply.kind).toBe('answer');
          expect(server.requests).toHaveLength(2);
          expect(await calls()).toEqual([
            expect.objectContaining({ microdollars: 3000, inputTokens: 1000, outputTokens: 100 }),
            expect.objectContaining({ microdollars: 3000 }),
            expect.objectContaining({ outcome: 'over-budget', microdollars: 0 }),
          ]);
          now += 86_400_000;
          await answer('will the soreness after dry needling pass?', FRESH);
          expect(server.requests).toHaveLength(3);
        },
        { env, now: () => now },
      );
    });
  });
});

import type { Bot } from '../../bot/bot.ts';
import type { Conversation } from '../../bot/conversation.ts';
import { answerTurn, type AnswerTurn, type TurnDeps } from '../../bot/turn.ts';
import { brokenLaws, wordsIn } from '../support/answer-laws.ts';
import { ENCODING_MS, openBundledBot } from '../support/bundled.ts';
import { FULL_CLINIC } from '../support/clinic.ts';
import { replySchema } from '../support/reply-schema.ts';
import { lastReply, talk } from '../support/talk.ts';
import { turnDeps } from '../support/turn-deps.ts';
import { loadAdapter } from '../../retrieval/embeddings/adapter.ts';
import { Encoder } from '../../retrieval/embeddings/encoder.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { saysOf, withheldBy } from '../../retrieval/withheld.ts';

const QUESTIONS: readonly string[] = [
  'What is dry needling?',
  'does it leave bruises?',
  'how is it different from acupuncture',
  'who should not get dry needling',
  'how many sessions for long term neck pain',
  'what can go wrong with my lung',
  'what should i wear',
  'is the needle hollow',
  'why does my muscle jump',
  'what should I do afterwards',
  'is it safe in pregnancy',
  'does dry needling work for tennis elbow',
  'whats the difference between deep and superficial',
  'will my health plan pay',
  'who is allowed to needle',
];

describe('answerTurn', () => {
  let bot: Bot;
  let answer: AnswerTurn;
  let deps: TurnDeps;
  const fresh: Conversation = { id: 'fresh', channel: 'webchat', messages: [] };

  beforeAll(async () => {
    bot = await openBundledBot();
    deps = turnDeps(bot);
    answer = (utterance, past) => answerTurn(utterance, past, deps);
  }, ENCODING_MS);

  afterAll(() => bot.close());

  function withClinic(more: Partial<TurnDeps>): AnswerTurn {
    return (utterance, past) => answerTurn(utterance, past, { ...deps, ...more });
  }

  describe('an answer', () => {
    it('leaves out what the clinic does not want said', async () => {
      const question = 'Do you need special training to do dry needling?';
      const claim = 'No special training is required';
      const embeddings = new OfflineEmbeddings();
      const encoder = new Encoder('use-lite', embeddings, { adapter: loadAdapter() });
      const withheld = await withheldBy([claim], bot.retriever.snapshot, encoder);
      await embeddings.close();
      const careful = withClinic({ isWithheld: saysOf(withheld) });

      expect((await answer(question, fresh)).text).toContain('No special training');
      expect((await careful(question, fresh)).text).not.toContain('No special training');
    });

    it.each(QUESTIONS)('has a checked source for every sentence: %s', async (question) => {
      const reply = await answer(question, fresh);
      expect(reply.kind).toBe('answer');
      expect(replySchema.safeParse(reply).error).toBeUndefined();
      expect(reply.citations.length).toBeGreaterThan(0);
      expect(brokenLaws(reply, bot.articles)).toEqual([]);
      expect(wordsIn(reply.text)).toBeLessThanOrEqual(90);
      expect(reply.confidence).toBeGreaterThanOrEqual(0.5);
    });

    it('is the same each time', async () => {
      const once = await answer('What is dry needling?', fresh);
      expect(await answer('What is dry needling?', fresh)).toEqual(once);
    });

    it('reads a slip of the keyboard as what was meant', async () => {
      const reply = await answer('can i excercise aftr dry neeedling', fresh);
      expect(reply.kind).toBe('answer');
      expect(reply.text).toMatch(/exercise/i);
    });

    it('comes with the red flags where the time afterwards is asked about', async () => {
      const after = await answer('is it normal to be sore the day after dry needling?', fresh);
      expect(after.notices.map(({ kind }) => kind)).toContain('red-flag');
      const before = await answer('Where does dry needling come from?', fresh);
      expect(before.notices).toEqual([]);
    });

    it('comes with the painkiller notice where it names one', async () => {
      const reply = await answer(
        'Which pain relievers can I use for soreness after dry needling?',
        fresh,
      );
      expect(reply.text).toMatch(/acetaminophen|ibuprofen|pain reliever/i);
      expect(reply.notices.map(({ kind }) => kind)).toContain('painkiller');
    });
  });

  describe('a caution', () => {
    it.each([
      ['I am 12 weeks pregnant, is dry needling safe?', 'ca.pregnancy', /pregnan/i],
      ['I take xarelto, can I have dry needling?', 'ca.blood_thinner', /blood.thin/i],
      ['I have lymphedema in one arm, can you needle it?', 'ca.lymphoedema', /lymph/i],
      ['is it safe if i am on clopidogrel', 'ca.blood_thinner', /blood.thin/i],
      ['two pink lines this morning, do I cancel', 'ca.pregnancy', /pregnan/i],
      ['they give me platelets before any dental work', 'ca.bleeding_disorder', /bleed/i],
    ])('leads the answer to "%s"', async (utterance, rule, words) => {
      const reply = await answer(utterance, fresh);
      expect(reply.kind).toBe('answer');
      expect(reply.safety).toEqual({ level: 'caution', rules: [rule], open: [] });
      expect(reply.notices[0]?.kind).toBe('caution');
      expect(reply.notices[0]?.text).toMatch(words);
      expect(reply.text).toMatch(words);
    });
  });

  describe('a person on blood thinners', () => {
    const PAINKILLERS =
      /ibuprofen|acetaminophen|paracetamol|naproxen|aspirin|pain.?killer|pain reliever|pain-relief/i;
    const QUESTION = 'What helps with soreness after dry needling? Are pain relievers fine?';
    const ASIDE = 'What helps with soreness after dry needling?';

    it('is told of no painkiller', async () => {
      const reply = await lastReply(answer, [`I take warfarin. ${ASIDE}`]);
      expect(reply.kind).toBe('answer');
      expect(reply.text).not.toMatch(PAINKILLERS);
      for (const { quote } of reply.citations) expect(quote).not.toMatch(PAINKILLERS);
    });

    it('is told of none two turns later', async () => {
      const reply = await lastReply(answer, [
        'I am on warfarin.',
        'What is a trigger point?',
        ASIDE,
      ]);
      expect(reply.kind).toBe('answer');
      expect(reply.text).not.toMatch(PAINKILLERS);
    });

    it('is told of none when only the texts of the conversation are known', async () => {
      const messages = [
        { from: 'user', text: 'I am on warfarin.' },
        { from: 'bot', text: 'Please ask your doctor first.' },
      ] as const;
      const reply = await answer(ASIDE, { ...fresh, messages });
      expect(reply.text).not.toMatch(PAINKILLERS);
    });

    it('is sent to a pharmacist or doctor on asking for one', async () => {
      const reply = await lastReply(answer, [`I take warfarin. ${QUESTION}`]);
      expect(reply).toMatchObject({ kind: 'handoff', reason: 'own-care', citations: [] });
      expect(reply.text).toMatch(/pharmacist/);
    });

    it('would have been told otherwise', async () => {
      expect((await lastReply(answer, [QUESTION])).text).toMatch(PAINKILLERS);
    });
  });

  describe('a follow-up', () => {
    it('says first what was not said before', async () => {
      const [first, second] = await talk(answer, [
        'does it help a stiff neck',
        'how does it do it?',
      ]);
      const said = new Set(first?.citations.map(({ quote }) => quote));
      expect(second?.kind).toBe('answer');
      expect(second?.citations.some(({ quote }) => !said.has(quote))).toBe(true);
    });

    it('on a painkiller that asks how many is a dose', async () => {
      const reply = await lastReply(answer, [
        'can I take paracetamol after',
        'how many a day is ok',
      ]);
      expect(reply).toMatchObject({ kind: 'handoff', reason: 'dose', citations: [] });
    });
  });

  describe('an escalation', () => {
    it.each([
      'I had needling this morning and now I cannot breathe properly',
      'since my session my chest hurts with every breath',
      'I want to end my life',
      'no puedo respirar y me duele el pecho',
    ])('names a number and cites nothing: %s', async (utterance) => {
      const reply = await answer(utterance, fresh);
      expect(reply.kind).toBe('escalation');
      expect(replySchema.safeParse(reply).error).toBeUndefined();
      expect(reply.safety.level).toBe('emergency');
      expect(reply.text).toMatch(/911|988|112|999/);
      expect(reply.contacts.some(({ tel }) => tel !== null)).toBe(true);
      expect(reply).toMatchObject({ citations: [], suggestions: [], confidence: 0, notices: [] });
      expect(reply.text).not.toMatch(/\[\d/);
    });

    it('comes before small talk, the desk and a question in one message', async () => {
      const reply = await answer(
        'hi, thanks for last week! how much is a session, and I cannot breathe since the needling',
        fresh,
      );
      expect(reply.kind).toBe('escalation');
    });

    it('is shorter on SMS', async () => {
      const utterance = 'I had needling this morning and now I cannot breathe properly';
      const long = await answer(utterance, fresh);
      const short = await answer(utterance, { ...fresh, channel: 'sms' });
      expect(short.text.length).toBeLessThan(long.text.length);
      expect(short.text).toMatch(/911/);
    });

    it.each(['thanks', 'is there parking?'])('stays in sight of "%s"', async (utterance) => {
      const said = ['I cannot breathe since the needling and my chest hurts', utterance];
      const reply = await lastReply(answer, said);
      expect(['smalltalk', 'handoff']).toContain(reply.kind);
      expect(reply.notices.map(({ kind }) => kind)).toEqual(['open-emergency']);
    });

    it('names one number where the region is known', async () => {
      const reply = await withClinic({ region: 'UK' })(
        'I cannot breathe since the needling',
        fresh,
      );
      expect(reply.text).toContain('999');
      expect(reply.text).not.toContain('911');
    });

    it('stays in sight of the turns that follow', async () => {
      const reply = await lastReply(answer, [
        'I cannot breathe since the needling and my chest hurts',
        'what is a trigger point?',
      ]);
      expect(reply.kind).toBe('answer');
      expect(reply.safety.open).toContain('em.pneumothorax');
      expect(reply.notices.map(({ kind }) => kind)).toContain('open-emergency');
    });
  });

  describe('a question that the articles do not answer', () => {
    it('is not answered, and the clinic is offered', async () => {
      const reply = await withClinic({ clinic: FULL_CLINIC })(
        'what is the capital of France',
        fresh,
      );
      expect(reply).toMatchObject({ kind: 'unanswered', reason: 'not-covered', citations: [] });
      expect(reply.text).toContain('+1 555 010 0199');
      expect(reply.contacts).toEqual([
        { label: 'Call Elm Street Physio', tel: '+15550100199', sms: null },
      ]);
    });

    it('offers a person without a hole where the clinic gave no number', async () => {
      const reply = await answer('what is the capital of France', fresh);
      expect(reply.text).toContain('ask the clinic directly');
      expect(reply.contacts).toEqual([]);
    });
  });

  describe('Spanish', () => {
    it.each([
      '\u00bfCu\u00e1nto dura la punci\u00f3n seca?',
      'me duele mucho la espalda, \u00bfme pueden ayudar?',
    ])('is told in Spanish that answers are in English: %s', async (utterance) => {
      const reply = await answer(utterance, fresh);
      expect(reply).toMatchObject({ kind: 'unanswered', reason: 'language', language: 'es' });
      expect(reply.text).toContain('Solo puedo responder en ingl\u00e9s');
    });

    it('is greeted in Spanish', async () => {
      expect(await answer('hola, buenos d\u00edas', fresh)).toMatchObject({
        kind: 'smalltalk',
        language: 'es',
      });
    });
  });

  describe('a follow-up', () => {
    it('is answered on what came before', async () => {
      const [, reply] = await talk(answer, ['Can dry needling help sciatica?', 'and migraines?']);
      expect(reply?.kind).toBe('answer');
      expect(reply?.text).toMatch(/migraine/i);
      expect(reply?.query).toBe('and migraines? / Can dry needling help sciatica?');
    });

    it.each(['and why?', 'what is it?', 'how?'])(
      'on its own is no question: %s',
      async (utterance) => {
        expect((await answer(utterance, fresh)).kind).toBe('unanswered');
      },
    );
  });
});

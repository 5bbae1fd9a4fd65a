import type { Conversation, PastMessage } from '../../bot/conversation.ts';
import type { Citation } from '../../bot/reply.ts';
import { queryText, standalone } from '../../bot/standalone.ts';
import { greetingReply } from '../../bot/stock-reply.ts';
import { answer, handoff } from '../support/replies.ts';

function after(...messages: readonly PastMessage[]): Conversation {
  return { id: 'c', channel: 'webchat', messages };
}

/** A question that was answered, understood as `query`. */
function answered(text: string, query = text): PastMessage[] {
  return [
    { from: 'user', text },
    { from: 'bot', text: 'So it is [1].', reply: answer('So it is [1].', { query }) },
  ];
}

const CITATION: Citation = {
  marker: 1,
  article: 'rest',
  origin: 'rest.md',
  title: 'Rest',
  publisher: null,
  section: 'After a visit',
  quote: 'Rest.',
  start: 0,
  end: 5,
  passage: [0, 5],
  reviewed: null,
  url: null,
};

const RUN = 'Can I run after dry needling?';

describe('standalone', () => {
  it.each([
    'how long does it take?',
    'is that normal?',
    'what about swimming?',
    'and cycling?',
    'why?',
    'y tho',
    'mine is a bad ankle, any good?',
    'Why not?',
    'how soon',
    'does it help with that too',
    'by whom?',
    'give me an example',
    'how far apart',
    'which muscles',
  ])('takes the last question with "%s"', (utterance) => {
    expect(standalone(utterance, after(...answered(RUN)))).toEqual({
      text: utterance,
      earlier: RUN,
      said: [],
    });
  });

  it.each([
    'Who is allowed to perform dry needling?',
    'What is the difference between dry needling and acupuncture?',
    'Can dry needling help a stiff neck?',
    'What helps against sore muscles the day after treatment?',
  ])('lets "%s" stand on its own', (utterance) => {
    expect(standalone(utterance, after(...answered(RUN)))).toEqual({
      text: utterance,
      earlier: undefined,
      said: [],
    });
  });

  it('leans on nothing at the start of a conversation', () => {
    expect(standalone('why?', after()).earlier).toBeUndefined();
  });

  it('leans on a question that is further back than a thank-you', () => {
    const thanks: PastMessage[] = [
      { from: 'user', text: 'thanks' },
      { from: 'bot', text: 'Welcome.', reply: greetingReply('Welcome.') },
    ];
    expect(standalone('and cycling?', after(...answered(RUN), ...thanks)).earlier).toBe(RUN);
  });

  it("does not lean on the desk's business", () => {
    const desk: PastMessage[] = [
      { from: 'user', text: 'is there parking' },
      { from: 'bot', text: 'Ask us.', reply: handoff('Ask us.', { query: 'is there parking' }) },
    ];
    expect(standalone('and cycling?', after(...answered(RUN), ...desk)).earlier).toBe(RUN);
    expect(standalone('and cycling?', after(...desk)).earlier).toBeUndefined();
  });

  it('leans on a question that was not answered, and not on one before it', () => {
    const text = 'Can it cure gout?';
    const refused = {
      ...handoff('Ask us.', { query: text }),
      kind: 'unanswered',
      reason: 'not-covered',
    } as const;
    const second: PastMessage[] = [
      { from: 'user', text },
      { from: 'bot', text: 'Ask us.', reply: refused },
    ];
    expect(standalone('why not?', after(...answered(RUN), ...second)).earlier).toBe(text);
  });

  it.each(['sorry, I meant how many times', 'No, I mean: how many times'])(
    'reads "%s" without what takes back the message before',
    (utterance) => {
      expect(standalone(utterance, after(...answered(RUN)))).toEqual({
        text: 'how many times',
        earlier: RUN,
        said: [],
      });
      expect(standalone(utterance, after()).text).toBe(utterance);
    },
  );

  it.each([
    "what's a trigger point",
    'Explain trigger point to me, please',
    'What is a trigger point?',
  ])('leans on the name that "%s" asks about', (definition) => {
    const past = after(...answered(definition));
    expect(standalone('what causes them?', past).earlier).toBe('trigger point');
  });

  it.each(['What is it?', 'What is dry needling used for?', 'What helps?'])(
    'leans on the whole of "%s"',
    (question) => {
      expect(standalone('why?', after(...answered(question))).earlier).toBe(question);
    },
  );

  it('leans through a follow-up that says nothing by itself', () => {
    const first = answered(RUN);
    const why = standalone('why?', after(...first));
    const second = answered('why?', queryText(why));
    const { earlier } = standalone('how long for?', after(...first, ...second));
    expect(earlier).toContain(RUN);
  });

  it('keeps what a follow-up leant on, for only that may name the subject', () => {
    const first = answered(RUN);
    const text = 'what about swimming in a cold lake?';
    const second = answered(text, queryText(standalone(text, after(...first))));
    const { earlier } = standalone('why?', after(...first, ...second));
    expect(earlier).toBe(`${first[0]?.text} ${text}`);
  });

  it('reads a history without replies, as other programs send it', () => {
    const history: PastMessage[] = [
      { from: 'user', text: RUN },
      { from: 'bot', text: 'Wait a day.' },
    ];
    expect(standalone('why?', after(...history)).earlier).toBe(RUN);
  });

  it('takes what the last answer cited with it, and nothing for a question of its own', () => {
    const said = [CITATION];
    const past = after(
      { from: 'user', text: RUN },
      {
        from: 'bot',
        text: 'Rest [1].',
        reply: answer('Rest [1].', { query: RUN, citations: said }),
      },
    );
    expect(standalone('why?', past).said).toBe(said);
    expect(standalone('Who is allowed to perform dry needling?', past).said).toEqual([]);
  });

  it('keeps the utterance as it was', () => {
    const utterance = '  And  CYCLING\u{1f6b4}?? ';
    expect(standalone(utterance, after(...answered(RUN))).text).toBe(utterance);
  });
});

describe('queryText', () => {
  it('shows what a follow-up leans on', () => {
    expect(queryText({ text: ' why? ', earlier: RUN })).toBe(`why? / ${RUN}`);
    expect(queryText({ text: ` ${RUN}\n`, earlier: undefined })).toBe(RUN);
  });
});

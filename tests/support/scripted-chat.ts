import type { Citation, Reply } from '../../bot/reply.ts';
import type { AnswerTurn } from '../../bot/turn.ts';
import { answer, citation, clarification, escalation, handoff } from './replies.ts';

const FEEL =
  'Most people feel a brief pinch as the needle goes in.\n\n' +
  'Some also feel a short twitch or a dull ache in the muscle. The ache may stay for a day or two. ' +
  'Tell your therapist at any time if you want to stop.';
const LENGTH =
  'A visit with us takes about 30 minutes, and the needles are in for 5 to 10 of them.';
const OTHER_LENGTH = 'Plan for up to an hour, paperwork included.';

/** What GET /articles/:slug serves; the citations below point into it. */
export const CHAT_ARTICLES = new Map([
  ['what-it-feels-like', { title: 'What dry needling feels like', text: FEEL }],
  ['your-visit', { title: 'Your visit', text: LENGTH }],
  ['before-you-come', { title: 'Before you come', text: OTHER_LENGTH }],
]);

function cite(marker: number, article: string, quote: string, more: Partial<Citation>): Citation {
  const { title, text } = CHAT_ARTICLES.get(article) ?? { title: '', text: '' };
  const start = text.indexOf(quote);
  if (start < 0) throw new RangeError(`"${quote}" is not in ${article}`);
  return citation(marker, {
    article,
    title,
    quote,
    start,
    end: start + quote.length,
    passage: [0, text.length],
    ...more,
  });
}

const FELT = [
  cite(1, 'what-it-feels-like', 'Most people feel a brief pinch as the needle goes in.', {
    publisher: 'Elm Street Physio',
    section: 'During a session > The needle',
    reviewed: '2026-03-02',
  }),
  cite(2, 'what-it-feels-like', 'The ache may stay for a day or two.', {
    publisher: 'Elm Street Physio',
    section: 'During a session > The muscle',
    url: 'https://articles.example/feels',
  }),
];

export const HURTS = answer(
  'Most people feel a brief pinch as the needle goes in. [1] The ache may stay for a day or two. [2]',
  {
    citations: FELT,
    suggestions: ['How long does the soreness last?', 'How can I prepare for a session?'],
    notices: [
      {
        kind: 'red-flag',
        text: 'Get medical help if you have chest pain, trouble breathing, or a fever after needling.',
      },
    ],
  },
);

const DIFFERS = answer(
  'Sources differ: A visit with us takes about 30 minutes, and the needles are in for 5 to 10 of them. [1] Plan for up to an hour, paperwork included. [2]',
  {
    citations: [
      cite(1, 'your-visit', LENGTH, {
        publisher: 'Elm Street Physio',
        section: 'How long it takes',
      }),
      cite(2, 'before-you-come', OTHER_LENGTH, { publisher: 'North Clinic', section: 'Time' }),
    ],
    differences: [{ about: 'session length', sides: [[1], [2]] }],
  },
);

const CALL = [
  { label: 'Call 911 (US, Canada)', tel: '911', sms: null },
  { label: 'Call 112 / 999 (Europe, UK)', tel: '112', sms: null },
  { label: 'Call 000 (Australia)', tel: '000', sms: null },
];
const CLINIC = [{ label: 'Call Elm Street Physio', tel: '+15550100199', sms: null }];

/** What is said to what; anything else is echoed, as an answer without a source. */
const SCRIPT: readonly (readonly [RegExp, (utterance: string) => Reply])[] = [
  [
    /worse/i,
    () => ({
      ...HURTS,
      notices: [
        ...HURTS.notices,
        {
          kind: 'check',
          text: 'Do you have any of these now?',
          replies: ['Yes, I do', 'No, none'],
        },
      ],
    }),
  ],
  [/^Yes, I do$/, () => escalation('Call your local emergency number now.', { contacts: CALL })],
  [/hurt|sore|prepare/i, () => HURTS],
  [/how long/i, () => DIFFERS],
  [
    /breathe/i,
    () =>
      escalation(
        'Trouble breathing or chest pain after needling can mean a collapsed lung. Call your local emergency number now. Do not drive yourself.',
        { contacts: CALL },
      ),
  ],
  [
    /kill myself/i,
    () =>
      escalation('You deserve help right now. You can talk to someone at any hour.', {
        contacts: [{ label: 'Call 988', tel: '988', sms: '988' }, ...CALL],
        safety: { level: 'emergency', rules: ['em.self-harm'], open: ['em.self-harm'] },
      }),
  ],
  [
    /hits me/i,
    () =>
      escalation('You do not have to face this alone.', {
        contacts: [{ label: 'Call the helpline', tel: '18007997233', sms: null }],
        safety: { level: 'urgent', rules: ['ur.abuse'], open: ['ur.abuse'] },
      }),
  ],
  [
    /red and hot/i,
    () =>
      escalation('A hot, red, swollen place can be an infection. See a doctor today.', {
        contacts: CLINIC,
        safety: { level: 'urgent', rules: ['ur.infection'], open: ['ur.infection'] },
      }),
  ],
  [
    /diabetes/i,
    () => ({
      ...clarification(
        "The clinic's articles don't answer that, so I would rather not guess. Please call Elm Street Physio at +1 555 010 0199.",
        { contacts: CLINIC, suggestions: ['What can dry needling help with?'] },
      ),
      kind: 'unanswered',
      reason: 'not-covered',
    }),
  ],
  [
    /parking|person/i,
    () =>
      handoff('Free parking behind the house. Please call Elm Street Physio.', {
        contacts: CLINIC,
      }),
  ],
];

/** What is said to a number that was left, in the language of the page that left it. */
export function answerCallback(locale: string): Reply {
  return locale.startsWith('es')
    ? handoff('Gracias. Elm Street Physio le llamará.', { language: 'es' })
    : handoff('Thank you. Elm Street Physio will call you.');
}

/** Answers from the script. An emergency once raised stays open, as in the real bot. */
export const answerFromScript: AnswerTurn = async (utterance, past) => {
  const [, say = echo] = SCRIPT.find(([asked]) => asked.test(utterance)) ?? [];
  const reply = say(utterance);
  const before = past.messages.findLast((message) => message.reply)?.reply;
  const raised = before?.kind === 'escalation' ? before.safety.rules : [];
  const open = [...new Set([...raised, ...(before?.safety.open ?? [])])];
  await new Promise((done) => setTimeout(done, /slow/i.test(utterance) ? 1_500 : 50));
  return { ...reply, safety: { ...reply.safety, open } };
};

/** Everything a reply can carry, made of what was typed: the page must show it as the text it is. */
function echo(utterance: string): Reply {
  return answer(`${utterance} [1]`, {
    citations: [
      citation(1, { title: utterance, publisher: utterance, section: utterance, quote: utterance }),
    ],
    suggestions: [`${utterance}?`],
    notices: [{ kind: 'caution', text: utterance }],
  });
}

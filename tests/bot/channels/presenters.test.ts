import { presenters } from '../../../bot/channels/index.ts';
import type { Channel } from '../../../bot/conversation.ts';
import type { Reply } from '../../../bot/reply.ts';
import { answer, citation, clarification, escalation, handoff } from '../../support/replies.ts';

const RED_FLAG =
  'Call 911 if you get sudden chest pain or trouble breathing after a treatment near the chest.';

/** One reply, and the text each channel shows for it. */
const GOLDEN: readonly { what: string; reply: Reply; shown: Record<Channel, string> }[] = [
  {
    what: 'an answer from two places, with a red-flag line',
    reply: answer('You may be sore for a day or two [1]. Heat may help [2].', {
      notices: [{ kind: 'red-flag', text: RED_FLAG }],
      citations: [citation(1), citation(2, { title: 'Heat & cold', section: 'Heat > At home' })],
      suggestions: ['How long does soreness last?'],
    }),
    shown: {
      webchat: [
        RED_FLAG,
        'You may be sore for a day or two [1]. Heat may help [2].',
        'Sources  \n[1] After care, Soreness  \n[2] Heat \\& cold, Heat \\> At home',
      ].join('\n\n'),
      msteams: `${RED_FLAG}\n\nYou may be sore for a day or two [1]. Heat may help [2].`,
      sms: [
        RED_FLAG,
        'You may be sore for a day or two. Heat may help.',
        'Sources: After care; Heat & cold',
      ].join('\n'),
    },
  },
  {
    what: 'an answer from the web, read with its lead-in',
    reply: answer('Most people feel “a twitch” – not pain.[1][2]', {
      citations: [
        citation(1, { url: 'https://clinic.example/care?a=1&b=<2>', title: 'What "DN" is' }),
        citation(2, { url: 'https://clinic.example/faq' }),
      ],
    }),
    shown: {
      webchat: [
        'Most people feel “a twitch” – not pain.[1] [2]',
        '[1]: <https://clinic.example/care?a=1&b=%3C2%3E> "What \\"DN\\" is, Soreness"\n' +
          '[2]: <https://clinic.example/faq> "After care, Soreness"',
      ].join('\n\n'),
      msteams: 'Most people feel “a twitch” – not pain.[1] [2]',
      sms: 'Most people feel "a twitch" - not pain.\nSources: What "DN" is; After care',
    },
  },
  {
    what: 'an emergency',
    reply: escalation('This may be a collapsed lung. Call 911 now. Do not drive yourself.', {
      contacts: [
        { label: 'Call 911', tel: '911', sms: null },
        { label: 'The clinic', tel: '+15550100199', sms: null },
      ],
    }),
    shown: {
      webchat: 'This may be a collapsed lung. Call 911 now. Do not drive yourself.',
      msteams:
        'This may be a collapsed lung. Call 911 now. Do not drive yourself.\n\nCall 911  \nThe clinic: +15550100199',
      sms: 'This may be a collapsed lung. Call 911 now. Do not drive yourself.\nThe clinic: +15550100199',
    },
  },
  {
    what: 'a matter for the desk',
    reply: handoff('For prices, please ask the clinic.', {
      contacts: [{ label: 'Call the clinic', tel: '+15550100199', sms: '+15550100199' }],
      notices: [{ kind: 'open-emergency', text: 'If you still have chest pain, call 911.' }],
    }),
    shown: {
      webchat: 'If you still have chest pain, call 911.\n\nFor prices, please ask the clinic.',
      msteams: [
        'If you still have chest pain, call 911.',
        'For prices, please ask the clinic.',
        'Call the clinic: +15550100199 or text +15550100199',
      ].join('\n\n'),
      sms: [
        'If you still have chest pain, call 911.',
        'For prices, please ask the clinic.',
        'Call the clinic: +15550100199 or text +15550100199',
      ].join('\n'),
    },
  },
  {
    what: 'a question back',
    reply: clarification('Do you mean one of these?', {
      suggestions: ['Does it hurt?', 'Is it safe?'],
    }),
    shown: {
      webchat: 'Do you mean one of these?',
      msteams: 'Do you mean one of these?\n\n1\\. Does it hurt?  \n2\\. Is it safe?',
      sms: 'Do you mean one of these?\n1. Does it hurt?\n2. Is it safe?\nReply 1 or 2, or NO.',
    },
  },
  {
    what: 'text that looks like markup',
    reply: answer('1. *Stop* <b>if</b> it_hurts![1](really) & rest\n- then wait', {
      citations: [citation(1, { url: 'https://clinic.example/' })],
    }),
    shown: {
      webchat: [
        '1\\. \\*Stop\\* \\<b\\>if\\</b\\> it\\_hurts\\![1]\\(really) \\& rest  \n\\- then wait',
        '[1]: <https://clinic.example/> "After care, Soreness"',
      ].join('\n\n'),
      msteams:
        '1\\. \\*Stop\\* \\<b\\>if\\</b\\> it\\_hurts\\![1]\\(really) \\& rest  \n\\- then wait',
      sms: '1. *Stop* <b>if</b> it_hurts!(really) & rest - then wait\nSource: After care',
    },
  },
  {
    what: 'a painkiller remark and Spanish',
    reply: answer('Después puede doler un músculo, según la práctica [1].', {
      notices: [
        { kind: 'painkiller', text: 'Ask a pharmacist before you take ibuprofen.' },
        { kind: 'caution', text: 'You said you take a blood thinner: tell your clinician.' },
      ],
      citations: [citation(1)],
      language: 'es',
    }),
    shown: {
      webchat: [
        'You said you take a blood thinner: tell your clinician.',
        'Después puede doler un músculo, según la práctica [1].',
        'Ask a pharmacist before you take ibuprofen.',
        'Sources  \n[1] After care, Soreness',
      ].join('\n\n'),
      msteams: [
        'You said you take a blood thinner: tell your clinician.',
        'Después puede doler un músculo, según la práctica [1].',
        'Ask a pharmacist before you take ibuprofen.',
      ].join('\n\n'),
      sms: [
        'You said you take a blood thinner: tell your clinician.',
        'Después puede doler un musculo, segun la practica.',
        'Ask a pharmacist before you take ibuprofen.',
        'Source: After care',
      ].join('\n'),
    },
  },
];

describe.each(GOLDEN)('$what', ({ reply, shown }) => {
  it.each(Object.keys(presenters) as Channel[])('is shown on %s', (channel) => {
    expect(presenters[channel](reply).map(({ text }) => text)).toEqual([shown[channel]]);
  });
});

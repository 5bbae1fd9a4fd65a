import { afterCheck, asksOfOwnSymptom, checkNotice } from '../../bot/check.ts';
import { presentTeams } from '../../bot/channels/msteams.ts';
import { countSegments } from '../../bot/channels/gsm7.ts';
import { presentSms } from '../../bot/channels/sms.ts';
import { presentWebchat } from '../../bot/channels/webchat.ts';
import { isCarrierWord } from '../../bot/channels/carrier-words.ts';
import type { Reply } from '../../bot/reply.ts';
import { screenTurn } from '../../bot/safety/check.ts';
import { loadRules } from '../../knowledge/rule.ts';
import { FULL_CLINIC } from '../support/clinic.ts';
import { replySchema } from '../support/reply-schema.ts';
import { answer, citation } from '../support/replies.ts';

const rules = loadRules();
const [yes, no] = [rules.check.yes.en, rules.check.no.en];

describe('asksOfOwnSymptom', () => {
  it.each([
    'why do I feel worse after',
    'how come my arm aches more today than before you stuck me',
    'Why do I feel worse after my session?',
    'how long will I be sore',
    'is it normal that I am tired',
    'my arm has been numb since the treatment, what helps?',
    'her shoulder hurts more following the appointment',
    'I feel off today after being needled',
    'felt rough all night since my session what now',
    "I don't feel right since the appointment",
    'under the weather after my treatment, what helps',
    'y am i so sleepy, had needling 2day',
    'should I be worried that I am shaky since my session',
  ])('is so for "%s"', (question) => {
    expect(asksOfOwnSymptom(question)).toBe(true);
  });

  it.each([
    'what is dry needling',
    'what helps with bruises',
    'can I exercise after dry needling?',
    'does dry needling hurt',
    'will I be sore after?',
    'when can I do heavy lifting after my session',
    'I felt great after my treatment, when is the next one',
    'I feel nervous about the needles, what helps',
    'my back hurts, can needling help?',
    'what should I wear to my session',
  ])('is not so for "%s"', (question) => {
    expect(asksOfOwnSymptom(question)).toBe(false);
  });
});

describe('an answer with a check', () => {
  const redFlag = { kind: 'red-flag', text: rules.lines['red-flag'].en } as const;
  const reassuring = 'It is common to be sore for a day or two after a session like yours [1].';
  const told = (channel: 'webchat' | 'sms') =>
    answer(reassuring, {
      notices: [checkNotice(rules, channel, 'en'), redFlag],
      citations: [citation(1)],
      suggestions: ['What helps?'],
    });

  it.each([
    ['webchat', presentWebchat],
    ['msteams', presentTeams],
  ])('asks before it reassures and offers both answers first: %s', (_, present) => {
    const [shown] = present(told('webchat'));
    const at = (words: string) => shown?.text.indexOf(words) ?? -1;
    expect(at('Get help at once')).toBe(0);
    expect(at(rules.check.question.en)).toBeGreaterThan(0);
    expect(at('It is common')).toBeGreaterThan(at(rules.check.question.en));
    expect(shown?.suggestedActions?.actions).toEqual(
      [yes, no, 'What helps?'].map((title) => ({ type: 'imBack', title, value: title })),
    );
  });

  it('asks for digits by text message, and cuts no answer short beside them', () => {
    const [shown] = presentSms(told('sms'));
    const text = shown?.text ?? '';
    expect(text).toContain(rules.check.sms.en);
    expect(text).not.toContain('...');
    expect(countSegments(text)).toBeLessThanOrEqual(2);
  });

  it.each(['en', 'es'] as const)(
    'asks nobody to send a word that carriers keep: %s',
    (language) => {
      const asked = rules.check.sms[language].match(/[\p{L}\d]+/gu) ?? [];
      expect(asked).toEqual(expect.arrayContaining(['1', '2']));
      expect(asked.filter((word) => isCarrierWord(word))).toEqual([]);
    },
  );
});

describe('afterCheck', () => {
  const told = answer('It is common to be sore [1].', {
    notices: [
      { kind: 'caution', text: 'Ask first.' },
      { kind: 'red-flag', text: rules.lines['red-flag'].en },
      checkNotice(rules, 'webchat', 'en'),
    ],
    citations: [citation(1)],
    suggestions: ['What helps?'],
  });
  const after = (utterance: string, channel: 'webchat' | 'sms', reply: Reply = told) => {
    const messages = [{ from: 'bot', text: reply.text, reply }] as const;
    const screened = screenTurn(utterance, messages, rules);
    const past = { id: 'check', channel, messages };
    return afterCheck(utterance, past, screened, { rules, clinic: FULL_CLINIC });
  };

  it('says kind fixed words, whom to call, and what else to ask', () => {
    expect(after(no, 'webchat')).toMatchObject({
      kind: 'smalltalk',
      text: rules.check.none.en,
      contacts: [{ tel: '+15550100199' }],
      suggestions: ['What helps?'],
    });
    expect(replySchema.safeParse(after(no, 'webchat')).error).toBeUndefined();
  });

  it('gives the answer itself by text message, without asking again', () => {
    expect(after('2', 'sms')).toMatchObject({
      kind: 'answer',
      text: told.text,
      citations: told.citations,
      notices: [{ kind: 'caution', text: 'Ask first.' }],
    });
  });

  it('says nothing to a yes, to another question, or where nothing was asked', () => {
    expect(after(yes, 'webchat')).toBeUndefined();
    expect(after('how long does it last?', 'webchat')).toBeUndefined();
    expect(after(no, 'webchat', answer('It is so [1].'))).toBeUndefined();
  });
});

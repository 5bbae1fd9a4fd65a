import { answerNotices, isPainkillerWithheld, namesPainkiller } from '../../bot/notices.ts';
import { screen } from '../../bot/safety/screen.ts';
import { citation } from '../support/replies.ts';
import { loadRules } from '../../knowledge/rule.ts';
import { tokenize } from '../../knowledge/tokens.ts';
import type { Query } from '../../retrieval/query.ts';

const rules = loadRules();

function queryOf(text: string): Query {
  const plain = tokenize(text)
    .map(({ word }) => word)
    .join(' ');
  return {
    text,
    plain,
    terms: [],
    weights: new Map(),
    otherNames: new Map(),
    hinges: [],
    relatives: new Map(),
  };
}

function kinds(question: string, text: string, past: readonly string[] = []): string[] {
  const earlier = past.map((said) => ({ from: 'user', text: said }) as const);
  const screened = screen(question, earlier, rules);
  return answerNotices(
    screened,
    queryOf(question),
    { text, citations: [], differences: [] },
    { rules },
  ).map(({ kind }) => kind);
}

describe('answerNotices', () => {
  it.each([
    'what helps with bruises',
    'can I swim afterwards',
    'why does my shoulder ache',
    'does it hurt more the day after',
    'what about aftercare',
  ])('carries the red flags on "%s"', (question) => {
    expect(kinds(question, 'Rest for a day [1].')).toEqual(['red-flag']);
  });

  it.each([
    'what is a trigger point',
    'who may do it',
    'does insurance cover it',
    'how many visits',
  ])('adds nothing to "%s"', (question) => {
    expect(kinds(question, 'It is so [1].')).toEqual([]);
  });

  it('carries the red flags where the answer is of the time after, whatever was asked', () => {
    const question = 'why am I so drowsy';
    const told = (section: string) =>
      answerNotices(
        screen(question, [], rules),
        queryOf(question),
        { text: 'It may be so [1].', citations: [{ ...citation(1), section }], differences: [] },
        { rules },
      ).map(({ kind }) => kind);
    expect(told('Is it normal to feel tired after dry needling?')).toEqual(['red-flag']);
    expect(told('What is dry needling?')).toEqual([]);
  });

  it('carries the painkiller notice on a text that names one', () => {
    expect(kinds('what is a trigger point', 'Take ibuprofen [1].')).toEqual(['painkiller']);
  });

  it('puts a caution first, then the red flags and their check, then painkillers', () => {
    expect(kinds('I am pregnant, what helps if I am sore?', 'Try acetaminophen [1].')).toEqual([
      'caution',
      'red-flag',
      'check',
      'painkiller',
    ]);
  });

  it('uses the fixed wording of the rules', () => {
    const question = 'how long will I be sore';
    const [notice] = answerNotices(
      screen(question, [], rules),
      queryOf(question),
      { text: 'A day [1].', citations: [], differences: [] },
      { rules },
    );
    expect(notice?.text).toBe(rules.lines['red-flag'].en);
  });
});

describe('namesPainkiller', () => {
  it.each([
    'Ibuprofen helps.',
    'a pain reliever',
    'painkillers',
    'Paracetamol',
    'NSAIDs',
    'pain-relief tablets',
  ])('finds one in "%s"', (text) => {
    expect(namesPainkiller(text)).toBe(true);
  });

  it.each(['It relieves pain.', 'The aspirations of a runner.', 'pain relief is quick', ''])(
    'finds none in "%s"',
    (text) => {
      expect(namesPainkiller(text)).toBe(false);
    },
  );
});

describe('isPainkillerWithheld', () => {
  it.each([
    'I take warfarin',
    'my mum is on blood thinners',
    'I have haemophilia',
    'I am pregnant',
    'I have kidney disease',
    'I am allergic to ibuprofen',
    'I have liver disease',
    'I have a stomach ulcer',
    'I have asthma',
    'I have heart failure',
  ])('withholds from whoever said "%s"', (said) => {
    expect(isPainkillerWithheld(screen(said, [], rules))).toBe(true);
  });

  it('still withholds two turns later', () => {
    const past = [
      { from: 'user', text: 'I take eliquis' },
      { from: 'bot', text: 'Please ask your doctor first.' },
      { from: 'user', text: 'what is a trigger point' },
      { from: 'bot', text: 'A tight spot [1].' },
    ] as const;
    expect(isPainkillerWithheld(screen('what helps when I am sore', past, rules))).toBe(true);
  });

  it.each(['I do not take blood thinners', 'what helps when I am sore', 'I am not pregnant'])(
    'does not withhold for "%s"',
    (said) => {
      expect(isPainkillerWithheld(screen(said, [], rules))).toBe(false);
    },
  );
});

import * as fc from 'fast-check';
import { answerToCheck, screenTurn, type CheckedEarlier } from '../../../bot/safety/check.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();
const safety = { level: 'none', rules: [], open: [] } as const;
const asked: CheckedEarlier[] = [
  { from: 'user', text: 'why do I feel worse after?' },
  {
    from: 'bot',
    text: 'Soreness is common [1].',
    reply: { kind: 'answer', safety, notices: [{ kind: 'red-flag' }, { kind: 'check' }] },
  },
];

describe('answerToCheck', () => {
  it.each([
    'Yes, I have one of these',
    'yes',
    'Yeah.',
    'si',
    'sí',
    '1',
    ' 1. ',
    'yep since lunch',
    'I do',
    'a little',
  ])('takes "%s" for a yes', (utterance) => {
    expect(answerToCheck(utterance, asked, rules)).toBe('yes');
  });

  it.each([
    'No, none',
    'no',
    'nope',
    '2',
    'none of them',
    "no, I don't have any of these",
    'No, ninguna',
  ])('takes "%s" for a no', (utterance) => {
    expect(answerToCheck(utterance, asked, rules)).toBe('no');
  });

  it.each([
    'how long does it last?',
    'yes but how long does it last?',
    'yes thanks',
    'I have another question',
    'some people say ice helps',
    'no chest pain but I cannot breathe',
    '12',
    '',
  ])('leaves "%s" to be read as it is', (utterance) => {
    expect(answerToCheck(utterance, asked, rules)).toBeUndefined();
  });

  it('is over once something else was said', () => {
    const later: CheckedEarlier[] = [
      ...asked,
      { from: 'user', text: 'where do you park' },
      { from: 'bot', text: 'Behind the house.', reply: { kind: 'handoff', safety, notices: [] } },
    ];
    expect(answerToCheck('yes', later, rules)).toBeUndefined();
    expect(answerToCheck('yes', [], rules)).toBeUndefined();
  });
});

describe('screenTurn', () => {
  it.each(['1', 'yes', 'sí', 'Yes, I have one of these'])(
    'raises an emergency that names no sign for "%s", with its span in what was said',
    (utterance) => {
      const { level, triggers } = screenTurn(utterance, asked, rules);
      expect(level).toBe('emergency');
      expect(triggers.map(({ rule }) => rule)).toEqual(['em.red_flag']);
      for (const { start, end } of triggers) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(utterance.length);
      }
    },
  );

  it('lets the sign that is named speak', () => {
    expect(screenTurn('yes, my chest is tight', asked, rules).rules.slice(-1)).toEqual([
      'em.red_flag',
    ]);
    expect(screenTurn('yes, my chest is tight', asked, rules).rules).toContain('em.cardiac');
  });

  it('raises nothing for a no, and keeps an emergency that a no does not end', () => {
    expect(screenTurn('2', asked, rules).level).toBe('none');
    const [question, checked] = asked;
    const open = { level: 'none', rules: [], open: ['em.suicide'] } as const;
    const past = [question!, { ...checked!, reply: { ...checked!.reply!, safety: open } }];
    expect(screenTurn('No, none', past, rules)).toMatchObject({
      level: 'emergency',
      rules: ['em.suicide'],
    });
  });

  it('answers in Spanish who answered in Spanish', () => {
    expect(screenTurn('sí', asked, rules).language).toBe('es');
  });

  it('never throws, and every span lies in the utterance', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('yes ', '1', 'no ', '2', 'sí', 'chest pain', '\u0301', '\ud83d', 'İ', 'ﬁ'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const utterance = pieces.join('');
        for (const { start, end } of screenTurn(utterance, asked, rules).triggers) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(utterance.length);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each(['yes ', 'no ', "yes my chest hurts, can't breathe "])(
    'finishes 30,000 characters of "%s"',
    (unit) => {
      const started = performance.now();
      screenTurn(unit.repeat(Math.ceil(30_000 / unit.length)), asked, rules);
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});

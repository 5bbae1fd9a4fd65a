import * as fc from 'fast-check';
import { isSameAmount, quantitiesIn, spanned } from '../../retrieval/quantity.ts';

function read(text: string): string[] {
  return quantitiesIn(text).map(({ measure, low, high }) => `${measure} ${low}..${high}`);
}

describe('quantitiesIn', () => {
  it.each([
    ['Leave it on for 15-30 minutes.', ['time 15..30']],
    ['Leave it on for half an hour.', ['time 30..30']],
    ['It takes between two and three hours.', ['time 120..180']],
    ['Rest for a few seconds to a few minutes.', [`time ${2 / 60}..4`]],
    ['It lasts a few hours or up to one to two days.', ['time 120..2880']],
    ['It heals within a week.', ['time 0..10080']],
    ['A lesson rarely takes longer than 20 minutes.', ['time 0..20']],
    ['The class lasts 30 to 60 minutes or longer.', ['time 30..Infinity']],
    ['Swim twice a week.', [`rate ${2 / 7}..${2 / 7}`]],
    ['Come back every two weeks.', [`rate ${1 / 14}..${1 / 14}`]],
    ['Drink 8 to 10 glasses.', ['count glass 8..10']],
    ['Most need two or three sessions.', ['count visit 2..3']],
    ['Most need at least three visits.', ['count visit 3..Infinity']],
    ['The mat is 1.5 cm thick.', ['length 15..15']],
    ['A lesson costs $20 to $30.', ['money 20..30']],
    ['Four in ten, or 40 percent, stop.', ['share 40..40']],
    ['We open at 9 am and close at 5:30 p.m.', ['clock 540..540', 'clock 1050..1050']],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    'It brings a degree of comfort.',
    'The two methods differ.',
    'There are 3 ways to do it.',
    'A 2017 paper says so.',
    'Daily life goes on.',
  ])('finds no amount in %s', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('gives spans inside any text, in order and apart', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '10',
        'to',
        'few',
        'minutes',
        'or up to',
        'a',
        'week',
        '$5',
        '%',
        '9 am',
        '-',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join(' ');
        let last = 0;
        for (const { span, low, high } of quantitiesIn(text)) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.end).toBeGreaterThan(span.start);
          expect(low).toBeLessThanOrEqual(high);
          last = span.end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('isSameAmount', () => {
  const same = (a: string, b: string): boolean => {
    const [one] = quantitiesIn(a);
    const [other] = quantitiesIn(b);
    if (!one || !other) throw new RangeError('expected an amount');
    return isSameAmount(one, other);
  };

  it.each([
    ['15-30 minutes', 'up to half an hour'],
    ['a week', '7 days'],
    ['at least two sessions', '5 sessions'],
    ['within 1 to 2 days', 'up to 2 days'],
  ])('holds of %s and %s', (a, b) => {
    expect(same(a, b)).toBe(true);
    expect(same(b, a)).toBe(true);
  });

  it.each([
    ['12 to 48 hours', '24 to 48 hours'],
    ['10 minutes', 'half an hour'],
    ['up to a week', 'up to 2 days'],
    ['at least six sessions', '3 sessions'],
  ])('does not hold of %s and %s', (a, b) => {
    expect(same(a, b)).toBe(false);
    expect(same(b, a)).toBe(false);
  });
});

describe('spanned', () => {
  it('takes the amounts of one sentence together', () => {
    const amounts = quantitiesIn('Most need at least two or three visits, some up to six visits.');
    expect(spanned(amounts)).toMatchObject({ low: 2, high: 6 });
    expect(spanned([])).toBeUndefined();
  });
});

import * as fc from 'fast-check';
import { readCallbackForm } from '../../../bot/callback/form.ts';

function phoneOf(phone: unknown): unknown {
  const read = readCallbackForm({ phone });
  return read.kind === 'form' ? read.form.phone : read.kind;
}

describe('readCallbackForm', () => {
  it.each([
    ['+1 (555) 010-0199', '+1 (555) 010-0199'],
    ['555.010.0199', '555.010.0199'],
    ['(+44) 20 7946 0000', '(+44) 20 7946 0000'],
    ['  55501 ', '55501'],
    // As copied from a contact on a phone: direction marks, a no-break space, a typographic dash.
    ['\u202a+1\u00a0555\u2011010\u20110199\u202c', '+1 555-010-0199'],
    ['５５５０１０', '555010'],
  ])('reads %j as %j', (typed, phone) => {
    expect(phoneOf(typed)).toBe(phone);
  });

  it.each([
    '',
    '   ',
    '5550',
    '1'.repeat(21),
    'call me',
    '555-0100 ext 4',
    '5550100199+',
    'tel:5550100199',
    "5550100'; drop table callbacks; --",
    '<b>5550100199</b>',
    '5550100199\n+15550000000',
    `555${' '.repeat(60)}0100199`,
    5550100199,
    null,
    undefined,
    ['5550100199'],
  ])('does not read %j as a number', (typed) => {
    expect(phoneOf(typed)).toBe('phone-unreadable');
  });

  it('keeps the note of a form whose number cannot be read', () => {
    expect(readCallbackForm({ phone: '?', note: ' It hurts. ' })).toEqual({
      kind: 'phone-unreadable',
      note: 'It hurts.',
    });
  });

  it('takes a name and a note, or null, and drops what rewrites a terminal', () => {
    const phone = '5550100199';
    const form = (more: object) => {
      const read = readCallbackForm({ phone, ...more });
      return read.kind === 'form' ? read.form : read.kind;
    };

    expect(form({})).toEqual({ phone, name: null, note: null });
    expect(form({ name: ' ', note: null })).toEqual({ phone, name: null, note: null });
    expect(form({ name: 'Ann\n\u001b[2JLee', note: 'one\r\ntwo\u0000' })).toEqual({
      phone,
      name: 'Ann [2JLee',
      note: 'one\ntwo',
    });
    expect(form({ name: 'x'.repeat(121) })).toBe('unreadable');
    expect(form({ note: 'x'.repeat(1001) })).toBe('unreadable');
    expect(form({ name: 'x'.repeat(120), note: 'x'.repeat(1000) })).toMatchObject({ phone });
    expect(form({ name: { first: 'Ann' } })).toBe('unreadable');
  });

  it('never throws, and a number that is read has 5 to 20 digits and nothing odd', () => {
    const phone = fc.oneof(
      fc.anything(),
      fc.string({ unit: 'binary', maxLength: 70 }),
      fc
        .array(fc.constantFrom('+', '(', ')', '5', '0', '-', '.', ' ', '\u00a0', '٣', 'x'), {
          maxLength: 30,
        })
        .map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(phone, fc.anything(), (phone, value) => {
        readCallbackForm(value);
        const read = phoneOf(phone);
        if (read === 'phone-unreadable') return;
        expect(read).toMatch(/^[\d+() .-]+$/);
        const digits = String(read).replace(/\D/g, '').length;
        expect(digits >= 5 && digits <= 20).toBe(true);
      }),
    );
  });
});

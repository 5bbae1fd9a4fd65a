import * as fc from 'fast-check';
import { redact } from '../../../bot/answering/redact.ts';

describe('redact', () => {
  it.each([
    ['call me at 555-010-0199 please', '555'],
    ['my number is (555) 010-0199', '0199'],
    ['+44 20 7946 0958 is my mobile', '7946'],
    ['text 5550100199', '5550100199'],
    ['ring 010-0199 tonight', '0199'],
    ['llama al 612 34 56 78', '612'],
    ['write to jane.doe+pt@mail.example.co.uk', 'jane'],
    ['jane at mail: jane (at) mail.example', 'jane (at)'],
    ['I was born on 04/12/1983', '1983'],
    ['DOB 4-12-83', '83'],
    ['born April 12, 1983 in Leeds', '1983'],
    ['12th of April 1983', '1983'],
    ['nacido el 12 de abril de 1983', '1983'],
    ['1983-04-12', '1983'],
    ['I live at 12 Elm Street, Apt 4B', 'Elm'],
    ['221b Baker St.', 'Baker'],
    ['vivo en calle Mayor 5', 'Mayor'],
    ['PO Box 4411', '4411'],
    ['Portland, OR 97201', '97201'],
    ['London SW1A 1AA', 'SW1A'],
    ['my MRN is 00482913', '00482913'],
    ['medical record number: AB-48291', '48291'],
    ['policy no. X4471982', '4471982'],
    ['NHS 943 476 5919', '5919'],
    ['ssn 078-05-1120', '1120'],
    ['card 4111 1111 1111 1111', '1111'],
    ['see https://me.example/jane?id=4', 'jane'],
  ])('takes what identifies somebody out of "%s"', (text, gone) => {
    expect(redact(text)).not.toContain(gone);
    expect(redact(text)).toMatch(/\[(phone|email|date|address|number|link)\]/);
  });

  it.each([
    'does soreness last 24 to 48 hours',
    'is 2-3 sessions enough',
    'my pain is 10/10 since 3 weeks',
    'a 2017 review of 15 studies',
    'the needle is 40 to 60 mm, 25-gauge',
    'I take 75 mg of aspirin and 5000 units of vitamin D',
    'L4-L5 and C5/C6 hurt, blood pressure 140/90',
    'can I run 10 km on day 2',
    'I am 67 years old and weigh 82.5 kg',
    'my knee hurts when I drive my way home',
  ])('leaves a question as it is: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('finds an address wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (before, after) => {
          expect(redact(`${before} jane@mail.example ${after}`)).not.toContain('jane@mail');
        },
      ),
    );
  });
});

import * as fc from 'fast-check';
import { countSegments, SEPTETS } from '../../../bot/channels/gsm7.ts';
import { MOST_SEGMENTS, presentSms } from '../../../bot/channels/sms.ts';
import type { Notice, Reply } from '../../../bot/reply.ts';
import { answer, citation, escalation } from '../../support/replies.ts';

const LONG = Array.from(
  { length: 12 },
  (_, i) => `This is sentence number ${i + 1} of many [1].`,
).join(' ');

function textOf(reply: Reply): string {
  return presentSms(reply)[0]?.text ?? '';
}

describe('presentSms', () => {
  it('cuts at the end of a sentence, and names the source all the same', () => {
    const text = textOf(answer(LONG, { citations: [citation(1)] }));

    expect(text).toMatch(
      /^This is sentence number 1 of many\. .*number 8 of many\.\nSource: After care$/,
    );
    expect(countSegments(text)).toBe(2);
    expect(countSegments(text.replace('\n', ' This is sentence number 9 of many.\n'))).toBe(3);
  });

  it('shortens both sides of a difference alike rather than lose the second', () => {
    const side = (word: string): string => `${word} ${'takes a good while '.repeat(14).trim()}`;
    const text = textOf(
      answer(`Sources differ: ${side('sauna')} [1]; ${side('hammam')} [2]. More [1].`, {
        citations: [citation(1), citation(2)],
      }),
    );

    expect(text).toMatch(/^Sources differ: sauna takes .*\.\.\.; hammam takes .*\.\.\./);
    expect(countSegments(text)).toBeLessThanOrEqual(MOST_SEGMENTS);
  });

  it('puts the red-flag line before all, in the first segment', () => {
    const line = 'Call 911 for sudden chest pain or trouble breathing.';
    const text = textOf(
      answer(LONG, { notices: [{ kind: 'red-flag', text: line }], citations: [citation(1)] }),
    );

    expect(text.startsWith(line)).toBe(true);
    expect(line.length).toBeLessThanOrEqual(SEPTETS.part);
    expect(text).toContain('Source: After care');
  });

  it('drops a sentence of the answer rather than a warning', () => {
    const warning = 'Do not have needling near the chest today. '.repeat(6).trim();
    const text = textOf(
      answer(LONG, { notices: [{ kind: 'caution', text: warning }], citations: [citation(1)] }),
    );

    expect(text.startsWith(warning)).toBe(true);
  });

  it('keeps the number to call behind an emergency that is too long', () => {
    const reply = escalation(`Get help at once. ${LONG}`, {
      contacts: [{ label: 'Call the clinic', tel: '+15550100199', sms: null }],
    });

    expect(textOf(reply)).toMatch(/^Get help at once\. /);
  });

  it('cuts a sentence that is too long by itself at a word', () => {
    const text = textOf(answer(`${'needle '.repeat(90)}end.`));

    expect(text).toMatch(/^needle .* needle\.\.\.$/);
    expect(countSegments(text)).toBe(2);
  });

  it('names the sources of the sentences it kept, and no others', () => {
    const citations = [citation(1), citation(2, { title: 'Never reached' })];
    const text = textOf(answer(`${LONG} The last one [2].`, { citations }));

    expect(text).toContain('Source: After care');
    expect(text).not.toContain('Never reached');
  });

  it('credits a marker behind the full stop to the sentence before it', () => {
    const citations = [citation(1, { title: 'One' }), citation(2, { title: 'Two' })];
    const long = 'x '.repeat(150).trim();
    const text = textOf(answer(`Short one. [1] Long ${long}. [2]`, { citations }));

    expect(text).toBe('Short one.\nSource: One');
  });

  it('says nothing where there is nothing to say', () => {
    expect(presentSms(answer(''))).toEqual([]);
  });

  it('never takes more than two segments, whatever the reply', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc
        .array(fc.constantFrom('a', 'é', '€', '[1]', '. ', 'б', '😀', '½', ' ', '\n'), {
          maxLength: 500,
        })
        .map((pieces) => pieces.join('')),
    );
    const kind = fc.constantFrom<Notice['kind']>(
      'caution',
      'red-flag',
      'painkiller',
      'open-emergency',
    );
    fc.assert(
      fc.property(
        anyText,
        fc.array(fc.record({ kind, text: anyText }), { maxLength: 3 }),
        fc.array(
          fc.record({ label: anyText, tel: fc.constantFrom('911', null), sms: fc.constant(null) }),
          {
            maxLength: 2,
          },
        ),
        anyText,
        fc.boolean(),
        (text, notices, contacts, title, isEmergency) => {
          const more = { notices, contacts, citations: [citation(1, { title })] };
          const shown = textOf(isEmergency ? escalation(text, more) : answer(text, more));

          expect(countSegments(shown)).toBeLessThanOrEqual(MOST_SEGMENTS);
          if (isEmergency && /[a-z]{3}/.test(text)) expect(shown).not.toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });
});

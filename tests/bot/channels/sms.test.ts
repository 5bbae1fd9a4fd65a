import * as fc from 'fast-check';
import { countSegments, SEPTETS } from '../../../bot/channels/gsm7.ts';
import { MOST_SEGMENTS, presentSms, restForMore } from '../../../bot/channels/sms.ts';
import type { Notice, Reply } from '../../../bot/reply.ts';
import { answer, citation, clarification, escalation } from '../../support/replies.ts';

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
      /^This is sentence number 1 of many\. .*number 7 of many\.\nSource: After care\nReply MORE for the rest\.$/,
    );
    expect(countSegments(text)).toBe(2);
    expect(countSegments(text.replace('\n', ' This is sentence number 8 of many.\n'))).toBe(3);
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

    expect(text).toMatch(/^needle .* needle\.\.\.\nReply MORE for the rest\.$/);
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

    expect(text).toBe('Short one.\nSource: One\nReply MORE for the rest.');
  });

  it('numbers what may have been meant, all of it or none', () => {
    const suggestions = ['Does it hurt?', 'Is it safe?'];
    const asked = clarification('Did you mean one of these?', { suggestions });
    expect(presentSms(asked)[0]?.text).toMatch(
      /\n1\. Does it hurt\?\n2\. Is it safe\?\nReply 1 or 2/,
    );

    const warned = {
      ...asked,
      notices: [{ kind: 'caution', text: 'Take care. '.repeat(25) }],
    } as const;
    const [first] = presentSms(warned);
    expect(first?.text).toMatch(/Reply MORE/);
    expect(first?.text).not.toContain('1. Does');
    const rest = restForMore('MORE', warned);
    expect(rest).toMatchObject({ kind: 'clarification', suggestions });
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

/** Everything that is sent when MORE is asked for until it is not offered any more. */
function conversationOf(reply: Reply): string[] {
  const texts: string[] = [];
  for (let next: Reply | undefined = reply; next && texts.length < 200;) {
    texts.push(textOf(next));
    next = restForMore('more', next);
  }
  return texts;
}

describe('restForMore', () => {
  it('gives the rest of a reply, sentence by sentence, with its sources and numbers', () => {
    const contact = { label: 'Call the clinic', tel: '+15550100199', sms: null };
    const citations = [citation(1), citation(2, { title: 'Another' })];
    const reply = answer(`${LONG} The last one [2].`, { citations, contacts: [contact] });
    const texts = conversationOf(reply);

    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatch(/number 1 of many.*Reply MORE for the rest\.$/s);
    expect(texts[1]).toMatch(/number 12 of many\. The last one\..*Sources: After care; Another$/s);
    for (let n = 1; n <= 12; n += 1)
      expect(texts.filter((text) => text.includes(`number ${n} of`))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('+15550100199'))).toHaveLength(1);
    expect(restForMore('MORE', reply)).toMatchObject({ kind: 'answer', citations });
  });

  it('goes on inside a sentence that was cut', () => {
    const words = Array.from({ length: 120 }, (_, i) => `word${i}`);
    const texts = conversationOf(answer(`${words.join(' ')}.`));
    const said = texts.join(' ').replace(/\.\.\.\n?|Reply MORE for the rest\.|\./g, ' ');

    expect(said.trim().split(/\s+/)).toEqual(words);
  });

  it('is asked for with one word, in English or Spanish, and where it was offered', () => {
    const long = answer(LONG, { citations: [citation(1)], language: 'es' });

    expect(textOf(long)).toMatch(/Responda MAS para el resto\.$/);
    for (const word of ['MORE', ' more. ', 'Mas', 'más', 'MA\u0301S'])
      expect(restForMore(word, long)).toBeDefined();
    for (const word of ['more pain', 'no more', '', 'mascara'])
      expect(restForMore(word, long)).toBeUndefined();
    expect(restForMore('more', answer('Short. [1]', { citations: [citation(1)] }))).toBeUndefined();
    expect(restForMore('more', undefined)).toBeUndefined();
  });

  it('is not offered in an emergency', () => {
    const reply = escalation(`Get help at once. ${LONG}`);

    expect(textOf(reply)).not.toContain('MORE');
    expect(restForMore('more', reply)).toBeUndefined();
  });

  it('is not offered where a warning would have to go for it', () => {
    const warning = `${'Do not have needling near the chest. '.repeat(7)}Please call your doctor now.`;
    const reply = answer(LONG, { notices: [{ kind: 'red-flag', text: warning }] });

    expect(textOf(reply)).toContain('Please call your doctor now.');
    expect(textOf(reply)).not.toContain('MORE');
    expect(restForMore('more', reply)).toBeUndefined();
  });

  it('keeps an emergency open that was', () => {
    const safety = { level: 'caution', rules: ['ca.x'], open: ['em.pneumothorax'] } as const;

    expect(restForMore('more', answer(LONG, { safety }))?.safety).toEqual({
      level: 'none',
      rules: [],
      open: ['em.pneumothorax'],
    });
  });

  it('comes to an end, whatever the reply', () => {
    const pieces = fc.constantFrom('a', 'needle ', '€', '[1]', '. ', 'б', '😀', ' ', '?! ', '...');
    const text = fc.array(pieces, { maxLength: 600 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (said, warned) => {
        const notices = [{ kind: 'red-flag', text: warned } as const];
        expect(conversationOf(answer(said, { notices })).length).toBeLessThan(30);
      }),
      { numRuns: 100 },
    );
  });
});

import { printedReply } from '../../../bot/cli/print.ts';
import { answer, citation, clarification, escalation } from '../../support/replies.ts';

describe('printedReply', () => {
  it('shows the text, its sources and what else to ask', () => {
    const printed = printedReply(
      answer('You may be sore [1].', {
        citations: [citation(1)],
        suggestions: ['Does it bruise?'],
      }),
    );
    expect(printed).toBe(
      [
        'You may be sore [1].',
        '',
        'Sources',
        '[1] After care > Soreness',
        '    "You may be sore for a day or two."',
        '',
        'You could also ask',
        '  - Does it bruise?',
      ].join('\n'),
    );
  });

  it('puts cautions before the text and the painkiller notice after it', () => {
    const printed = printedReply(
      answer('Take rest [1].', {
        notices: [
          { kind: 'caution', text: 'You mentioned a pacemaker.' },
          { kind: 'painkiller', text: 'Ask a pharmacist.' },
        ],
      }),
    );
    const places = ['pacemaker', 'Take rest', 'pharmacist'].map((words) => printed.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('shows how to reach help', () => {
    const printed = printedReply(
      escalation('Call now.', {
        contacts: [
          { label: 'Call 911', tel: '911', sms: null },
          { label: 'Crisis line', tel: '988', sms: '988' },
        ],
      }),
    );
    expect(printed).toContain('  Call 911 (tel 911)');
    expect(printed).toContain('  Crisis line (tel 988, text 988)');
  });

  it('numbers what may have been meant', () => {
    const suggestions = ['Does it hurt?', 'Is it safe?'];
    expect(printedReply(clarification('One of these?', { suggestions }))).toBe(
      'One of these?\n\n  1. Does it hurt?\n  2. Is it safe?',
    );
  });

  it('stays within eighty columns', () => {
    const text = `${'Rest the muscle for a day and drink. '.repeat(12)}[1].`;
    const quote = 'Rest the muscle for a day and drink. '.repeat(9);
    const printed = printedReply(answer(text, { citations: [citation(1, { quote })] }));
    for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

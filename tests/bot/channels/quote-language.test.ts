import { presentTeams } from '../../../bot/channels/msteams.ts';
import { presentWebchat } from '../../../bot/channels/webchat.ts';
import { printedReply } from '../../../bot/cli/print.ts';
import { answer, citation } from '../../support/replies.ts';

const spanish = answer('Duele poco [1].', {
  citations: [citation(1, { title: 'After care '.repeat(12), section: '', language: 'en' })],
  language: 'es',
});

describe('a quote in another language than the answer', () => {
  it('is marked so in every channel that shows its source', () => {
    expect(presentWebchat(spanish)[0]?.text).toContain('(en ingl\u00e9s)');
    expect(printedReply(spanish).replace(/\s+/g, ' ')).toContain('(en ingl\u00e9s)');
    const shown = JSON.stringify(presentTeams(spanish));
    const [name = ''] = /"name":"[^"]*"/.exec(shown) ?? [];
    expect(name).toContain('(en ingl\u00e9s)');
    expect(name.length).toBeLessThanOrEqual('"name":""'.length + 80);
  });

  it('is not marked where both are the same', () => {
    const english = answer('It hurts little [1].', { citations: [citation(1)] });
    expect(presentWebchat(english)[0]?.text).not.toContain('(in English)');
  });
});

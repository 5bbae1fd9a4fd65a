import * as fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { toMarkdown } from '../../../bot/channels/markdown.ts';
import { presentWebchat } from '../../../bot/channels/webchat.ts';
import { answer, citation, clarification, escalation } from '../../support/replies.ts';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly label?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}

function parse(markdown: string): Node {
  return unified().use(remarkParse).use(remarkGfm).parse(markdown) as Node;
}

/** What a reader sees, and which kinds of markup made it. */
function read(node: Node, kinds = new Set<string>()): { text: string; kinds: Set<string> } {
  kinds.add(node.type);
  if (node.type === 'linkReference') return { text: `[${node.label}]`, kinds };
  if (node.type === 'break') return { text: ' ', kinds };
  const inner = (node.children ?? []).map((child) => read(child, kinds).text).join('');
  return { text: `${node.value ?? ''}${inner}${node.type === 'paragraph' ? ' ' : ''}`, kinds };
}

/** Without the spaces that markdown moves and the one put between markers. */
function bare(text: string): string {
  return text.replace(/\s+/g, '');
}

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }).filter((text) => !/[\0\ud800-\udfff]/.test(text)),
  fc.constantFrom('[1]', '[2]', '!', '(', ')', ':', '\n', ' ', '*', '_', '1.', '- ', '# ', '> '),
  fc.constantFrom(
    '`',
    '~~',
    '|',
    '---',
    '===',
    '    ',
    '&amp;',
    '<b>',
    '[x]: y',
    '](z)',
    '\\',
    '+',
  ),
);

describe('toMarkdown', () => {
  it('shows exactly the text, with nothing but markers as markup, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join('');
        const definitions = '\n\n[1]: <https://clinic.example/1>\n[2]: <https://clinic.example/2>';
        const { text: shown, kinds } = read(parse(toMarkdown(text) + definitions));

        // An address written out in full may become a link to itself.
        const expected = new Set([
          'root',
          'paragraph',
          'text',
          'break',
          'linkReference',
          'definition',
          'link',
        ]);
        expect([...kinds].filter((kind) => !expected.has(kind))).toEqual([]);
        expect(bare(shown)).toBe(bare(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('escapes a bullet behind a blank that is not a space', () => {
    expect(toMarkdown('\u000b- one')).toBe('\\- one');
  });
});

describe('presentWebchat', () => {
  it('offers what may have been meant as buttons that say it', () => {
    const suggestions = ['Does it hurt?', 'Is it safe?'];
    const [message] = presentWebchat(clarification('One of these?', { suggestions }));
    expect(message?.suggestedActions?.actions).toEqual(
      suggestions.map((value) => ({ type: 'imBack', title: value, value })),
    );
  });

  it('offers ways to reach a person, then next questions', () => {
    const [message] = presentWebchat(
      escalation('Call 911 now.', {
        contacts: [
          { label: 'Call 911', tel: '911', sms: null },
          { label: 'Crisis line', tel: '988', sms: '988' },
          { label: 'Text HOME', tel: null, sms: '741741' },
        ],
        suggestions: ['When is it an emergency?', ''],
      }),
    );

    expect(message?.suggestedActions?.actions).toEqual([
      { type: 'openUrl', title: 'Call 911', value: 'tel:911' },
      { type: 'openUrl', title: 'Crisis line', value: 'tel:988' },
      { type: 'openUrl', title: 'Text 988', value: 'sms:988' },
      { type: 'openUrl', title: 'Text HOME', value: 'sms:741741' },
      { type: 'imBack', title: 'When is it an emergency?', value: 'When is it an emergency?' },
    ]);
  });

  it('names a place once, with all its markers', () => {
    const citations = [citation(2), citation(1), citation(3, { section: 'Heat' })];
    const [message] = presentWebchat(answer('A [1]. B [2]. C [3].', { citations }));

    expect(message?.text).toContain(
      'Sources  \n[1] [2] After care, Soreness  \n[3] After care, Heat',
    );
  });

  it.each(['javascript:alert(1)', 'not an address', '/faq'])('makes no link of %s', (url) => {
    const [message] = presentWebchat(answer('A [1].', { citations: [citation(1, { url })] }));

    expect(message?.text).toBe('A [1].\n\nSources  \n[1] After care, Soreness');
  });

  it('keeps a link within its address and title, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.string(),
        (url, title) => {
          const citations = [citation(1, { url, title: `${title}"> \\` })];
          const [message] = presentWebchat(answer('A [1].', { citations }));
          const [paragraph, definition, ...rest] = parse(message?.text ?? '').children ?? [];

          expect(paragraph?.children?.map(({ type }) => type)).toEqual([
            'text',
            'linkReference',
            'text',
          ]);
          expect(definition).toMatchObject({ type: 'definition', url: new URL(url).href });
          expect(rest).toEqual([]);
        },
      ),
    );
  });
});

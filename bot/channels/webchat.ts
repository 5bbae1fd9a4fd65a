import type { Citation, Contact, Reply } from '../reply.ts';
import { toMarkdown } from './markdown.ts';
import { orderNotices, tapsOf } from './notice-order.ts';
import type { CardAction, Outgoing } from './outgoing.ts';
import { quoteLanguage } from './quote-language.ts';

/** Markdown, the sources as links or as a list, ways to reach a person and next questions as buttons. */
export function presentWebchat(reply: Reply): Outgoing[] {
  const { before, after } = orderNotices(reply.notices);
  const cited = reply.citations.toSorted((a, b) => a.marker - b.marker);
  const linked = cited.filter(({ url }) => webAddress(url) !== null);
  const listed = cited.filter(({ url }) => webAddress(url) === null);
  const blocks = [
    ...before.map(({ text }) => toMarkdown(text)),
    toMarkdown(reply.text),
    ...after.map(({ text }) => toMarkdown(text)),
    sourceList(listed, reply.language),
    linked.map((citation) => definition(citation, reply.language)).join('\n'),
  ];
  const actions = [
    ...reply.contacts.flatMap(contactActions),
    ...[...tapsOf(reply.notices), ...reply.suggestions].flatMap(ask),
  ];
  return [
    {
      type: 'message',
      text: blocks.filter(Boolean).join('\n\n'),
      textFormat: 'markdown',
      ...(actions.length > 0 && { suggestedActions: { to: [], actions } }),
    },
  ];
}

/** One line per place cited, with all its markers. */
function sourceList(citations: readonly Citation[], language: string): string {
  const places = new Map<string, string>();
  for (const citation of citations) {
    const place = describe(citation, language);
    places.set(place, `${places.get(place) ?? ''}[${citation.marker}]`);
  }
  if (places.size === 0) return '';
  const lines = Array.from(places, ([place, markers]) => `${markers} ${place}`);
  return toMarkdown(['Sources', ...lines].join('\n'));
}

function definition(citation: Citation, language: string): string {
  const title = describe(citation, language)
    .replace(/\s+/g, ' ')
    .replace(/[\\"&]/g, String.raw`\$&`);
  return `[${citation.marker}]: <${webAddress(citation.url)}> "${title}"`;
}

function describe(citation: Citation, language: string): string {
  const { title, section, origin } = citation;
  return [title || origin, section].filter(Boolean).join(', ') + quoteLanguage(citation, language);
}

/** Normalised, so that nothing in it can end a definition early; null unless it is a web address. */
function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:'
    ? href.replace(/[<>\\]/g, encodeURIComponent)
    : null;
}

function contactActions({ label, tel, sms }: Contact): CardAction[] {
  return [
    ...(tel ? [{ type: 'openUrl', title: label || tel, value: `tel:${tel}` } as const] : []),
    ...(sms
      ? [
          {
            type: 'openUrl',
            title: tel || !label ? `Text ${sms}` : label,
            value: `sms:${sms}`,
          } as const,
        ]
      : []),
  ];
}

function ask(question: string): CardAction[] {
  return question === '' ? [] : [{ type: 'imBack', title: question, value: question }];
}

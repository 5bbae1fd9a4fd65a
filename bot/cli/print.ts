import { quoteLanguage } from '../channels/quote-language.ts';
import type { Reply } from '../reply.ts';

const WIDTH = 80;

/** A reply as the terminal shows it, `NO_COLOR` safe: no colour is used at all. */
export function printedReply(reply: Reply): string {
  const before = reply.notices.filter(({ kind }) => kind !== 'painkiller');
  const after = reply.notices.filter(({ kind }) => kind === 'painkiller');
  const parts = [
    ...before.map(({ text, replies = [] }) =>
      [wrap(`! ${text}`, '  '), ...replies.map((each) => `  - ${each}`)].join('\n'),
    ),
    wrap(reply.text, ''),
    ...after.map(({ text }) => wrap(`! ${text}`, '  ')),
  ];
  if (reply.contacts.length > 0) {
    const reachable = reply.contacts.map(({ label, tel, sms }) => {
      const ways = [tel && `tel ${tel}`, sms && `text ${sms}`].filter(Boolean).join(', ');
      return ways ? `  ${label} (${ways})` : `  ${label}`;
    });
    parts.push(reachable.join('\n'));
  }
  if (reply.citations.length > 0) {
    const sources = reply.citations.map((citation) => {
      const { marker, title, section, quote } = citation;
      const place = section ? `${title} > ${section}` : title;
      return `${wrap(`[${marker}] ${place}${quoteLanguage(citation, reply.language)}`, '    ')}\n${wrap(`    "${quote.replace(/\s+/g, ' ')}"`, '     ')}`;
    });
    parts.push(`Sources\n${sources.join('\n')}`);
  }
  if (reply.kind === 'clarification') {
    parts.push(reply.suggestions.map((text, i) => `  ${i + 1}. ${text}`).join('\n'));
  } else if (reply.suggestions.length > 0) {
    parts.push(`You could also ask\n${reply.suggestions.map((text) => `  - ${text}`).join('\n')}`);
  }
  return parts.join('\n\n');
}

/** Lines of at most 80 columns; later ones start with `indent`. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    const first = /^\s*/.exec(paragraph)?.[0] ?? '';
    let line = first;
    for (const word of paragraph.trim().split(/ +/)) {
      if (line.trim() && line.length + word.length + 1 > WIDTH) {
        lines.push(line);
        line = indent + word;
      } else line = line.trim() ? `${line} ${word}` : line + word;
    }
    lines.push(line);
  }
  return lines.join('\n');
}

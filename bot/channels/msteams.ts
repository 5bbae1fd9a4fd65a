import type { Citation, Reply } from '../reply.ts';
import { contactLine } from './contact.ts';
import { toMarkdown } from './markdown.ts';
import { dropMarkers, markersIn } from './markers.ts';
import { orderNotices, tapsOf } from './notice-order.ts';
import type { Outgoing } from './outgoing.ts';
import { quoteLanguage } from './quote-language.ts';

// Limits of the Teams citation entity ("Bot messages with AI-generated content", Microsoft Learn).
// Lengths in UTF-16 code units.
export const MOST_CLAIMS = 20;
export const TITLE_LENGTH = 80;
export const ABSTRACT_LENGTH = 160;

/** Buttons under a message; Teams takes `imBack` only, in one-to-one chats. */
const MOST_ACTIONS = 6;

/** Markdown with Teams' own citations, the AI label on what was composed, and thumbs on everything. */
export function presentTeams(reply: Reply): Outgoing[] {
  const claims = new Map<number, Citation>();
  for (const citation of reply.citations) {
    if (citation.marker <= MOST_CLAIMS && !claims.has(citation.marker)) {
      claims.set(citation.marker, citation);
    }
  }
  // Teams shows a marker without a claim as a dead "[3]".
  const said = dropMarkers(reply.text, (marker) => claims.has(marker));
  const { before, after } = orderNotices(reply.notices);
  const blocks = [
    ...before.map(({ text }) => toMarkdown(dropMarkers(text))),
    toMarkdown(said),
    // In a group Teams shows no buttons.
    reply.kind === 'clarification' ? toMarkdown(numbered(reply.suggestions)) : '',
    ...after.map(({ text }) => toMarkdown(dropMarkers(text))),
    toMarkdown(reply.contacts.map(contactLine).join('\n')),
  ];
  const questions = [...tapsOf(reply.notices), ...reply.suggestions]
    .filter(Boolean)
    .slice(0, MOST_ACTIONS);
  const cited = markersIn(said).flatMap((marker) => claims.get(marker) ?? []);
  return [
    {
      type: 'message',
      text: blocks.filter(Boolean).join('\n\n'),
      textFormat: 'markdown',
      // A fixed emergency text must not read "AI-generated content may be incorrect".
      ...((reply.kind === 'answer' || cited.length > 0) && {
        entities: [messageEntity(cited, reply.language)],
      }),
      ...(questions.length > 0 && {
        suggestedActions: {
          to: [],
          actions: questions.map((question) => ({
            type: 'imBack',
            title: question,
            value: question,
          })),
        },
      }),
      channelData: { feedbackLoop: { type: 'default' } },
    },
  ];
}

function numbered(questions: readonly string[]): string {
  return questions.map((question, i) => `${i + 1}. ${question}`).join('\n');
}

function messageEntity(
  cited: readonly Citation[],
  language: string,
): { type: string; [key: string]: unknown } {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    additionalType: ['AIGeneratedContent'],
    citation: cited.map((citation) => ({
      '@type': 'Claim',
      position: citation.marker,
      appearance: {
        '@type': 'DigitalDocument',
        name: nameOf(citation, language),
        abstract: shorten(citation.quote, ABSTRACT_LENGTH),
        ...(citation.url && /^https?:/i.test(citation.url) && { url: citation.url }),
      },
    })),
  };
}

/** The language of the quote is never what is cut off. */
function nameOf(citation: Citation, language: string): string {
  const behind = quoteLanguage(citation, language);
  const title = citation.title.trim() || citation.origin || citation.article;
  return `${shorten(title, TITLE_LENGTH - behind.length)}${behind}`;
}

/** At most `length` UTF-16 code units, cut between characters and marked with an ellipsis. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > length - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

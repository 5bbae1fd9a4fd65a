import type { Contact, Reply } from './reply.ts';

/** The clinic as far as the edge needs it: how to reach a person. */
export interface Reachable {
  /** "the clinic" where the clinic has not given its name. */
  readonly name: string;
  /** As people dial it; null where the clinic has not given one. */
  readonly phone: string | null;
}

const EMPTY = {
  notices: [],
  safety: { level: 'none', rules: [], open: [] },
  citations: [],
  differences: [],
  suggestions: [],
  confidence: 0,
  query: '',
  language: 'en',
} as const;

export function greetingReply(text: string): Reply {
  return { ...EMPTY, kind: 'smalltalk', reason: null, text, contacts: [] };
}

/** To a picture, a file or a card without a word of text. */
export function wordsPleaseReply(): Reply {
  return {
    ...EMPTY,
    kind: 'smalltalk',
    reason: null,
    text: 'I can only read text. Please type your question in a few words.',
    contacts: [],
  };
}

/** When something of ours broke: no detail, and always a way to reach a person. */
export function faultReply({ name, phone }: Reachable): Reply {
  const contacts: Contact[] = phone
    ? [{ label: `Call ${name}`, tel: phone.replace(/[^\d+]/g, ''), sms: null }]
    : [];
  const reach = phone ? `call ${name} at ${phone}` : `contact ${name} directly`;
  return {
    ...EMPTY,
    kind: 'unanswered',
    reason: 'fault',
    text: `Sorry, I could not answer that just now. Please try again in a moment, or ${reach}. If this may be an emergency, call your local emergency number now.`,
    contacts,
  };
}

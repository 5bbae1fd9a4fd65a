import type { Level } from '../knowledge/rule.ts';

/** A citation is one slice of one article; `article.text.slice(start, end) === quote`. */
export interface Citation {
  /** The number in `[1]`. */
  readonly marker: number;
  /** Slug. */
  readonly article: string;
  /** File name of the source document. */
  readonly origin: string;
  readonly title: string;
  readonly publisher: string | null;
  /** Heading path, "A > B". */
  readonly section: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** `[start, end)` of the passage around the quote. */
  readonly passage: readonly [number, number];
  /** ISO date of the source's last review. */
  readonly reviewed: string | null;
  readonly url: string | null;
  /** BCP 47 of the quote, where it is not the reply's language. */
  readonly language?: string;
}

/** Fixed wording shown before or after the text, never part of it. */
export interface Notice {
  readonly kind: 'caution' | 'red-flag' | 'check' | 'painkiller' | 'open-emergency' | 'procedure';
  readonly text: string;
  /** Of a check, which asks something: what one tap answers, yes first. */
  readonly replies?: readonly string[];
}

/** A way to reach a person; `tel` and `sms` are dialable digits. */
export interface Contact {
  readonly label: string;
  readonly tel: string | null;
  readonly sms: string | null;
}

/** Articles that put the same thing differently: markers by side. */
export interface Difference {
  readonly about: string;
  readonly sides: readonly (readonly number[])[];
}

export interface SafetyState {
  /** Of this message, with what the conversation adds to it. */
  readonly level: Level;
  /** Ids of the rules that fired, most serious first. */
  readonly rules: readonly string[];
  /** Ids raised earlier and not closed. */
  readonly open: readonly string[];
}

/** Why a reply is not an answer. */
export type Reason =
  | 'not-covered'
  | 'desk'
  | 'person-wanted'
  | 'own-care'
  | 'dose'
  | 'off-topic'
  | 'language'
  | 'procedure'
  | 'fault';

interface Said {
  /** Plain text with `[1]` markers, no markup. */
  readonly text: string;
  readonly notices: readonly Notice[];
  readonly safety: SafetyState;
  readonly citations: readonly Citation[];
  readonly differences: readonly Difference[];
  readonly contacts: readonly Contact[];
  /** Questions known to have an answer. */
  readonly suggestions: readonly string[];
  /** Calibrated chance, in [0, 1], that the evidence answers the question; 0 where nothing was retrieved. */
  readonly confidence: number;
  /** The question as understood, on its own. */
  readonly query: string;
  /** BCP 47. */
  readonly language: string;
}

/** What the bot decided to say, before any channel decides how it looks (DESIGN section 4). */
export type Reply =
  | (Said & { readonly kind: 'answer' | 'escalation' | 'smalltalk'; readonly reason: null })
  | (Said & {
      readonly kind: 'unanswered' | 'handoff' | 'clarification';
      readonly reason: Reason;
    });

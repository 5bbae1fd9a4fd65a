import type { Clinic } from '../knowledge/clinic.ts';
import type { Hit } from '../retrieval/hit.ts';
import { adviceOf } from './advice.ts';
import { contactsOf } from './clinic-contact.ts';
import type { Channel } from './conversation.ts';
import { reachText } from './desk.ts';
import type { Reply } from './reply.ts';
import { cautionNotices, escalate } from './safety/escalation.ts';
import type { Screened } from './safety/screen.ts';
import { suggestionsFrom } from './suggestions.ts';
import type { TurnDeps } from './turn.ts';

/** Words of an escalation, and one for the marker, beyond which nobody in need reads to the end. */
const LONGEST = 90;

/**
 * The fixed reply of the most serious rule. What is urgent, and no emergency, may be followed by one
 * sentence of the articles, where there is room for it and in their language; nothing else is said.
 */
export function escalation(
  screened: Screened,
  channel: Channel,
  deps: Pick<TurnDeps, 'rules' | 'clinic' | 'region'> & Partial<Pick<TurnDeps, 'retriever'>>,
): Reply {
  const { text, sms, contacts, language, rule } = escalate(screened, deps.rules, deps);
  const mayAdvise = screened.level === 'urgent' && channel !== 'sms' && language === 'en';
  const said = mayAdvise && deps.retriever ? adviceOf(rule, deps.retriever) : undefined;
  const advice = said && `${text} ${said.text}`.split(' ').length <= LONGEST ? said : undefined;
  return {
    kind: 'escalation',
    reason: null,
    text: channel === 'sms' ? sms : advice ? `${text} ${advice.text}` : text,
    notices: [],
    safety: safetyOf(screened),
    citations: advice?.citations ?? [],
    differences: [],
    contacts,
    suggestions: [],
    confidence: 0,
    query: '',
    language,
  };
}

/** Nothing in the articles answers this: say so, offer the clinic and the nearest questions. */
export function unanswered(
  query: string,
  screened: Screened,
  confidence: number,
  hits: readonly Hit[],
  deps: TurnDeps,
): Reply {
  const isSpanish = screened.language === 'es';
  return {
    kind: 'unanswered',
    reason: isSpanish ? 'language' : 'not-covered',
    text: isSpanish
      ? `Solo puedo responder en inglés, a partir de los artículos de la clínica. ${reachTextSpanish(deps.clinic)}`
      : `The clinic's articles don't answer that, so I would rather not guess. ${reachText(deps.clinic)}`,
    notices: cautionNotices(screened, deps.rules),
    safety: safetyOf(screened),
    citations: [],
    differences: [],
    contacts: contactsOf(deps.clinic),
    suggestions: isSpanish || confidence < NEAR_FROM ? [] : suggestionsFrom(hits, []),
    confidence,
    query,
    language: screened.language,
  };
}

/** Chance of an answer from which the nearest questions are worth offering. */
const NEAR_FROM = 0.15;

export function safetyOf({ level, rules, open }: Screened): Reply['safety'] {
  return { level, rules, open };
}

export function reachTextSpanish({ name, phone, booking }: Clinic): string {
  const clinic = name ?? 'la clínica';
  if (phone) return `Llame a ${clinic} al ${phone}.`;
  if (booking) return `Puede contactar con ${clinic} aquí: ${booking}`;
  return `Pregunte directamente a ${clinic}.`;
}

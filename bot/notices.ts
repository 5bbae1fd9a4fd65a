import { foldText } from '../knowledge/tokens.ts';
import type { Query } from '../retrieval/query.ts';
import type { Written } from './answering/generate.ts';
import type { Composed } from './answering/quote.ts';
import { asksOfOwnSymptom, checkNotice } from './check.ts';
import type { Channel } from './conversation.ts';
import type { Notice } from './reply.ts';
import { cautionNotices } from './safety/escalation.ts';
import type { Screened } from './safety/screen.ts';
import type { TurnDeps } from './turn.ts';

const PAINKILLER =
  /\b(ibuprofen|acetaminophen|paracetamol|naproxen|aspirin|painkillers?|pain relievers?|pain-relief (tablets?|medicines?)|nsaids?)\b/i;

/** How people name one they think of taking; aspirin is more often a blood thinner already taken. */
const ASKED_PAINKILLER =
  /\b(ibuprofen|advil|motrin|nurofen|tylenol|acetaminophen|paracetamol|panadol|aleve|naproxen|pain ?killers?|pain relievers?|pain (meds?|pills?|tablets?|medicines?|medication)|nsaids?)\b/i;

/** Facts about a person, with which no painkiller is named to them (safety taxonomy, defect 3 and correction 9). */
const WITHHELD_FOR = [
  'blood-thinner',
  'bleeding-disorder',
  'pregnancy',
  'allergy',
  'kidney',
  'liver',
  'stomach-ulcer',
  'heart',
  'asthma',
];

/** Questions and passages about the time after a treatment, where a red flag could be waved away. */
const AFTERWARDS =
  /\b(after|afterwards?|sore|soreness|aches?|achy|hurts|hurting|worse|bruis\w*|swell\w*|swollen|bleed\w*|tired|fatigue|dizzy|lightheaded|faint\w*|numb\w*|tingl\w*|recover\w*|side effects?|aftercare|following|next day|morning after|reaction|normal)\b/;

export function namesPainkiller(text: string): boolean {
  return PAINKILLER.test(text);
}

export function asksForPainkiller(utterance: string): boolean {
  return ASKED_PAINKILLER.test(utterance);
}

export function isPainkillerWithheld({ mentions }: Screened): boolean {
  return WITHHELD_FOR.some((fact) => mentions.has(fact));
}

/** Where an answer is shown, and a model's words for it where there are any. */
interface Shown {
  readonly channel?: Channel;
  readonly written?: Written | undefined;
}

/** Most serious first: cautions, an emergency still open, the red flags and their check, painkillers. */
export function answerNotices(
  screened: Screened,
  query: Query,
  { text, citations }: Composed,
  { rules }: Pick<TurnDeps, 'rules'>,
  { channel = 'webchat', written }: Shown = {},
): Notice[] {
  // A painkiller may be named in another language; what is quoted for it is not.
  const said = written
    ? [written.text, ...written.citations.map(({ quote }) => quote)].join(' ')
    : text;
  const language = written?.language === 'es' ? 'es' : 'en';
  const notices: Notice[] = [...cautionNotices(screened, rules)];
  const { lines } = rules;
  const isChecked = asksOfOwnSymptom(query.text);
  // What was asked may name no symptom that we know; the section that answers it does.
  const about = [query.plain, citations[0]?.section ?? ''].map(foldText);
  if (isChecked || about.some((words) => AFTERWARDS.test(words))) {
    notices.push({ kind: 'red-flag', text: lines['red-flag'][language] });
  }
  if (isChecked) notices.push(checkNotice(rules, channel, language));
  if (namesPainkiller(said)) {
    notices.push({ kind: 'painkiller', text: lines.painkiller[language] });
  }
  return notices;
}

import type { HelpLine, Region, Regions } from '../../knowledge/region.ts';
import type { CardContact, Rule, RuleSet } from '../../knowledge/rule.ts';
import type { Language } from './language.ts';
import type { Screened } from './screen.ts';

/** What an escalation needs of the clinic's facts; null where the clinic has not filled one in. */
export interface ClinicFacts {
  readonly name: string | null;
  readonly phone: string | null;
  readonly afterHours: string | null;
  readonly booking: string | null;
}

export interface Place {
  readonly region: Region | undefined;
  readonly clinic: ClinicFacts;
}

/** A way to reach help; `tel` and `sms` are dialable digits. */
export interface HelpContact {
  readonly label: string;
  readonly tel: string | null;
  readonly sms: string | null;
}

export interface Escalated {
  readonly text: string;
  /** The same in one part of an SMS. */
  readonly sms: string;
  readonly contacts: readonly HelpContact[];
  readonly language: Language;
  /** Whose words these are. */
  readonly rule: Rule;
}

export interface SafetyNotice {
  readonly kind: 'caution' | 'open-emergency';
  readonly text: string;
}

/** Rules that say harm may have begun: with one of them the emergency number comes before kind words. */
const HARM_BEGUN = new Set([
  'em.overdose',
  'em.bleeding',
  'em.unconscious',
  'em.seizure',
  'em.breathing',
]);

/** The fixed words for the most serious rule; throws a RangeError when nothing was raised. */
export function escalate(screened: Screened, rules: RuleSet, place: Place): Escalated {
  const raised = screened.triggers.flatMap(({ rule, level }) => {
    const found = rules.byId.get(rule);
    return found && level === screened.level ? [found] : [];
  });
  const [first] = raised;
  if (!first) throw new RangeError('nothing to escalate');
  const { language } = screened;
  const card = rules.cards[cardOf(raised, first)];
  if (!card) throw new RangeError(`no card for ${first.id}`);
  return {
    text: fill(
      `${card.text[language]} ${rules.lines.closing[language]}`,
      'text',
      language,
      rules.regions,
      place,
    ),
    sms: fill(card.sms[language], 'sms', language, rules.regions, place),
    contacts: card.contacts.flatMap((contact) =>
      contactsOf(contact, language, rules.regions, place),
    ),
    language,
    rule: first,
  };
}

/** What a rule says to whoever reports its signs, without the closing line. */
export function fixedReply(rule: Rule, language: Language, rules: RuleSet, place: Place): string {
  const card = rules.cards[rule.card];
  if (!card) throw new RangeError(`no card for ${rule.id}`);
  return fill(card.text[language], 'text', language, rules.regions, place);
}

/** Self-harm before anything else of its level, unless harm has begun. */
function cardOf(raised: readonly Rule[], first: Rule): string {
  const ids = new Set(raised.map(({ id }) => id));
  if (!ids.has('em.suicide')) return first.card;
  return [...HARM_BEGUN].some((id) => ids.has(id)) ? 'self-harm-begun' : 'self-harm';
}

/** What to know before an answer: each contraindication mentioned, then an emergency still open. */
export function cautionNotices(screened: Screened, rules: RuleSet): SafetyNotice[] {
  const { language, open, triggers } = screened;
  const cautions = triggers.flatMap(({ rule }) => {
    const found = rules.byId.get(rule);
    return found?.level === 'caution' && found.names && found.line
      ? [{ name: found.names[language], line: found.line[language] }]
      : [];
  });
  const notices: SafetyNotice[] = [];
  if (cautions.length > 0) {
    const names = cautions.map(({ name }) => name).join(language === 'es' ? ' y ' : ' and ');
    const lines = [...new Set(cautions.map(({ line }) => line))];
    const lead = rules.lines.caution[language].replace('{NAMES}', () => names);
    notices.push({ kind: 'caution', text: [lead, ...lines].join(' ') });
  }
  // Of abuse and violence nothing stays on the screen for others to see (taxonomy, correction 6).
  const shown = open.filter((id) => !/^em\.(?:abuse|violence)$/.test(id));
  if (shown.length > 0) {
    notices.push({ kind: 'open-emergency', text: rules.lines['open-emergency'][language] });
  }
  return notices;
}

type Form = 'text' | 'sms';

function fill(
  text: string,
  form: Form,
  language: Language,
  regions: Regions,
  place: Place,
): string {
  let isSaid = false;
  return text.replace(/\{([A-Z_]+)\}/g, (placeholder, name: string) => {
    const again = isSaid;
    if (name === 'EMERGENCY') isSaid = true;
    return wordsFor(name, form, language, regions, place, again) ?? placeholder;
  });
}

function wordsFor(
  name: string,
  form: Form,
  language: Language,
  { regions, neutral }: Regions,
  { region, clinic }: Place,
  isAgain: boolean,
): string | undefined {
  const local = region && regions[region];
  switch (name) {
    case 'EMERGENCY':
      if (local) return local.emergency.label;
      if (form === 'sms') return neutral.emergency.sms;
      return isAgain ? neutral.emergency.again[language] : neutral.emergency[language];
    case 'CRISIS':
    case 'POISON':
    case 'ABUSE': {
      const key = name === 'CRISIS' ? 'crisis' : name === 'POISON' ? 'poison' : 'abuse';
      return local?.[key].label ?? neutral[key][form === 'sms' ? 'sms' : language];
    }
    case 'CLINIC_PHONE':
      if (clinic.phone) return language === 'es' ? `al ${clinic.phone}` : `us at ${clinic.phone}`;
      if (form === 'sms') return language === 'es' ? 'a su médico' : 'your doctor';
      return language === 'es' ? 'a su médico' : 'your doctor or an urgent care clinic';
    case 'AFTER_HOURS':
      return clinic.afterHours ?? (local ?? neutral).afterHours[language];
    default:
      return undefined;
  }
}

function contactsOf(
  contact: CardContact,
  language: Language,
  { regions, neutral }: Regions,
  { region, clinic }: Place,
): HelpContact[] {
  const local = region && regions[region];
  const verb = language === 'es' ? 'Llamar a' : 'Call';
  if (contact === 'clinic') {
    if (!clinic.phone) return [];
    const name = clinic.name ?? (language === 'es' ? 'la clínica' : 'the clinic');
    return [{ label: `${verb} ${name}`, tel: clinic.phone.replace(/[^\d+]/g, ''), sms: null }];
  }
  if (contact === 'emergency' && !local)
    return neutral.emergency.contacts.map((line) => offer(verb, line));
  const line = local?.[contact];
  return line && (line.tel !== null || line.sms !== null) ? [offer(verb, line)] : [];
}

function offer(verb: string, { label, tel, sms }: HelpLine): HelpContact {
  return { label: `${verb} ${label.replace(/,$/, '')}`, tel, sms };
}

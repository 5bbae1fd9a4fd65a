import type { Clinic } from '../../knowledge/clinic.ts';
import { contactsOf } from '../clinic-contact.ts';
import type { Conversation } from '../conversation.ts';
import { escalation } from '../replies.ts';
import type { Reply } from '../reply.ts';
import { cautionNotices } from '../safety/escalation.ts';
import type { Language } from '../safety/language.ts';
import { screen } from '../safety/screen.ts';
import type { CallbackForm } from '../store/callback-book.ts';
import type { TurnDeps } from '../turn.ts';

type AnswerDeps = Pick<TurnDeps, 'rules' | 'secondLook' | 'clinic' | 'region'>;

/**
 * What is said to a request that is kept, in this order: the escalation of its note, where there is
 * something to escalate, and the confirmation. The note is screened as any message is.
 */
export async function answerCallback(
  { phone, note }: Pick<CallbackForm, 'phone' | 'note'>,
  language: Language,
  past: Conversation,
  deps: AnswerDeps,
): Promise<Reply[]> {
  const { rules, secondLook, clinic } = deps;
  const heard = screen(note ?? '', past.messages, rules);
  const screened = note === null ? heard : await secondLook(note, heard);
  const isRaised = screened.level === 'emergency' || screened.level === 'urgent';
  // An emergency stays open from the message that raised it; see `screen`.
  const raised = screened.level === 'emergency' ? screened.rules : [];
  const open = [...new Set([...screened.open, ...raised])];
  return [
    ...(isRaised ? [escalation(screened, past.channel, deps)] : []),
    {
      kind: 'handoff',
      reason: 'person-wanted',
      text: confirmation(phone, language, deps),
      notices: cautionNotices({ ...screened, triggers: [], open, language }, rules),
      safety: { level: 'none', rules: [], open },
      citations: [],
      differences: [],
      contacts: contactsOf(clinic, language),
      suggestions: [],
      confidence: 0,
      query: '',
      language,
    },
  ];
}

/** Says that it is kept, and nothing of when or whether somebody calls: that is the clinic's to keep. */
function confirmation(
  phone: string,
  language: Language,
  { clinic, rules, region }: Omit<AnswerDeps, 'secondLook'>,
): string {
  const { regions, neutral } = rules.regions;
  const emergency = region ? regions[region].emergency.label : neutral.emergency[language];
  return WORDS[language](phone, clinic, emergency)
    .filter((sentence) => sentence !== null)
    .join(' ');
}

type Words = (
  phone: string,
  clinic: Pick<Clinic, 'name' | 'phone' | 'hours'>,
  emergency: string,
) => readonly (string | null)[];

const WORDS: Readonly<Record<Language, Words>> = {
  en: (number, { name, phone, hours }, emergency) => [
    `Thank you. Your request to be called back is kept for ${name ?? 'the clinic'}.`,
    `The number you gave is ${number}. If it is wrong, please send the form again.`,
    'I cannot promise that someone will call, or when.',
    hours && `Opening hours: ${closed(hours)}`,
    phone && `You can also call ${name ?? 'the clinic'} at ${phone}.`,
    `If this may be an emergency, do not wait for a call: call ${emergency} now.`,
  ],
  es: (number, { name, phone, hours }, emergency) => [
    `Gracias. Su petición de que le llamen está guardada para ${name ?? 'la clínica'}.`,
    `El número que dio es ${number}. Si no es correcto, envíe el formulario otra vez.`,
    'No puedo prometer que alguien le llame, ni cuándo.',
    hours && `Horario: ${closed(hours)}`,
    phone && `También puede llamar a ${name ?? 'la clínica'} al ${phone}.`,
    `Si puede ser una emergencia, no espere la llamada: llame ya a ${emergency}.`,
  ],
};

function closed(fact: string): string {
  return fact.replace(/([^.!?])$/, '$1.');
}

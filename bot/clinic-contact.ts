import type { Clinic } from '../knowledge/clinic.ts';
import type { Contact } from './reply.ts';
import type { Language } from './safety/language.ts';

/** The clinic's number as a contact; none while it has not given one. */
export function contactsOf(
  { name, phone }: Pick<Clinic, 'name' | 'phone'>,
  language: Language = 'en',
): Contact[] {
  if (!phone) return [];
  const label =
    language === 'es' ? `Llamar a ${name ?? 'la clínica'}` : `Call ${name ?? 'the clinic'}`;
  return [{ label, tel: phone.replace(/[^\d+]/g, ''), sms: null }];
}

import type { Clinic } from '../knowledge/clinic.ts';
import type { Contact } from './reply.ts';

/** The clinic's number as a contact; none while it has not given one. */
export function contactsOf({ name, phone }: Pick<Clinic, 'name' | 'phone'>): Contact[] {
  if (!phone) return [];
  return [{ label: `Call ${name ?? 'the clinic'}`, tel: phone.replace(/[^\d+]/g, ''), sms: null }];
}

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Contact } from '../../reply.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { Icon } from './icons.tsx';
import { dialable } from './settings.ts';

/** The clinic's number as people write it; contacts have it as phones dial it. */
export const ClinicPhone = createContext<string | undefined>(undefined);

interface ContactButtonsProps {
  readonly contacts: readonly Contact[];
  /** Buttons, the first of them; all if absent. */
  readonly most?: number;
}

/** Numbers as something to press; nothing where there are none. */
export function ContactButtons({ contacts, most }: ContactButtonsProps) {
  const texts = useTexts();
  const clinicPhone = useContext(ClinicPhone);
  const ways = contacts.flatMap(({ label: whole, tel, sms }) => {
    // "Call 911 (US, Canada)": where, in smaller letters.
    const [, label = whole, where = ''] = /^(.*\S) \((.+)\)$/.exec(whole) ?? [];
    return [
      ...(tel ? [{ by: 'tel', number: tel, label, where } as const] : []),
      ...(sms ? [{ by: 'sms', number: sms, label: tel ? '' : label, where } as const] : []),
    ];
  });
  if (ways.length === 0) return null;
  return (
    <ul class="contacts">
      {ways.slice(0, most).map(({ by, number, label, where }) => {
        const isClinic = clinicPhone !== undefined && dialable(clinicPhone) === dialable(number);
        const shown = isClinic ? clinicPhone : number;
        return (
          <li key={`${by} ${number} ${label}`}>
            <a class="contact" href={`${by}:${dialable(number)}`}>
              <Icon name={by === 'tel' ? 'phone' : 'text'} />
              <span>
                {label ||
                  fill(by === 'tel' ? texts.callNumber : texts.textNumber, { number: shown })}
                {label && !hasNumber(label, number) && <span class="number">{shown}</span>}
                {where && <span class="where">{where}</span>}
              </span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function hasNumber(label: string, number: string): boolean {
  return label.replace(/\D/g, '').includes(number.replace(/\D/g, ''));
}

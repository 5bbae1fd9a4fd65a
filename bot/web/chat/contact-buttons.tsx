import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Contact } from '../../reply.ts';
import type { Texts } from '../i18n/en.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { Icon } from './icons.tsx';
import { dialable } from './settings.ts';

/** The clinic's number as people write it; contacts have it as phones dial it. */
export const ClinicContact = createContext<{
  readonly name: string;
  readonly phone: string | undefined;
}>({ name: '', phone: undefined });

interface ContactButtonsProps {
  readonly contacts: readonly Contact[];
  /** Buttons, the first of them; all if absent. */
  readonly most?: number;
}

/** Numbers as something to press; nothing where there are none. */
export function ContactButtons({ contacts, most }: ContactButtonsProps) {
  const texts = useTexts();
  const clinic = useContext(ClinicContact);
  const ways = contacts.flatMap(({ label: whole, tel, sms }) => {
    // "Call 911 (US, Canada)": where, in smaller letters.
    const [, said = whole, place = ''] = /^(.*\S) \((.+)\)$/.exec(whole) ?? [];
    const where = texts.places[place] ?? place;
    const label = isOf(clinic.phone, tel)
      ? fill(texts.call, { name: clinic.name })
      : inLanguage(said, texts);
    return [
      ...(tel ? [{ by: 'tel', number: tel, label, where } as const] : []),
      ...(sms ? [{ by: 'sms', number: sms, label: tel ? '' : label, where } as const] : []),
    ];
  });
  if (ways.length === 0) return null;
  return (
    <ul class="contacts">
      {ways.slice(0, most).map(({ by, number, label, where }) => {
        const shown = clinic.phone && isOf(clinic.phone, number) ? clinic.phone : number;
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

function isOf(clinicPhone: string | undefined, number: string | null): boolean {
  return Boolean(clinicPhone && number && dialable(clinicPhone) === dialable(number));
}

/** "Call 112 or 999", "Llamar a Samaritans on 116 123": the server says it in the reply's language. */
function inLanguage(label: string, texts: Texts): string {
  const [, name] = /^(?:Call|Llamar a) (.+)$/.exec(label) ?? [];
  if (name === undefined) return label;
  if (/^[\d\s/+-]+( or [\d\s+-]+)*$/.test(name))
    return fill(texts.callNumber, { number: name.replaceAll(' or ', ` ${texts.or} `) });
  return fill(texts.call, { name });
}

function hasNumber(label: string, number: string): boolean {
  return label.replace(/\D/g, '').includes(number.replace(/\D/g, ''));
}

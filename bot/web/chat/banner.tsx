import { useTexts } from '../i18n/language.ts';
import { ContactButtons } from './contact-buttons.tsx';
import type { OpenEmergency } from './entries.ts';
import { Icon } from './icons.tsx';

/** Stays as long as the conversation has it open; it cannot be closed. */
export function Banner({ emergency }: { readonly emergency: OpenEmergency }) {
  const texts = useTexts();
  const isEmergency = emergency.level === 'emergency';
  const words = isEmergency ? texts.bannerEmergency : texts.bannerUrgent;
  return (
    <section class={`banner banner-${emergency.level}`} aria-label={words}>
      <p>
        <Icon name="alert" />
        {words}
      </p>
      <ContactButtons contacts={emergency.contacts} most={3} />
    </section>
  );
}

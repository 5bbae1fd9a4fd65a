import { useState } from 'preact/hooks';
import { fill, useTexts } from '../i18n/language.ts';
import { CallBackForm } from './call-back-form.tsx';
import type { CallBack, CallBackOutcome } from './chat-log.ts';
import { Icon } from './icons.tsx';
import { dialable, isWebAddress, type Settings } from './settings.ts';
import { Sheet } from './sheet.tsx';

interface PersonDialogProps {
  readonly settings: Settings;
  readonly name: string;
  readonly onAsk: (words: string) => void;
  readonly onCallBack: (wanted: CallBack) => Promise<CallBackOutcome>;
  readonly onClose: () => void;
}

export function PersonDialog({ settings, name, onAsk, onCallBack, onClose }: PersonDialogProps) {
  const texts = useTexts();
  const { phone, booking, hours, callback } = settings;
  const [isAsking, setAsking] = useState(false);
  return (
    <Sheet title={texts.person} onClose={onClose}>
      <p>{fill(texts.personSay, { name })}</p>
      <div class="ways">
        {phone && (
          <a class="contact" href={`tel:${dialable(phone)}`}>
            <Icon name="phone" />
            <span>
              {fill(texts.call, { name })}
              <span class="number">{phone}</span>
            </span>
          </a>
        )}
        {booking && isWebAddress(booking) && (
          <a class="way" href={booking} target="_blank" rel="noopener noreferrer">
            <Icon name="calendar" />
            {texts.book}
          </a>
        )}
        {!phone && !booking && <p>{fill(texts.noNumber, { name })}</p>}
        {callback && (
          <div class="call-back">
            <button
              type="button"
              class="way"
              aria-expanded={isAsking}
              onClick={() => setAsking(!isAsking)}
            >
              <Icon name="phone" />
              {texts.callBack}
            </button>
            {isAsking && <CallBackForm name={name} onCallBack={onCallBack} onTaken={onClose} />}
          </div>
        )}
        <button
          type="button"
          class="way"
          onClick={() => {
            onClose();
            onAsk(texts.personWords);
          }}
        >
          <Icon name="text" />
          {texts.askForPerson}
        </button>
      </div>
      {hours && (
        <p class="hours">
          <strong>{texts.hours}:</strong> {hours}
        </p>
      )}
      <p class="standing-again">{texts.standing}</p>
    </Sheet>
  );
}

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { fill, useTexts } from '../i18n/language.ts';
import type { CallBack, CallBackOutcome } from './chat-log.ts';

interface CallBackFormProps {
  readonly name: string;
  readonly onCallBack: (wanted: CallBack) => Promise<CallBackOutcome>;
  readonly onTaken: () => void;
}

/** UTF-16 code units. */
const LONGEST_PHONE = 40;
const LONGEST_NAME = 100;
const LONGEST_NOTE = 500;

type State = 'asking' | 'sending' | 'missing' | 'unreadable' | 'failed';

/** Which number is one the server decides; what it says to a good one comes as a message. */
export function CallBackForm({ name, onCallBack, onTaken }: CallBackFormProps) {
  const texts = useTexts();
  const id = useId();
  const phone = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<State>('asking');
  const isWrong = state === 'missing' || state === 'unreadable';
  const said = {
    asking: '',
    sending: '',
    missing: texts.phoneMissing,
    unreadable: texts.phoneUnreadable,
    failed: texts.callBackFailed,
  }[state];

  useEffect(() => phone.current?.focus(), []);
  useEffect(() => {
    if (isWrong) phone.current?.focus();
  }, [state]);

  const submit = async (form: HTMLFormElement): Promise<void> => {
    const typed = new FormData(form);
    const text = (key: string): string => {
      const value = typed.get(key);
      return typeof value === 'string' ? value.trim() : '';
    };
    const wanted = { phone: text('phone'), name: text('name'), note: text('note') };
    if (!/\d/.test(wanted.phone)) {
      setState('missing');
      return;
    }
    setState('sending');
    try {
      const outcome = await onCallBack({
        phone: wanted.phone,
        ...(wanted.name && { name: wanted.name }),
        ...(wanted.note && { note: wanted.note }),
      });
      if (outcome === 'taken') onTaken();
      else setState(outcome);
    } catch {
      setState('failed');
    }
  };

  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (state !== 'sending') void submit(event.currentTarget);
      }}
    >
      <p class="hint">{fill(texts.callBackSay, { name })}</p>
      <label for={`${id}-phone`}>{texts.phone}</label>
      <input
        id={`${id}-phone`}
        ref={phone}
        name="phone"
        type="tel"
        autocomplete="tel"
        required
        maxLength={LONGEST_PHONE}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-said` : undefined}
      />
      <p id={`${id}-said`} role="alert" class="failure">
        {said}
      </p>
      <label for={`${id}-name`}>{texts.yourName}</label>
      <input id={`${id}-name`} name="name" autocomplete="name" maxLength={LONGEST_NAME} />
      <label for={`${id}-note`}>{texts.note}</label>
      <textarea
        id={`${id}-note`}
        name="note"
        rows={2}
        maxLength={LONGEST_NOTE}
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} class="hint">
        {texts.noteHint}
      </p>
      <div class="form-buttons">
        <button type="submit" class="button" disabled={state === 'sending'}>
          {state === 'sending' ? `${texts.sending}…` : texts.askForCall}
        </button>
      </div>
    </form>
  );
}

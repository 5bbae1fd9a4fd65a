import { useId, useState } from 'preact/hooks';
import type { Texts } from '../i18n/en.ts';
import { useTexts } from '../i18n/language.ts';

interface FeedbackFormProps {
  readonly onSend: (reasons: readonly string[], remark: string) => void;
  readonly onCancel: () => void;
}

/** UTF-16 code units. */
const LONGEST_REMARK = 1_000;

export function FeedbackForm({ onSend, onCancel }: FeedbackFormProps) {
  const texts = useTexts();
  const id = useId();
  const [reasons, setReasons] = useState<readonly string[]>([]);
  const [remark, setRemark] = useState('');
  const codes = Object.keys(texts.reasons) as (keyof Texts['reasons'])[];
  return (
    <form
      class="feedback"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(reasons, remark.trim());
      }}
    >
      <fieldset>
        <legend>{texts.whyNot}</legend>
        {codes.map((code) => (
          <label key={code} class="reason">
            <input
              type="checkbox"
              checked={reasons.includes(code)}
              onChange={({ currentTarget }) =>
                setReasons(
                  currentTarget.checked
                    ? [...reasons, code]
                    : reasons.filter((reason) => reason !== code),
                )
              }
            />
            {texts.reasons[code]}
          </label>
        ))}
      </fieldset>
      <label for={id}>{texts.remark}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={LONGEST_REMARK}
        value={remark}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => setRemark(currentTarget.value)}
      />
      <p id={`${id}-hint`} class="hint">
        {texts.remarkHint}
      </p>
      <div class="form-buttons">
        <button type="submit" class="button">
          {texts.sendFeedback}
        </button>
        <button type="button" class="button button-quiet" onClick={onCancel}>
          {texts.cancel}
        </button>
      </div>
    </form>
  );
}

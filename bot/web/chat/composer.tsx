import { useEffect, useRef, useState } from 'preact/hooks';
import { fill, useTexts } from '../i18n/language.ts';
import { Icon } from './icons.tsx';

interface ComposerProps {
  readonly isEnded: boolean;
  readonly onSay: (text: string) => void;
}

/** Far more than a question; the server's own limit is higher. UTF-16 code units. */
const LIMIT = 4_000;

export function Composer({ isEnded, onSay }: ComposerProps) {
  const texts = useTexts();
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const isTooLong = text.length > LIMIT;

  useEffect(() => {
    const { current } = field;
    if (!current) return;
    // As high as its text, up to the limit in the style sheet.
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight}px`;
  }, [text]);

  const submit = (event: Event): void => {
    event.preventDefault();
    const said = text.trim();
    if (said === '' || isTooLong || isEnded) return;
    onSay(said);
    setText('');
    field.current?.focus();
  };

  return (
    <form class="composer" onSubmit={submit}>
      <label class="hidden" for="question">
        {texts.question}
      </label>
      <textarea
        id="question"
        ref={field}
        rows={1}
        value={text}
        placeholder={texts.questionHint}
        autocomplete="off"
        enterkeyhint="send"
        aria-invalid={isTooLong}
        aria-describedby={isTooLong ? 'too-long' : undefined}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
        }}
      />
      <button type="submit" class="send" aria-label={texts.send} title={texts.send}>
        <Icon name="send" />
      </button>
      {isTooLong && (
        <p id="too-long" class="too-long" role="alert">
          {fill(texts.tooLong, { limit: LIMIT })}
        </p>
      )}
    </form>
  );
}

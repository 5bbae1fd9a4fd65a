import { useEffect, useRef, useState } from 'preact/hooks';
import type { Reply } from '../../reply.ts';
import { useTexts } from '../i18n/language.ts';
import type { Feedback } from './chat-log.ts';
import { FeedbackForm } from './feedback-form.tsx';
import { Icon } from './icons.tsx';
import { answerAsText, copyText, mailAddress, printMessage } from './share.ts';

interface AnswerToolsProps {
  /** Of the message. */
  readonly id: string;
  readonly question: string;
  readonly reply: Reply;
  readonly onFeedback: (feedback: Feedback) => void;
}

/** How long "Copied" stands, in ms. */
const DONE_MS = 2_000;

export function AnswerTools({ id, question, reply, onFeedback }: AnswerToolsProps) {
  const texts = useTexts();
  const [rating, setRating] = useState<'up' | 'down' | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const tools = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), DONE_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const rate = (next: 'up' | 'down'): void => {
    if (next === rating) return;
    setRating(next);
    setAsking(next === 'down');
    // The thumb counts even if the form that follows is never filled in.
    onFeedback({ activityId: id, rating: next, reasons: [], remark: '' });
  };
  const whole = () => answerAsText(reply, question, texts);

  return (
    <div class="tools-row" ref={tools}>
      <div class="answer-tools" role="group" aria-label={texts.actions}>
        <button
          type="button"
          class="tool"
          aria-pressed={rating === 'up'}
          aria-label={texts.helpful}
          title={texts.helpful}
          onClick={() => rate('up')}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          class="tool"
          aria-pressed={rating === 'down'}
          aria-label={texts.unhelpful}
          title={texts.unhelpful}
          onClick={() => rate('down')}
        >
          <Icon name="down" />
        </button>
        <span class="gap" />
        <button
          type="button"
          class="tool"
          aria-label={isCopied ? texts.copied : texts.copy}
          title={texts.copy}
          onClick={() => void copyText(whole()).then(setCopied)}
        >
          <Icon name={isCopied ? 'done' : 'copy'} />
        </button>
        <button
          type="button"
          class="tool"
          aria-label={texts.print}
          title={texts.print}
          onClick={() => printMessage(tools.current)}
        >
          <Icon name="print" />
        </button>
        <a
          class="tool"
          href={mailAddress(texts.mailSubject, whole())}
          aria-label={texts.email}
          title={texts.email}
        >
          <Icon name="mail" />
        </a>
      </div>
      {isAsking && (
        <FeedbackForm
          onSend={(reasons, remark) => {
            setAsking(false);
            onFeedback({ activityId: id, rating: 'down', reasons, remark });
          }}
          onCancel={() => setAsking(false)}
        />
      )}
      <p class="thanks" role="status">
        {rating !== null && !isAsking ? texts.thanks : ''}
      </p>
    </div>
  );
}

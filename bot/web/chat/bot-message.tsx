import type { ComponentChildren } from 'preact';
import { orderNotices } from '../../channels/notice-order.ts';
import type { Notice, Reply } from '../../reply.ts';
import type { Texts } from '../i18n/en.ts';
import { useTexts } from '../i18n/language.ts';
import { AnswerText } from './answer-text.tsx';
import { AnswerTools } from './answer-tools.tsx';
import type { Feedback } from './chat-log.ts';
import { ContactButtons } from './contact-buttons.tsx';
import { Differences } from './differences.tsx';
import { type BotEntry, isDiscreet } from './entries.ts';
import { Icon } from './icons.tsx';
import { Sources } from './sources.tsx';
import type { Shown } from './source-sheet.tsx';

interface BotMessageProps {
  readonly entry: BotEntry;
  readonly isLast: boolean;
  readonly onAsk: (question: string) => void;
  readonly onSource: (shown: Shown) => void;
  readonly onFeedback: (feedback: Feedback) => void;
}

export function BotMessage({ entry, isLast, onAsk, onSource, onFeedback }: BotMessageProps) {
  const texts = useTexts();
  const { reply, question, key } = entry;
  const { before, after } = orderNotices(reply.notices);
  const heading = headingOf(reply, texts);
  const show = (marker: number): void => {
    const at = reply.citations.findIndex((citation) => citation.marker === marker);
    if (at >= 0) onSource({ citations: reply.citations, at, language: reply.language });
  };
  const isEscalation = reply.kind === 'escalation';
  // Other emergencies have their numbers in the banner too; these have no banner.
  const isFirst = isEscalation && reply.safety.rules.every(isDiscreet);

  return (
    <li class={`message message-bot kind-${isEscalation ? reply.safety.level : reply.kind}`}>
      <article>
        <p class="hidden">{texts.assistant}:</p>
        {heading && (
          <h2 class="kind">
            {isEscalation && <Icon name="alert" />}
            {heading}
          </h2>
        )}
        {before.map((notice) => (
          <NoticeBox key={notice.kind + notice.text} notice={notice} language={reply.language}>
            {isLast && notice.replies && (
              <Chips words={notice.replies} language={reply.language} onTap={onAsk} />
            )}
          </NoticeBox>
        ))}
        {isFirst && <ContactButtons contacts={reply.contacts} />}
        <AnswerText reply={reply} onMarker={show} />
        {!isFirst && <ContactButtons contacts={reply.contacts} />}
        {reply.differences.map((difference) => (
          <Differences
            key={difference.about}
            difference={difference}
            citations={reply.citations}
            language={reply.language}
            onMarker={show}
          />
        ))}
        {after.map((notice) => (
          <NoticeBox key={notice.kind + notice.text} notice={notice} language={reply.language} />
        ))}
        <Sources citations={reply.citations} language={reply.language} onMarker={show} />
        {reply.kind === 'answer' && (
          <AnswerTools id={key} question={question} reply={reply} onFeedback={onFeedback} />
        )}
      </article>
      {isLast && reply.suggestions.length > 0 && (
        <div class="suggestions">
          <p id={`next-${key}`}>
            {reply.kind === 'clarification' ? texts.choices : texts.suggestions}
          </p>
          {/* Whatever the language of the reply, the articles' is English. */}
          <Chips words={reply.suggestions} language="en" label={`next-${key}`} onTap={onAsk} />
        </div>
      )}
    </li>
  );
}

interface NoticeBoxProps {
  readonly notice: Notice;
  readonly language: string;
  readonly children?: ComponentChildren;
}

function NoticeBox({ notice: { kind, text }, language, children }: NoticeBoxProps) {
  const texts = useTexts();
  return (
    <div class={`notice notice-${kind}`}>
      <p class="notice-name">{texts.notices[kind]}</p>
      <p lang={language}>{text}</p>
      {children}
    </div>
  );
}

interface ChipsProps {
  readonly words: readonly string[];
  readonly language: string;
  /** Id of what names them; the text before them does if absent. */
  readonly label?: string;
  readonly onTap: (words: string) => void;
}

/** Words that are said by a tap. */
function Chips({ words, language, label, onTap }: ChipsProps) {
  return (
    <ul class="chips" {...(label && { 'aria-labelledby': label })}>
      {words.map((each) => (
        <li key={each}>
          <button type="button" class="chip" lang={language} onClick={() => onTap(each)}>
            {each}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** In the interface's language; null where the text speaks for itself. */
function headingOf(reply: Reply, texts: Texts): string | null {
  switch (reply.kind) {
    case 'escalation':
      return reply.safety.level === 'emergency' ? texts.emergency : texts.urgent;
    case 'unanswered':
      return reply.reason === 'fault' ? texts.trouble : texts.notAnswered;
    case 'handoff':
      return texts.handoff;
    case 'clarification':
      return texts.clarification;
    case 'answer':
    case 'smalltalk':
      return null;
  }
}

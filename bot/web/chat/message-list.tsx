import { useLayoutEffect, useRef } from 'preact/hooks';
import { fill, useTexts } from '../i18n/language.ts';
import { BotMessage } from './bot-message.tsx';
import type { ChatLog } from './chat-log.ts';
import type { VisitorEntry } from './entries.ts';
import { Icon } from './icons.tsx';
import type { Shown } from './source-sheet.tsx';

interface MessageListProps {
  readonly log: ChatLog;
  readonly awaiting: 'no' | 'yes' | 'slow';
  readonly name: string;
  readonly onSource: (shown: Shown) => void;
}

/** As in frame.css, in px. */
const SCROLL_PADDING = 16;

export function MessageList({ log, awaiting, name, onSource }: MessageListProps) {
  const texts = useTexts();
  const list = useRef<HTMLOListElement>(null);
  const { entries } = log;
  const last = entries.at(-1);

  useLayoutEffect(() => {
    const item = list.current?.lastElementChild;
    if (!item || !last) return;
    const room = (list.current?.parentElement?.clientHeight ?? 0) - 2 * SCROLL_PADDING;
    const asked = item.previousElementSibling;
    const both = asked
      ? item.getBoundingClientRect().bottom - asked.getBoundingClientRect().top
      : 0;
    // An answer is read from its top: the start of what is new, with its question if that is short.
    if (item.clientHeight <= room && (!asked || both <= room))
      item.scrollIntoView({ block: 'end' });
    else if (asked && asked.clientHeight < room / 4) asked.scrollIntoView({ block: 'start' });
    else item.scrollIntoView({ block: 'start' });
  }, [last?.key, awaiting]);

  if (entries.length === 0) return null;
  return (
    <ol class="messages" ref={list}>
      {entries.map((entry) => {
        switch (entry.from) {
          case 'visitor':
            return <VisitorMessage key={entry.key} entry={entry} onRetry={log.sendAgain} />;
          case 'team':
            return (
              <li key={entry.key} class="message message-team">
                <p class="team-name">
                  <Icon name="person" />
                  {fill(texts.team, { name })}
                </p>
                <p class="words">{entry.text}</p>
              </li>
            );
          case 'bot':
            return (
              <BotMessage
                key={entry.key}
                entry={entry}
                isLast={entry === last}
                onAsk={log.say}
                onSource={onSource}
                onFeedback={log.sendFeedback}
              />
            );
        }
      })}
      {awaiting !== 'no' && (
        <li class="message message-waiting" key="waiting">
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span>{awaiting === 'slow' ? texts.slow : `${texts.looking}…`}</span>
        </li>
      )}
    </ol>
  );
}

interface VisitorMessageProps {
  readonly entry: VisitorEntry;
  readonly onRetry: (entry: VisitorEntry) => void;
}

function VisitorMessage({ entry, onRetry }: VisitorMessageProps) {
  const texts = useTexts();
  return (
    <li class="message message-visitor">
      <p class="bubble">
        <span class="hidden">{texts.you}: </span>
        {entry.text}
      </p>
      {entry.delivery === 'waiting' && (
        <p class="delivery">
          {texts.waitingToSend}{' '}
          <button type="button" class="link-button" onClick={() => onRetry(entry)}>
            {texts.retry}
          </button>
        </p>
      )}
    </li>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { dropMarkers } from '../../channels/markers.ts';
import { fill, useTexts } from '../i18n/language.ts';
import type { Entries, Entry } from './entries.ts';

interface AnnouncerProps {
  readonly entries: Entries;
  readonly fresh: ReadonlySet<string>;
  /** Something other than a message that has happened. */
  readonly said: string;
  readonly name: string;
}

/**
 * Reads each new message once. The list itself is no live region: it changes with every delivery,
 * thumb and chip, and would be read again.
 */
export function Announcer({ entries, fresh, said, name }: AnnouncerProps) {
  const texts = useTexts();
  const read = useRef(new Set<string>());
  const [polite, setPolite] = useState<Entry | null>(null);
  const [alarm, setAlarm] = useState<Entry | null>(null);

  useEffect(() => {
    const unread = entries.filter(
      ({ from, key }) => from !== 'visitor' && fresh.has(key) && !read.current.has(key),
    );
    for (const entry of unread) {
      read.current.add(entry.key);
      if (entry.from === 'bot' && entry.reply.kind === 'escalation') setAlarm(entry);
      else setPolite(entry);
    }
    if (entries.length === 0) {
      setPolite(null);
      setAlarm(null);
    }
  }, [entries]);

  const words = (entry: Entry | null): string => {
    if (!entry || entry.from === 'visitor') return '';
    if (entry.from === 'team') return `${fill(texts.team, { name })}: ${entry.text}`;
    const { notices, text } = entry.reply;
    return [`${texts.assistant}:`, ...notices.map((notice) => notice.text), dropMarkers(text)].join(
      ' ',
    );
  };
  const languageOf = (entry: Entry | null) =>
    entry?.from === 'bot' ? entry.reply.language : undefined;

  return (
    <div class="hidden">
      <div role="log" aria-live="polite" aria-relevant="additions text">
        {polite && (
          <p key={polite.key} lang={languageOf(polite)}>
            {words(polite)}
          </p>
        )}
      </div>
      <div role="alert">
        {alarm && (
          <p key={alarm.key} lang={languageOf(alarm)}>
            {words(alarm)}
          </p>
        )}
      </div>
      <div role="status">{said}</div>
    </div>
  );
}

import { useEffect, useState } from 'preact/hooks';
import { fill, useTexts } from '../i18n/language.ts';
import { isOver, type Link } from './connection.ts';
import { dialable } from './settings.ts';

interface LinkStateProps {
  readonly link: Link;
  readonly phone: string | undefined;
  readonly onRetry: () => void;
  readonly onStartNew: () => void;
}

/** A drop that is over sooner than this is nobody's concern, in ms. */
const QUIET_MS = 900;

/** One line above the message box, only while something is wrong. */
export function LinkState({ link, phone, onRetry, onStartNew }: LinkStateProps) {
  const texts = useTexts();
  const shown = useLasting(link);
  const isQuiet = shown === 'online' || shown === 'connecting';
  return (
    <div role="status" class={isQuiet ? 'link' : `link link-${shown}`}>
      {shown === 'offline' && <p>{texts.offline}</p>}
      {shown === 'reconnecting' && <p>{texts.reconnecting}…</p>}
      {shown === 'failed' && <p>{texts.failed}</p>}
      {shown === 'ended' && <p>{texts.ended}</p>}
      {shown === 'deleted' && <p>{texts.removed}</p>}
      {shown === 'failed' && phone && (
        <a href={`tel:${dialable(phone)}`}>{fill(texts.callNumber, { number: phone })}</a>
      )}
      {(shown === 'reconnecting' || shown === 'failed') && (
        <button type="button" onClick={onRetry}>
          {texts.retry}
        </button>
      )}
      {isOver(shown) && (
        <button type="button" onClick={onStartNew}>
          {texts.startNew}
        </button>
      )}
    </div>
  );
}

/** While a failed line is tried again, what is shown stays, so that nothing flickers. */
function useLasting(link: Link): Link {
  const [shown, setShown] = useState(link);
  useEffect(() => {
    if (link === 'connecting') return;
    const timer = setTimeout(() => setShown(link), link === 'reconnecting' ? QUIET_MS : 0);
    return () => clearTimeout(timer);
  }, [link]);
  return shown;
}

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Connection, type Link, openConnection } from './connection.ts';
import { deleteConversation } from './direct-line-api.ts';
import { deliver, type Entries, isAwaitingReply, place, type VisitorEntry } from './entries.ts';
import { clearSession, loadSession } from './session.ts';

export interface ChatLog {
  readonly entries: Entries;
  readonly link: Link;
  /** A stored conversation is on its way. */
  readonly isRestoring: boolean;
  /** Keys of what came while the page was open: it is read out, what was restored is not. */
  readonly fresh: ReadonlySet<string>;
  readonly say: (text: string) => void;
  readonly sendAgain: (entry: VisitorEntry) => void;
  readonly sendFeedback: (value: Feedback) => void;
  /** Rejects where it could not be sent. */
  readonly callBack: (value: CallBack) => Promise<CallBackOutcome>;
  readonly reconnect: () => void;
  readonly startOver: () => void;
  /** Rejects where it could not be deleted. */
  readonly remove: () => Promise<void>;
}

/** The value of the `feedback` event; `activityId` is the message it is about. */
export interface Feedback {
  readonly activityId: string;
  readonly rating: 'up' | 'down';
  readonly reasons: readonly string[];
  readonly remark: string;
}

/** The value of the `callback` event. */
export interface CallBack {
  /** As it was typed; the server reads it. */
  readonly phone: string;
  readonly name?: string;
  readonly note?: string;
}

/** `unreadable`: the server could not read the number. What it says to a taken one is a message. */
export type CallBackOutcome = 'taken' | 'unreadable';

/** What arrives in one go after the line is open is history; this long a silence ends it, in ms. */
const HISTORY_SETTLES_MS = 700;

const VISITOR = { id: 'visitor', role: 'user' } as const;

/** `locale` goes with everything said, BCP 47. */
export function useChatLog(locale: string): ChatLog {
  const [entries, setEntries] = useState<Entries>([]);
  const [link, setLink] = useState<Link>('connecting');
  const [conversation, setConversation] = useState(0);
  const [isRestoring, setRestoring] = useState(() => loadSession() !== null);
  const connection = useRef<Connection | null>(null);
  const current = useRef<Entries>([]);
  const fresh = useRef(new Set<string>());

  const change = (next: Entries): void => {
    current.current = next;
    setEntries(next);
  };

  useEffect(() => {
    let settling: ReturnType<typeof setTimeout> | undefined;
    let isHistory = loadSession() !== null;
    const settle = (): void => {
      clearTimeout(settling);
      settling = setTimeout(() => {
        isHistory = false;
        setRestoring(false);
      }, HISTORY_SETTLES_MS);
    };
    setRestoring(isHistory);
    fresh.current = new Set();
    connection.current = openConnection({
      locale,
      onLink: (next) => {
        setLink(next);
        if (next === 'deleted') change([]);
        if (next === 'online') settle();
        else if (next !== 'connecting') setRestoring(false);
      },
      onActivity: (activity) => {
        if (isHistory) settle();
        else if (activity.id !== undefined) fresh.current.add(activity.id);
        change(place(current.current, activity));
      },
    });
    return () => {
      clearTimeout(settling);
      connection.current?.end();
    };
    // The interface may change its language in the middle of a conversation.
  }, [conversation]);

  const post = (key: string, text: string): void => {
    const activity = {
      type: 'message',
      from: VISITOR,
      text,
      locale,
      channelData: { clientActivityID: key },
    } as const;
    change(deliver(current.current, key, 'sending'));
    connection.current?.post(activity).catch(() => {
      // An answer that never came back may still have been taken: the echo then says so.
      change(deliver(current.current, key, 'waiting'));
    });
  };

  const isWaiting = entries.some(
    (entry) => entry.from === 'visitor' && entry.delivery === 'waiting',
  );
  useEffect(() => {
    if (link !== 'online' || !isWaiting) return;
    // Late enough for the echo of what did arrive.
    const sending = setTimeout(() => {
      for (const entry of current.current) {
        if (entry.from === 'visitor' && entry.delivery === 'waiting') post(entry.key, entry.text);
      }
    }, HISTORY_SETTLES_MS);
    return () => clearTimeout(sending);
  }, [link, isWaiting]);

  const event = (name: string, value: unknown) =>
    ({ type: 'event', name, from: VISITOR, locale, value }) as const;

  const startAnew = (): void => {
    connection.current?.end();
    clearSession();
    change([]);
    setLink('connecting');
    setConversation((count) => count + 1);
  };

  return useMemo(
    () => ({
      entries,
      link,
      isRestoring,
      fresh: fresh.current,
      say: (text) => {
        const key = crypto.randomUUID();
        change([...current.current, { from: 'visitor', key, text, delivery: 'sending' }]);
        post(key, text);
      },
      sendAgain: ({ key, text }) => post(key, text),
      sendFeedback: (value) => {
        // Lost feedback is not worth disturbing anybody for.
        connection.current?.post(event('feedback', value)).catch(() => {});
      },
      callBack: async (value) => {
        if (!connection.current) throw new Error('not connected');
        try {
          await connection.current.post(event('callback', value));
          return 'taken';
        } catch (error) {
          // Of the client library's request.
          if ((error as { readonly status?: number }).status === 400) return 'unreadable';
          throw error;
        }
      },
      reconnect: () => connection.current?.reconnect(),
      startOver: startAnew,
      remove: async () => {
        const session = connection.current?.session();
        if (session) await deleteConversation(session);
        startAnew();
      },
    }),
    [entries, link, isRestoring, locale],
  );
}

/** Longest silence before the visitor is told that it is not their fault, in ms. */
const SLOW_AFTER_MS = 12_000;

export function useAwaiting(entries: Entries): 'no' | 'yes' | 'slow' {
  const awaiting = isAwaitingReply(entries);
  const [slow, setSlow] = useState(false);
  const last = entries.at(-1)?.key;
  useEffect(() => {
    setSlow(false);
    if (!awaiting) return;
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [awaiting, last]);
  if (!awaiting) return 'no';
  return slow ? 'slow' : 'yes';
}

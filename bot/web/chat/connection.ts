import type { Activity, DirectLine } from 'botframework-directlinejs';
import { DIRECT_LINE, generateSession, renewSession } from './direct-line-api.ts';
import { clearSession, loadSession, saveSession, type Session } from './session.ts';

/**
 * How the page stands to the bot. `ended` and `deleted`: the conversation is over, not only the line
 * to it; what was said in a deleted one is to be seen no more.
 */
export type Link =
  | 'connecting'
  | 'online'
  | 'reconnecting'
  | 'offline'
  | 'failed'
  | 'ended'
  | 'deleted';

export function isOver(link: Link): boolean {
  return link === 'ended' || link === 'deleted';
}

export interface Connection {
  /**
   * Waits for a line that is being opened. Rejects where there will be none, and where the bot did
   * not take it; it may be sent again.
   */
  readonly post: (activity: Activity) => Promise<void>;
  /** At once, rather than when the client library's own pause is over. */
  readonly reconnect: () => void;
  readonly session: () => Session | null;
  readonly end: () => void;
}

interface Listener {
  readonly locale: string;
  readonly onLink: (link: Link) => void;
  readonly onActivity: (activity: Activity) => void;
}

/** One request, a pause between attempts and the pings of a socket, in ms. */
const TIMEOUT_MS = 6_000;

/** From the start to an open line, in ms; one that takes longer has failed. */
const OPENS_WITHIN_MS = 20_000;

/** Before a start that failed is tried again, doubled each time, in ms. */
const FIRST_PAUSE_MS = 1_500;
const LONGEST_PAUSE_MS = 30_000;

/** How the server closes the socket of a conversation that is deleted; of others it never does. */
const DELETED = 1000;

/** Sockets that never opened, after which the page polls: some company networks let none through. */
const MOST_DEAD_SOCKETS = 3;

/**
 * Opens the stored conversation, or a new one, and keeps it open. Every activity of the conversation
 * arrives at least once, in order, after each reconnect too: the listener tells repeats by their id.
 */
export function openConnection({ locale, onLink, onActivity }: Listener): Connection {
  let session = loadSession();
  let line: DirectLine | null = null;
  let attempt = 0;
  let deadSockets = 0;
  let failures = 0;
  let nextStart: ReturnType<typeof setTimeout> | undefined;
  let link: Link = 'connecting';
  let waiting: ((line: DirectLine | null) => void)[] = [];

  const report = (next: Link): void => {
    link = next;
    if (next === 'online') failures = 0;
    onLink(next);
  };

  /** null: there will be no line before the next start. */
  const tellWaiting = (opened: DirectLine | null): void => {
    const told = waiting;
    waiting = [];
    for (const tell of told) tell(opened);
  };

  const hangUp = (): void => {
    attempt += 1;
    line?.end();
    line = null;
  };

  const fail = (): void => {
    hangUp();
    tellWaiting(null);
    report(navigator.onLine ? 'failed' : 'offline');
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    failures += 1;
    // Spread, or every page of a server that comes back would be there at once.
    nextStart = setTimeout(() => void start(), pause * (1 + Math.random() / 2));
  };

  const start = async (): Promise<void> => {
    hangUp();
    clearTimeout(nextStart);
    const mine = attempt;
    const isCurrent = (): boolean => mine === attempt;
    report(navigator.onLine ? 'connecting' : 'offline');
    setTimeout(() => {
      if (isCurrent() && link === 'connecting') fail();
    }, OPENS_WITHIN_MS);
    try {
      const client = import('botframework-directlinejs');
      const had = session;
      const kept = had && (await renewSession(had));
      if (!isCurrent()) return;
      if (kept === 'ended' || kept === 'deleted') {
        session = null;
        clearSession();
        tellWaiting(null);
        report(kept);
        return;
      }
      session = kept ?? (await generateSession());
      const { DirectLine, ConnectionStatus } = await client;
      if (!isCurrent()) return;

      /** The library says nothing when a socket drops; the visitor wants to know. */
      class WatchedSocket extends WebSocket {
        constructor(url: string | URL) {
          super(url);
          let opened = false;
          this.addEventListener('open', () => {
            opened = true;
            deadSockets = 0;
            // A socket that was opening when the network went away may still say that it is open.
            if (isCurrent()) report(navigator.onLine ? 'online' : 'offline');
          });
          this.addEventListener('close', ({ code }) => {
            if (!isCurrent()) return;
            if (!opened) deadSockets += 1;
            if (deadSockets === MOST_DEAD_SOCKETS || code === DELETED) void start();
            else report(navigator.onLine ? 'reconnecting' : 'offline');
          });
        }
      }
      const polls = deadSockets >= MOST_DEAD_SOCKETS;
      const opened = new DirectLine({
        domain: DIRECT_LINE,
        token: session.token,
        ...(kept && { conversationId: kept.conversationId }),
        webSocket: !polls,
        timeout: TIMEOUT_MS,
        conversationStartProperties: { locale },
        WebSocket: WatchedSocket,
        // It waits 3 + 12 * random s before it reconnects: this makes it 1.2 to 4.8 s, still spread.
        random: () => Math.random() * 0.3 - 0.15,
      });
      line = opened;
      tellWaiting(opened);
      opened.connectionStatus$.subscribe((status) => {
        if (!isCurrent()) return;
        if (status === ConnectionStatus.Online) {
          if (session) saveSession(session);
          if (polls) report(navigator.onLine ? 'online' : 'offline');
        } else if (status === ConnectionStatus.FailedToConnect) fail();
        else if (status === ConnectionStatus.ExpiredToken) void start();
      });
      opened.activity$.subscribe(
        (activity) => {
          if (isCurrent()) onActivity(activity);
        },
        () => {
          // Its error says neither why nor what is left; a renewal does, but not over and over.
          if (!isCurrent()) return;
          if (failures > 0) fail();
          else {
            failures = 1;
            void start();
          }
        },
        () => {
          if (isCurrent()) setTimeout(() => isCurrent() && void start(), TIMEOUT_MS);
        },
      );
    } catch {
      if (isCurrent()) fail();
    }
  };

  const back = (): void => {
    if (link !== 'online' && !isOver(link)) void start();
  };
  const away = (): void => {
    if (!isOver(link)) report('offline');
  };
  window.addEventListener('online', back);
  window.addEventListener('offline', away);
  void start();

  return {
    post: async (activity) => {
      const isHopeless = link === 'offline' || link === 'failed' || isOver(link);
      const opened = isHopeless
        ? null
        : (line ?? (await new Promise<DirectLine | null>((tell) => waiting.push(tell))));
      if (!opened) throw new Error('not connected');
      await new Promise<void>((sent, failed) => {
        const refuse = (): void => failed(new Error('not taken'));
        opened.postActivity(activity).subscribe(
          (id: string) => {
            if (id === 'retry') refuse();
            else sent();
          },
          failed,
          refuse,
        );
      });
    },
    reconnect: () => void start(),
    session: () => session,
    end: () => {
      hangUp();
      clearTimeout(nextStart);
      tellWaiting(null);
      window.removeEventListener('online', back);
      window.removeEventListener('offline', away);
    },
  };
}

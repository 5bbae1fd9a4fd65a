import type { Activity, DirectLine } from 'botframework-directlinejs';
import { DIRECT_LINE, generateSession, renewSession } from './direct-line-api.ts';
import { clearSession, loadSession, saveSession, type Session } from './session.ts';

/** How the page stands to the bot. `ended`: the conversation is gone, not only the line to it. */
export type Link = 'connecting' | 'online' | 'reconnecting' | 'offline' | 'failed' | 'ended';

export interface Connection {
  /** Rejects where the bot did not take it; it may be sent again. */
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
  let link: Link = 'connecting';

  const report = (next: Link): void => {
    link = next;
    onLink(next);
  };

  const hangUp = (): void => {
    attempt += 1;
    line?.end();
    line = null;
  };

  const start = async (): Promise<void> => {
    hangUp();
    const mine = attempt;
    const isCurrent = (): boolean => mine === attempt;
    report(navigator.onLine ? 'connecting' : 'offline');
    try {
      const client = import('botframework-directlinejs');
      const had = session;
      const kept = had && (await renewSession(had));
      if (!isCurrent()) return;
      if (had && !kept) {
        session = null;
        clearSession();
        report('ended');
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
          this.addEventListener('close', () => {
            if (!isCurrent()) return;
            if (!opened) deadSockets += 1;
            if (deadSockets === MOST_DEAD_SOCKETS) void start();
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
      opened.connectionStatus$.subscribe((status) => {
        if (!isCurrent()) return;
        if (status === ConnectionStatus.Online) {
          if (session) saveSession(session);
          if (polls) report(navigator.onLine ? 'online' : 'offline');
        } else if (status === ConnectionStatus.FailedToConnect) report('failed');
        else if (status === ConnectionStatus.ExpiredToken) void start();
      });
      opened.activity$.subscribe(
        (activity) => {
          if (isCurrent()) onActivity(activity);
        },
        () => {
          // Its error says neither why nor what is left; a renewal does.
          if (isCurrent() && link !== 'failed') void start();
        },
        () => {
          if (isCurrent()) setTimeout(() => isCurrent() && void start(), TIMEOUT_MS);
        },
      );
    } catch {
      if (isCurrent()) report(navigator.onLine ? 'failed' : 'offline');
    }
  };

  const back = (): void => {
    if (link !== 'online' && link !== 'ended') void start();
  };
  const away = (): void => {
    if (link !== 'ended') report('offline');
  };
  window.addEventListener('online', back);
  window.addEventListener('offline', away);
  void start();

  return {
    post: (activity) =>
      new Promise((sent, failed) => {
        if (!line || link === 'offline') {
          failed(new Error('not connected'));
          return;
        }
        line.postActivity(activity).subscribe((id: string) => {
          if (id === 'retry') failed(new Error('not taken'));
          else sent();
        }, failed);
      }),
    reconnect: () => void start(),
    session: () => session,
    end: () => {
      hangUp();
      window.removeEventListener('online', back);
      window.removeEventListener('offline', away);
    },
  };
}

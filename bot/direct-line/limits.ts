/**
 * What one address, one conversation and the process as a whole may use. A whole waiting room shares
 * one address, and so does everyone behind a proxy that does not name its visitors.
 */
export interface Limits {
  /** New tokens and conversations, per address and minute. */
  readonly startsPerMinute: number;
  /** Activities posted, per address and minute. */
  readonly activitiesPerMinute: number;
  /** Requests to be called back, per address and minute. */
  readonly callbacksPerMinute: number;
  /** The same, per conversation and hour. */
  readonly callbacksPerConversation: number;
  /** Messages of one conversation that wait for their turn. */
  readonly waitingPerConversation: number;
  /** Messages of all conversations that wait for their turn. */
  readonly waiting: number;
  /** The newest streams of a conversation win. */
  readonly streamsPerConversation: number;
  readonly streams: number;
  /** UTF-16 code units of one message; screening is held to a few milliseconds up to here. */
  readonly textLength: number;
  readonly pingMs: number;
  /** A stream on which nothing was said for this long is closed. */
  readonly idleMs: number;
  /** A frame that takes longer to leave closes its stream. */
  readonly slowMs: number;
  /** What turns that are running get when the server stops. */
  readonly drainMs: number;
}

export const LIMITS: Limits = {
  startsPerMinute: 600,
  activitiesPerMinute: 1200,
  callbacksPerMinute: 30,
  callbacksPerConversation: 5,
  waitingPerConversation: 20,
  waiting: 1000,
  streamsPerConversation: 5,
  streams: 2000,
  textLength: 30_000,
  pingMs: 30_000,
  idleMs: 60 * 60_000,
  slowMs: 10_000,
  drainMs: 8000,
};

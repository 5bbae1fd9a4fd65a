import { setTimeout as delay } from 'node:timers/promises';
import type { LogEntry } from '../store/activity-log.ts';
import type { Limits } from './limits.ts';
import { CLOSED } from './stream.ts';
import type { Stream } from './stream.ts';

/** What a client gets to close its side before the connection is cut. */
const GOODBYE_MS = 500;

/** The open streams by conversation; nothing is kept of a conversation without one. */
export class Streams {
  readonly #limits: Limits;
  readonly #byConversation = new Map<string, Set<Stream>>();
  /** With those that have been told to close and have not yet. */
  readonly #all = new Set<Stream>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#heartbeat = setInterval(() => {
      for (const stream of this.#all) stream.beat();
    }, limits.pingMs);
    this.#heartbeat.unref();
  }

  get size(): number {
    return this.#all.size;
  }

  get isFull(): boolean {
    return this.#all.size >= this.#limits.streams;
  }

  /** Where a conversation has its number of streams already, its oldest goes. */
  add(stream: Stream): void {
    const { conversationId } = stream;
    const [oldest, ...newer] = this.#of(conversationId);
    if (oldest && newer.length + 1 >= this.#limits.streamsPerConversation) {
      this.#leave(oldest);
      oldest.close(CLOSED.replaced, 'replaced by a newer stream');
    }
    const streams = this.#of(conversationId);
    this.#byConversation.set(conversationId, streams.add(stream));
    this.#all.add(stream);
    stream.onClose(() => {
      this.#leave(stream);
      this.#all.delete(stream);
    });
    stream.wake();
  }

  wake(conversationId: string): void {
    for (const stream of this.#of(conversationId)) stream.wake();
  }

  flash(conversationId: string, entry: Omit<LogEntry, 'position'>): void {
    for (const stream of this.#of(conversationId)) stream.flash(entry);
  }

  end(conversationId: string): void {
    for (const stream of this.#of(conversationId))
      stream.close(CLOSED.normal, 'the conversation was deleted');
  }

  /** Tells every client to come back, to whoever is there then. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    for (const stream of this.#all) stream.close(CLOSED.goingAway, 'restarting');
    const deadline = performance.now() + GOODBYE_MS;
    while (this.#all.size > 0 && performance.now() < deadline) await delay(10);
    for (const stream of this.#all) stream.terminate();
  }

  #of(conversationId: string): Set<Stream> {
    return this.#byConversation.get(conversationId) ?? new Set();
  }

  #leave(stream: Stream): void {
    const streams = this.#of(stream.conversationId);
    streams.delete(stream);
    if (streams.size === 0) this.#byConversation.delete(stream.conversationId);
  }
}

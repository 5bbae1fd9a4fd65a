import type { WebSocket } from 'ws';
import type { ActivityLog, LogEntry } from '../store/activity-log.ts';
import type { Logger } from '../log.ts';
import type { Limits } from './limits.ts';
import type { Access } from './token.ts';
import { frame, toFrames, toWire } from './wire.ts';

const PAGE = 50;

/** Unlogged frames that wait for their turn: typing, and what could not be stored. */
const MOST_FLASHES = 20;
const BUFFER_LIMIT_BYTES = 1024 * 1024;

/** WebSocket close codes (RFC 6455, section 7.4.1 and the IANA registry behind it). */
export const CLOSED = {
  normal: 1000,
  goingAway: 1001,
  replaced: 1008,
  fault: 1011,
  tryAgainLater: 1013,
} as const;

/**
 * One client's view of a log. It reads the log itself, behind the position it has sent up to, and
 * sends the next frame once the last has left: each entry goes out once, in order, whoever appended
 * it, and a client that does not read costs one frame.
 */
export class Stream {
  /** `conversationKey`. */
  readonly conversationId: string;
  readonly #socket: WebSocket;
  readonly #access: Access;
  readonly #read: ActivityLog['read'];
  readonly #limits: Limits;
  readonly #log: Logger;
  #position: number;
  #flashes: { readonly json: string; readonly isTyping: boolean }[] = [];
  #isBehind = false;
  #isSending = false;
  #isAlive = true;
  #usedAt = performance.now();

  constructor(
    socket: WebSocket,
    from: { conversationId: string; access: Access; position: number },
    deps: { read: ActivityLog['read']; limits: Limits; log: Logger },
  ) {
    this.#socket = socket;
    this.conversationId = from.conversationId;
    this.#access = from.access;
    this.#position = from.position;
    this.#read = deps.read;
    this.#limits = deps.limits;
    this.#log = deps.log;
    // The clients ping with empty messages; anything else they send here is nobody's.
    const alive = (): void => {
      this.#isAlive = true;
    };
    socket.on('message', alive);
    socket.on('pong', alive);
    // What went wrong shows in the close that follows; without a listener it would be thrown.
    socket.on('error', () => {});
  }

  onClose(listener: () => void): void {
    this.#socket.once('close', listener);
  }

  /** The log has grown, or may have. */
  wake(): void {
    this.#isBehind = true;
    if (!this.#isSending) void this.#catchUp();
  }

  /** Shows what is not in the log, behind what is being sent. Typing shows in front of an answer only. */
  flash(entry: Omit<LogEntry, 'position'>): void {
    const isTyping = entry.body.type === 'typing';
    if (this.#flashes.length >= MOST_FLASHES) this.#flashes.shift();
    this.#flashes.push({ json: JSON.stringify(toWire(entry, this.#access)), isTyping });
    if (!this.#isSending) this.#sendFlashes();
  }

  /** Called every `pingMs`: a peer that has not answered since is gone. */
  beat(): void {
    if (!this.#isAlive) this.#socket.terminate();
    else if (performance.now() - this.#usedAt > this.#limits.idleMs)
      this.close(CLOSED.goingAway, 'idle');
    else {
      this.#isAlive = false;
      this.#socket.ping();
    }
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  async #catchUp(): Promise<void> {
    this.#isSending = true;
    try {
      while (this.#isBehind && this.#isOpen) {
        this.#isBehind = false;
        const entries = await this.#read(this.conversationId, this.#position, PAGE);
        if (entries.length === PAGE) this.#isBehind = true;
        if (entries.some(({ sender }) => sender !== 'user'))
          this.#flashes = this.#flashes.filter(({ isTyping }) => !isTyping);
        for (const { json, position } of toFrames(entries, this.#access)) {
          if (!this.#isOpen) return;
          await this.#send(json);
          this.#position = position;
        }
        if (!this.#isBehind) this.#sendFlashes();
      }
    } catch (error) {
      // A socket that closed under us has nothing more to be told.
      if (!this.#isOpen) return;
      this.#log.error({ err: error }, 'fault in a stream');
      this.close(CLOSED.fault, 'reconnect');
    } finally {
      this.#isSending = false;
    }
  }

  #sendFlashes(): void {
    for (const { json } of this.#flashes.splice(0)) {
      if (!this.#isOpen) return;
      this.#socket.send(frame([json], this.#position));
    }
    if (this.#socket.bufferedAmount > BUFFER_LIMIT_BYTES)
      this.close(CLOSED.tryAgainLater, 'too slow; resume by watermark');
  }

  /** Resolves when the frame has left this process. */
  async #send(json: string): Promise<void> {
    this.#usedAt = performance.now();
    const timer = setTimeout(
      () => this.close(CLOSED.tryAgainLater, 'too slow; resume by watermark'),
      this.#limits.slowMs,
    );
    try {
      await new Promise<void>((sent, failed) => {
        this.#socket.send(json, (error) => (error ? failed(error) : sent()));
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

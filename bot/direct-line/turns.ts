import { setTimeout as delay } from 'node:timers/promises';
import { TurnQueue } from '../queue.ts';
import type { Limits } from './limits.ts';

/**
 * The work under way for conversations, in order for each. A client's post is answered when its
 * message is logged, not when it is answered, so what still runs is known here only.
 */
export class Turns {
  readonly #limits: Pick<Limits, 'waiting' | 'waitingPerConversation'>;
  readonly #queue = new TurnQueue();
  readonly #running = new Map<string, number>();
  #size = 0;

  constructor(limits: Pick<Limits, 'waiting' | 'waitingPerConversation'>) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#size;
  }

  isFull(conversationId: string): boolean {
    return (
      this.#size >= this.#limits.waiting ||
      (this.#running.get(conversationId) ?? 0) >= this.#limits.waitingPerConversation
    );
  }

  async run<Result>(conversationId: string, task: () => Promise<Result>): Promise<Result> {
    this.#count(conversationId, 1);
    try {
      return await this.#queue.run(conversationId, task);
    } finally {
      this.#count(conversationId, -1);
    }
  }

  /** Resolves when nothing runs, or after `ms`. */
  async drain(ms: number): Promise<void> {
    const deadline = performance.now() + ms;
    while (this.#size > 0 && performance.now() < deadline) await delay(10);
  }

  #count(conversationId: string, by: number): void {
    const count = (this.#running.get(conversationId) ?? 0) + by;
    if (count === 0) this.#running.delete(conversationId);
    else this.#running.set(conversationId, count);
    this.#size += by;
  }
}

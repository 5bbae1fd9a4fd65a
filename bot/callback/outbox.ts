import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import { TurnQueue } from '../queue.ts';
import type { CallbackBook } from '../store/callback-book.ts';
import { postCallback } from './webhook.ts';
import type { Webhook } from './webhook.ts';

export interface OutboxTimes {
  /** For one POST, in ms. */
  readonly timeoutMs: number;
  /** Before the second, third, … attempt, in ms. */
  readonly waitsMs: readonly number[];
  /** From one look at everything that is pending to the next, in ms. */
  readonly sweepMs: number;
}

const TIMES: OutboxTimes = {
  timeoutMs: 10_000,
  waitsMs: [2000, 10_000, 60_000],
  sweepMs: 15 * 60_000,
};

/** POSTs at the same time. */
const LANES = 4;

/** Requests that one look takes up; those behind them wait for the next. */
const MOST_SWEPT = 1000;

interface OutboxDeps {
  readonly callbacks: CallbackBook;
  /** undefined: requests are kept and nothing is sent. */
  readonly webhook: Webhook | undefined;
  readonly log: Logger;
  readonly times?: Partial<OutboxTimes>;
}

/**
 * Hands requests to be called back to the clinic's webhook, at least once each: one is pending in the
 * store until it was answered with 2xx, and what is pending is taken up again at start and at each
 * sweep. The log names requests by id only.
 */
export class Outbox {
  readonly #callbacks: CallbackBook;
  readonly #webhook: Webhook | undefined;
  readonly #log: Logger;
  readonly #times: OutboxTimes;
  readonly #lanes = new TurnQueue();
  readonly #sending = new Map<string, Promise<void>>();
  readonly #stopped = new AbortController();
  #sweeps: NodeJS.Timeout | undefined;
  #lane = 0;

  constructor({ callbacks, webhook, log, times }: OutboxDeps) {
    this.#callbacks = callbacks;
    this.#webhook = webhook;
    this.#log = log;
    this.#times = { ...TIMES, ...times };
  }

  /** Says how many requests wait, and where there is a webhook begins to send them. */
  async start(): Promise<void> {
    const waiting = await this.#callbacks.countPending();
    if (!this.#webhook) {
      const say =
        'call-back requests wait in the store: npm run callbacks (no HANDOFF_WEBHOOK_URL)';
      if (waiting > 0) this.#log.warn({ waiting }, say);
      else this.#log.info({ waiting }, say);
      return;
    }
    this.#log.info({ waiting }, 'call-back requests go to the webhook');
    await this.#sweep();
    this.#sweeps = setInterval(() => void this.#sweep(), this.#times.sweepMs);
    this.#sweeps.unref();
  }

  /** A request is in the store. */
  kept(id: string): void {
    if (this.#webhook) this.#send(id, this.#webhook);
    else this.#log.info({ callback: id }, 'a call-back request waits in the store');
  }

  /** Gives up what is on its way: it stays pending. */
  async stop(): Promise<void> {
    clearInterval(this.#sweeps);
    this.#stopped.abort();
    await Promise.all(this.#sending.values());
  }

  async #sweep(): Promise<void> {
    const webhook = this.#webhook;
    if (!webhook) return;
    try {
      for (const { id } of await this.#callbacks.allPending(MOST_SWEPT)) this.#send(id, webhook);
    } catch (error) {
      this.#log.error({ err: error }, 'call-back requests could not be read');
    }
  }

  #send(id: string, webhook: Webhook): void {
    if (this.#sending.has(id) || this.#stopped.signal.aborted) return;
    const sending = this.#attempts(id, webhook)
      .catch((error: unknown) => {
        this.#log.error({ err: error, callback: id }, 'fault in the outbox');
      })
      .finally(() => this.#sending.delete(id));
    this.#sending.set(id, sending);
  }

  async #attempts(id: string, webhook: Webhook): Promise<void> {
    const { signal } = this.#stopped;
    for (const waitMs of [0, ...this.#times.waitsMs]) {
      if (waitMs > 0) await delay(waitMs, null, { signal, ref: false }).catch(() => {});
      if (signal.aborted || (await this.#attempt(id, webhook))) return;
    }
    this.#log.error({ callback: id }, 'the webhook has not taken a call-back request; it waits');
  }

  /** Whether there is nothing left to send. */
  async #attempt(id: string, webhook: Webhook): Promise<boolean> {
    this.#lane = (this.#lane + 1) % LANES;
    return this.#lanes.run(String(this.#lane), async () => {
      if (this.#stopped.signal.aborted) return true;
      // Read again each time: it may have been deleted, closed, or taken by another process's POST.
      const callback = await this.#callbacks.pending(id);
      if (!callback) return true;
      const limit = AbortSignal.timeout(this.#times.timeoutMs);
      const posted = await postCallback(
        callback,
        webhook,
        AbortSignal.any([this.#stopped.signal, limit]),
      );
      if (posted.kind === 'taken') {
        await this.#callbacks.markSent(id);
        this.#log.info({ callback: id }, 'the webhook has taken a call-back request');
        return true;
      }
      if (this.#stopped.signal.aborted) return true;
      const why = posted.kind === 'refused' ? { status: posted.status } : { err: posted.cause };
      this.#log.warn({ callback: id, ...why }, 'the webhook did not take a call-back request');
      return false;
    });
  }
}

import type { AIMessage, BaseMessage, UsageMetadata } from '@langchain/core/messages';
import { type Runnable, RunnableSequence } from '@langchain/core/runnables';
import type { z } from 'zod';
import type { ChatChoice } from '../config.ts';
import type { ModelCall, ModelLog } from '../store/model-log.ts';
import type { Breaker } from './breaker.ts';
import type { Chat } from './chat.ts';
import type { Deadline } from './deadline.ts';

/** Why nothing came of a call. */
export type Failure =
  | 'timeout'
  | 'rate-limited'
  /** A 4xx: the request, the key or the model's name is wrong. */
  | 'refused'
  /** A 5xx, no connection, or an answer that breaks off. */
  | 'unavailable'
  | 'junk'
  | 'empty'
  /** Not asked: it failed too often just now, or asked for a pause. */
  | 'resting'
  /** Not asked: the day's money is spent. */
  | 'over-budget';

export type Outcome<Value> =
  | { readonly kind: 'answered'; readonly value: Value; readonly cost: Cost }
  | { readonly kind: 'failed'; readonly why: Failure; readonly cost: Cost };

/** What a call took. */
export type Cost = Pick<ModelCall, 'inputTokens' | 'outputTokens' | 'microdollars' | 'ms'>;

export interface CallerDeps {
  readonly chat: Chat;
  readonly choice: Pick<ChatChoice, 'price' | 'dailyLimit'>;
  readonly breaker: Breaker;
  readonly log: Pick<ModelLog, 'spentSince'>;
  /** ms since the epoch. */
  readonly now: () => number;
}

const ATTEMPTS = 2;
const RETRY_AFTER_MS = 200;
/** A pause that a turn waits for; a longer one it leaves to the next turns. */
const LONGEST_WAIT_MS = 1_000;
/** Rest after a 429 that names no time. */
const RATE_LIMIT_REST_MS = 10_000;
const DAY_MS = 86_400_000;
/** Characters in a token, about, in English; for calls whose bill never came. */
const TOKEN_CHARACTERS = 4;

/** Asks a model for JSON, within time and money; whatever goes wrong is an outcome. */
export class Caller {
  readonly #deps: CallerDeps;

  constructor(deps: CallerDeps) {
    this.#deps = deps;
  }

  /**
   * What the model makes of the messages that `prompt` makes of `input`. `purpose` names the schema
   * to the model. Ends with the deadline, whatever the model does; never rejects.
   */
  async ask<Input, Value>(
    purpose: ModelCall['purpose'],
    prompt: Runnable<Input, BaseMessage[]>,
    input: Input,
    schema: z.ZodType<Value>,
    deadline: Deadline,
  ): Promise<Outcome<Value>> {
    const { breaker } = this.#deps;
    const startedAt = performance.now();
    const ended = new Promise<Outcome<Value>>((end) => {
      const timeOut = () =>
        end({ kind: 'failed', why: 'timeout', cost: this.#estimate(input, startedAt) });
      if (deadline.signal.aborted) timeOut();
      else deadline.signal.addEventListener('abort', timeOut, { once: true });
    });
    const outcome = await Promise.race([
      this.#attempt(purpose, prompt, input, schema, deadline, startedAt),
      ended,
    ]);
    if (outcome.kind === 'answered') breaker.succeed();
    // What we gave up ourselves says nothing about the model.
    else if (outcome.why === 'timeout' ? deadline.isOver : COUNTS_AGAINST.has(outcome.why)) {
      breaker.fail();
    }
    return outcome;
  }

  async #attempt<Input, Value>(
    purpose: ModelCall['purpose'],
    prompt: Runnable<Input, BaseMessage[]>,
    input: Input,
    schema: z.ZodType<Value>,
    deadline: Deadline,
    startedAt: number,
  ): Promise<Outcome<Value>> {
    const { chat, breaker } = this.#deps;
    const free = () => ({ ...NO_COST, ms: performance.now() - startedAt });
    if (breaker.isResting) return { kind: 'failed', why: 'resting', cost: free() };
    if (await this.#isSpent()) return { kind: 'failed', why: 'over-budget', cost: free() };
    const structured = chat.model.withStructuredOutput<Record<string, unknown>>(schema, {
      name: purpose,
      includeRaw: true,
      ...(chat.method && { method: chat.method }),
    });
    const chain = RunnableSequence.from<Input, { raw: BaseMessage; parsed: unknown }>([
      prompt,
      structured,
    ]);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { raw, parsed } = await chain.invoke(input, { signal: deadline.signal });
        const cost = this.#costOf(raw as AIMessage, input, startedAt);
        const read = schema.safeParse(parsed);
        if (read.success) return { kind: 'answered', value: read.data, cost };
        const isEmpty = typeof raw.content === 'string' && raw.content.trim() === '';
        return { kind: 'failed', why: isEmpty ? 'empty' : 'junk', cost };
      } catch (error) {
        const { why, retryAfterMs } = failureOf(error);
        if (deadline.signal.aborted || why === 'timeout') {
          return { kind: 'failed', why: 'timeout', cost: this.#estimate(input, startedAt) };
        }
        const waitMs = retryAfterMs ?? RETRY_AFTER_MS;
        const isWorthIt =
          (why === 'unavailable' || (why === 'rate-limited' && retryAfterMs !== undefined)) &&
          attempt < ATTEMPTS &&
          waitMs <= LONGEST_WAIT_MS &&
          waitMs < deadline.remainingMs / 2;
        if (!isWorthIt) {
          if (why === 'rate-limited') breaker.rest(retryAfterMs ?? RATE_LIMIT_REST_MS);
          const isBilled = why === 'junk' || why === 'unavailable';
          return {
            kind: 'failed',
            why,
            cost: isBilled ? this.#estimate(input, startedAt) : free(),
          };
        }
        await pause(waitMs, deadline.signal);
      }
    }
  }

  /** A record that cannot be read counts as spent: money is only spent where it is counted. */
  async #isSpent(): Promise<boolean> {
    const { choice, log, now } = this.#deps;
    if (choice.dailyLimit === undefined) return false;
    const today = Math.floor(now() / DAY_MS) * DAY_MS;
    return log.spentSince(today).then(
      (spent) => spent >= (choice.dailyLimit ?? 0) * 1e6,
      () => true,
    );
  }

  #costOf(raw: AIMessage, input: unknown, startedAt: number): Cost {
    const usage = raw.usage_metadata as UsageMetadata | undefined;
    return usage
      ? this.#priced(usage.input_tokens, usage.output_tokens, startedAt)
      : this.#estimate(input, startedAt);
  }

  #estimate(input: unknown, startedAt: number): Cost {
    const characters = JSON.stringify(input)?.length ?? 0;
    return this.#priced(Math.ceil(characters / TOKEN_CHARACTERS), 0, startedAt);
  }

  #priced(inputTokens: number, outputTokens: number, startedAt: number): Cost {
    const { price } = this.#deps.choice;
    // Dollars per million tokens are millionths of a dollar per token.
    const microdollars = price
      ? Math.ceil(inputTokens * price.input + outputTokens * price.output)
      : 0;
    return { inputTokens, outputTokens, microdollars, ms: performance.now() - startedAt };
  }
}

const COUNTS_AGAINST = new Set<Failure>(['refused', 'unavailable', 'junk', 'empty']);
const NO_COST: Cost = { inputTokens: 0, outputTokens: 0, microdollars: 0, ms: 0 };

/** By what the providers' clients throw: a status, an abort, a JSON parser's error, or a broken line. */
function failureOf(error: unknown): { why: Failure; retryAfterMs: number | undefined } {
  const { name, status, headers } = error as {
    name?: string;
    status?: unknown;
    headers?: { get?: (name: string) => string | null };
  };
  const retryAfterMs = retryAfter(headers?.get?.('retry-after-ms'), headers?.get?.('retry-after'));
  if (status === 429) return { why: 'rate-limited', retryAfterMs };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { why: status === 408 ? 'timeout' : 'refused', retryAfterMs: undefined };
  }
  if (name === 'TimeoutError' || name === 'AbortError' || name === 'APIConnectionTimeoutError') {
    return { why: 'timeout', retryAfterMs: undefined };
  }
  if (/Syntax|Pars|Zod/.test(`${name} ${error?.constructor?.name}`)) {
    return { why: 'junk', retryAfterMs: undefined };
  }
  return { why: 'unavailable', retryAfterMs: undefined };
}

/** Seconds, or an HTTP date. */
function retryAfter(
  inMs: string | null | undefined,
  header: string | null | undefined,
): number | undefined {
  if (inMs && Number.isFinite(Number(inMs))) return Number(inMs);
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
}

import type { ActivityBody, NewEntry } from '../store/activity-log.ts';
import { answerForm } from '../callback/receive.ts';
import type { Asked, CallbackDesk } from '../callback/receive.ts';
import { receiveMessage, receiveNewcomer } from '../receive.ts';
import type { Delivery, ReceiveDeps } from '../receive.ts';
import { TurnQueue } from '../queue.ts';
import type { CallbackForm } from '../store/callback-book.ts';
import type { Feedback } from '../store/feedback-book.ts';
import { conversationKey } from '../store/store.ts';
import type { Limits } from './limits.ts';
import type { Streams } from './streams.ts';
import { Turns } from './turns.ts';
import { CHANNEL_ID, isCallback, languageOf, randomId, textOf } from './wire.ts';

/** A message left unanswered by a process that died is answered by the next, if no older than this. */
const MAKE_UP_MS = 24 * 60 * 60_000;
const MOST_MADE_UP = 2000;
const MADE_UP_AT_ONCE = 4;

const HOUR_MS = 60 * 60_000;

/** As `ReceiveDeps`, with what becomes of requests to be called back. */
export interface ConversationDeps extends ReceiveDeps {
  readonly callbacks: CallbackDesk;
}

/** A message to a person's clients from elsewhere, such as staff. */
export interface Publication {
  /** Given twice in one conversation, it is shown once; random if absent. */
  readonly id?: string;
  readonly type: 'message';
  readonly text: string;
  readonly textFormat?: 'plain' | 'markdown';
  readonly from?: { readonly name: string };
  readonly channelData?: Readonly<Record<string, unknown>>;
}

/** `unknown`: no such conversation, or not any more. */
export type Outcome = 'done' | 'repeated' | 'unknown';

/** What happens in Direct Line conversations, whoever is connected. Ids are `conversationKey`s. */
export class Conversations {
  readonly #deps: ConversationDeps;
  readonly #streams: Streams;
  readonly #limits: Limits;
  readonly #turns: Turns;
  /** Logs one conversation's messages one at a time, so that they are answered as they were logged. */
  readonly #posts = new TurnQueue();
  readonly #ending = new Set<string>();
  /** Where an earlier process left something unanswered, until that is answered. */
  readonly #owed = new Set<string>();
  #madeUp = Promise.resolve();

  constructor(deps: ConversationDeps, streams: Streams, limits: Limits) {
    this.#deps = deps;
    this.#streams = streams;
    this.#limits = limits;
    this.#turns = new Turns(limits);
  }

  /** Messages taken and not yet answered. */
  get running(): number {
    return this.#turns.size;
  }

  /** undefined where there is no such conversation. */
  async length(id: string): Promise<number | undefined> {
    return this.#ending.has(id) ? undefined : this.#deps.store.activities.length(id);
  }

  /** A new one has its greeting in the log when this resolves. */
  async open(id: string): Promise<'new' | 'known' | 'ending'> {
    if (this.#ending.has(id)) return 'ending';
    if (!(await this.#deps.store.activities.open(id, CHANNEL_ID))) return 'known';
    const delivery = this.#delivery(id, null);
    await this.#turns.run(id, () =>
      receiveNewcomer(id, CHANNEL_ID, 'webchat', delivery, this.#deps),
    );
    return 'new';
  }

  /**
   * Logs a person's message and has it answered; resolves when it is logged. Where nothing can be
   * stored it is answered all the same, to who is connected: it may be an emergency.
   */
  post(entry: NewEntry, text: string): Promise<Outcome | 'busy'> {
    return this.#take(entry, async () => {
      const outcome = await this.#append(entry);
      if (outcome === 'done') this.#inTurn(entry, () => this.#answer(entry, text));
      return outcome;
    });
  }

  /**
   * Keeps a form, logs that it came and has it answered; resolves when it is kept. Rejects when it
   * cannot be stored: nobody is told that a request is kept which is not.
   */
  askCallback(entry: NewEntry, form: CallbackForm): Promise<Outcome | 'busy' | 'too-many'> {
    const { conversationId, id: activityId } = entry;
    const { store, callbacks } = this.#deps;
    return this.#take(entry, async () => {
      try {
        const asked = { conversationId, activityId, ...form };
        const most = this.#limits.callbacksPerConversation;
        const kept = await store.callbacks.keep(asked, most, Date.now() - HOUR_MS);
        if (kept.kind === 'too-many')
          this.#inTurn(entry, () => this.#answerForm(entry, form, false));
        if (kept.kind === 'too-many' || kept.kind === 'unknown') return kept.kind;
        if (kept.kind === 'kept') callbacks.kept(kept.id);
      } catch (error) {
        this.#inTurn(entry, () => this.#answerForm(entry, form, false));
        throw error;
      }
      const outcome = await this.#append(entry);
      if (outcome === 'done') this.#inTurn(entry, () => this.#answerForm(entry, form, true));
      return outcome;
    });
  }

  /** Answers an emergency in the note of a form that is not kept, and nothing else. */
  heedNote(entry: NewEntry, note: string | null): Promise<Outcome | 'busy'> {
    return this.#take(entry, async () => {
      const length = await this.#deps.store.activities.length(entry.conversationId);
      if (length === undefined) return 'unknown';
      this.#inTurn(entry, () => this.#answerForm(entry, { phone: '', note }, false));
      return 'done';
    });
  }

  /** False where the activity is no message of ours in the conversation. */
  rate(id: string, feedback: Feedback): Promise<boolean> {
    return this.#posts.run(
      id,
      async () => !this.#ending.has(id) && this.#deps.store.feedback.keep(id, feedback),
    );
  }

  /** Adds to the log and shows it to who is connected. Rejects when it cannot be stored. */
  async publish(id: string, { id: given, ...body }: Publication): Promise<Outcome> {
    const outcome = await this.#deps.store.activities.append({
      conversationId: id,
      id: given ?? randomId(),
      sender: 'staff',
      answers: null,
      body,
    });
    if (outcome === 'appended') this.#streams.wake(id);
    return outcome === 'appended' ? 'done' : outcome;
  }

  /** Forgets a conversation, once what still runs in it has ended. */
  async forget(id: string): Promise<void> {
    this.#ending.add(id);
    try {
      this.#streams.end(id);
      await this.#posts.run(id, () => Promise.resolve());
      await this.#turns.run(id, () => this.#deps.store.deleteConversation(id));
    } finally {
      this.#ending.delete(id);
    }
  }

  /** Answers what a process before this one logged and did not come to answer. */
  makeUp(): Promise<void> {
    this.#madeUp = this.#answerLeft().catch((error: unknown) => {
      this.#deps.log.error({ err: error }, 'what was left unanswered could not be read');
    });
    return this.#madeUp;
  }

  drain(ms: number): Promise<void> {
    return this.#turns.drain(ms);
  }

  async #answerLeft(): Promise<void> {
    const { store, log } = this.#deps;
    const since = Date.now() - MAKE_UP_MS;
    const left = await store.activities.unanswered(CHANNEL_ID, since, MOST_MADE_UP);
    if (left.length === 0) return;
    log.info({ messages: left.length }, 'answering what was left unanswered');
    for (const { conversationId } of left) this.#owed.add(conversationId);
    const entries = left.values();
    const lanes = Array.from({ length: MADE_UP_AT_ONCE }, async () => {
      for (const entry of entries) await this.#makeUpFor(entry);
    });
    await Promise.all(lanes);
    this.#owed.clear();
  }

  async #makeUpFor(entry: NewEntry): Promise<void> {
    if (!isCallback(entry)) {
      await this.#answer(entry, textOf(entry));
      return;
    }
    const form = await this.#deps.store.callbacks.askedBy(entry.conversationId, entry.id);
    if (form) await this.#answerForm(entry, form, true);
  }

  /** One after another within a conversation; nothing of one that is being deleted. */
  #take<Result>(
    { conversationId }: NewEntry,
    take: () => Promise<Result>,
  ): Promise<Result | 'busy' | 'unknown'> {
    if (this.#turns.isFull(conversationId)) return Promise.resolve('busy');
    return this.#posts.run(conversationId, async () =>
      this.#ending.has(conversationId) ? 'unknown' : take(),
    );
  }

  /** Behind what an earlier process has left unanswered in the conversation. */
  #inTurn({ conversationId }: NewEntry, answer: () => Promise<void>): void {
    const before = this.#owed.has(conversationId) ? this.#madeUp : undefined;
    if (before) void before.then(answer);
    else void answer();
  }

  #answerForm(entry: NewEntry, form: Asked['form'], isKept: boolean): Promise<void> {
    const { conversationId, id: activityId } = entry;
    const asked = { conversationId, channelId: CHANNEL_ID, activityId, form, isKept };
    const delivery = this.#delivery(conversationId, activityId);
    return this.#turns.run(conversationId, () =>
      answerForm(asked, languageOf(entry), 'webchat', delivery, this.#deps),
    );
  }

  #answer({ conversationId, id }: NewEntry, text: string): Promise<void> {
    const received = { conversationId, channelId: CHANNEL_ID, activityId: id, text };
    return this.#turns.run(conversationId, () =>
      receiveMessage(received, 'webchat', this.#delivery(conversationId, id), this.#deps),
    );
  }

  /** Never rejects: what cannot be stored is still shown. */
  #delivery(conversationId: string, answers: string | null): Delivery {
    const from = { conversationId, sender: 'bot', answers } as const;
    let sent = 0;
    return {
      send: async (reply, outgoing) => {
        for (const message of outgoing) {
          sent += 1;
          const channelData = { ...message.channelData, reply };
          const body: ActivityBody = { ...message, channelData };
          await this.#append({ ...from, id: `${answers ?? 'greeting'}.${sent}`, body });
        }
      },
      typing: () => {
        const body = { type: 'typing' } as const;
        this.#streams.flash(conversationId, {
          ...from,
          id: randomId(),
          body,
          createdAt: Date.now(),
        });
        return Promise.resolve();
      },
    };
  }

  async #append(entry: NewEntry): Promise<Outcome> {
    const { store, log } = this.#deps;
    try {
      const outcome = await store.activities.append(entry);
      if (outcome === 'appended') this.#streams.wake(entry.conversationId);
      return outcome === 'appended' ? 'done' : outcome;
    } catch (error) {
      log.error({ err: error }, 'an activity could not be stored');
      this.#streams.flash(entry.conversationId, { ...entry, createdAt: Date.now() });
      return 'done';
    }
  }
}

/** The key in the store of a conversation that clients know by its bare id. */
export function keyOf(conversationId: string): string {
  return conversationKey(CHANNEL_ID, conversationId);
}

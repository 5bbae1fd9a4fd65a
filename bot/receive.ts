import { Fault } from '../knowledge/fault.ts';
import { isCarrierWord } from './channels/carrier-words.ts';
import { presenters } from './channels/index.ts';
import { restForMore } from './channels/sms.ts';
import type { Outgoing } from './channels/outgoing.ts';
import type { Channel, Conversation } from './conversation.ts';
import { logName } from './log.ts';
import type { Logger } from './log.ts';
import type { TurnQueue } from './queue.ts';
import type { Reply } from './reply.ts';
import type { Trigger } from './safety/screen.ts';
import { faultReply, greetingReply, wordsPleaseReply } from './stock-reply.ts';
import type { Reachable } from './stock-reply.ts';
import type { Received, Store } from './store/store.ts';
import type { AnswerTurn } from './turn.ts';

/** What a turn is told of the conversation; an open emergency is repeated in our own last reply. */
export const MOST_PAST_MESSAGES = 50;

/** For one step of a turn: longer than any model, embedding or database that still works takes. */
const STEP_LIMIT_MS = 30_000;

export interface ReceiveDeps {
  /** bot/turn.ts, with everything it needs already given. */
  readonly answerTurn: AnswerTurn;
  /** What an escalation was based on; asked a second time, vectors are kept. */
  readonly triggersOf: (
    utterance: string,
    past: Conversation,
    reply: Reply,
  ) => Promise<readonly Trigger[]>;
  readonly store: Store;
  readonly queue: TurnQueue;
  readonly clinic: Reachable;
  readonly greeting: string;
  readonly log: Logger;
  /** For an answer, in ms; half a minute if absent. */
  readonly turnLimitMs?: number;
}

/** How the channel at hand takes what we say. Each rejects when the channel does not take it. */
export interface Delivery {
  send(reply: Reply, outgoing: readonly Outgoing[]): Promise<void>;
  /** Absent where nobody would see it. */
  typing?(): Promise<void>;
}

/**
 * Takes in one message: stores it, waits for its place in the conversation, answers, stores the
 * reply, sends it. An activity that comes twice is answered once; one whose reply never went out is
 * sent the reply that was stored, or answered now.
 *
 * Rejects only with what `delivery.send` rejects with. Whatever else breaks becomes a reply.
 */
export async function receiveMessage(
  received: Received,
  channel: Channel,
  delivery: Delivery,
  deps: ReceiveDeps,
): Promise<void> {
  const { conversationId, activityId } = received;
  const { store, queue } = deps;
  const log = deps.log.child({ conversation: logName(conversationId), channel });

  const arrival = await attempt(() => store.appendUserMessage(received), log);
  if (arrival === 'repeated') return;

  await queue.run(conversationId, async () => {
    // Without a store there is no memory, but someone in danger still gets the number to call.
    const known =
      arrival === undefined
        ? undefined
        : await attempt(() => store.replyTo(conversationId, activityId), log);
    if (known?.delivered) return;

    const reply = known?.reply ?? (await answerAndStore(received, channel, delivery, deps, log));
    if (reply === undefined) return;
    await delivery.send(reply, presenters[channel](reply));
    await attempt(() => store.markDelivered(conversationId, activityId), log);
  });
}

/** Greets once per conversation, and not at all where the person has spoken first. */
export async function receiveNewcomer(
  conversationId: string,
  channelId: string,
  channel: Channel,
  delivery: Delivery,
  { greeting, store, queue, log }: ReceiveDeps,
): Promise<void> {
  const reply = greetingReply(greeting);
  await queue.run(conversationId, async () => {
    if (!(await attempt(() => store.appendGreeting(conversationId, channelId, reply), log))) return;
    await delivery.send(reply, presenters[channel](reply));
  });
}

/** undefined where the carrier has answered, and nothing we have to say is more urgent. */
async function answerAndStore(
  received: Received,
  channel: Channel,
  delivery: Delivery,
  deps: ReceiveDeps,
  log: Logger,
): Promise<Reply | undefined> {
  const { conversationId, activityId, text } = received;
  const { store, clinic } = deps;
  const startedAt = performance.now();
  const typing = attempt(async () => delivery.typing?.(), log);
  const past = (await attempt(
    () => store.loadConversation(conversationId, MOST_PAST_MESSAGES, activityId),
    log,
  )) ?? { id: conversationId, channel, messages: [] };

  const last = past.messages.at(-1)?.reply;
  const more = channel === 'sms' ? restForMore(text, last) : undefined;
  const reply =
    more ??
    (text.trim() === ''
      ? staysOpen(wordsPleaseReply(), past)
      : ((await attempt(() => deps.answerTurn(text, past), log, deps.turnLimitMs)) ??
        staysOpen(faultReply(clinic), past)));

  // A yes answers what we asked; the carrier's other words do not.
  const asked = last?.kind === 'clarification' && /^\s*yes\s*$/i.test(text);
  if (channel === 'sms' && isCarrierWord(text) && !asked && reply.kind !== 'escalation')
    return undefined;

  if (reply.kind === 'escalation') await recordEscalation(received, reply, past, deps, log);
  await attempt(() => store.appendReply(conversationId, activityId, reply), log);
  log.info(
    {
      kind: reply.kind,
      reason: reply.reason,
      level: reply.safety.level,
      rules: reply.safety.rules,
      citations: reply.citations.length,
      ms: Math.round(performance.now() - startedAt),
    },
    'turn',
  );
  // Sent first, so that it cannot show after the answer.
  await typing;
  return reply;
}

/** A reply made without a turn closes no emergency. */
function staysOpen(reply: Reply, { messages }: Conversation): Reply {
  const last = messages.findLast((message) => message.reply)?.reply?.safety;
  if (!last) return reply;
  const open = last.level === 'emergency' ? [...last.open, ...last.rules] : last.open;
  return { ...reply, safety: { ...reply.safety, open: [...new Set(open)] } };
}

/** What the escalation of a message was based on. */
export async function recordEscalation(
  { conversationId, channelId, activityId, text }: Received,
  reply: Reply,
  past: Conversation,
  { store, triggersOf }: Pick<ReceiveDeps, 'store' | 'triggersOf'>,
  log: Logger,
): Promise<void> {
  const triggers = (await attempt(() => triggersOf(text, past, reply), log)) ?? [];
  for (const { rule, version, start, end, by } of triggers) {
    await attempt(
      () =>
        store.recordEscalation({
          conversationId,
          channelId,
          activityId,
          rule,
          version: by === 'rule' ? version : `${version} by ${by}`,
          span: start < end ? { start, end } : null,
          replyText: reply.text,
        }),
      log,
    );
  }
}

/**
 * undefined where it broke, or took too long: the fault is logged, and the person is answered all the
 * same. What hangs is left to itself, so that the conversation's next message is not held up.
 */
export async function attempt<Result>(
  work: () => Promise<Result>,
  log: Logger,
  limitMs = STEP_LIMIT_MS,
): Promise<Result | undefined> {
  // A plain timer: one that is aborted makes an error each time, at ten steps a turn.
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Fault('STEP_OVERDUE', `not done within ${limitMs} ms`));
    }, limitMs).unref();
  });
  try {
    return await Promise.race([work(), overdue]);
  } catch (error) {
    log.error({ err: error }, 'fault in a turn');
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

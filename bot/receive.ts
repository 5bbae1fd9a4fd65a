import { isCarrierWord } from './channels/carrier-words.ts';
import { presenters } from './channels/index.ts';
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
const MOST_PAST_MESSAGES = 50;

export interface ReceiveDeps {
  /** bot/turn.ts, with everything it needs already given. */
  readonly answerTurn: AnswerTurn;
  /** What an escalation was based on. Screening is pure and quick, so it is asked a second time. */
  readonly triggersOf: (utterance: string, past: Conversation, reply: Reply) => readonly Trigger[];
  readonly store: Store;
  readonly queue: TurnQueue;
  readonly clinic: Reachable;
  readonly greeting: string;
  readonly log: Logger;
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
  const { conversationId, channelId, activityId, text } = received;
  const { store, clinic } = deps;
  const startedAt = performance.now();
  const typing = attempt(async () => delivery.typing?.(), log);
  const past = (await attempt(
    () => store.loadConversation(conversationId, MOST_PAST_MESSAGES, activityId),
    log,
  )) ?? { id: conversationId, channel, messages: [] };

  const reply =
    text.trim() === ''
      ? wordsPleaseReply()
      : ((await attempt(() => deps.answerTurn(text, past), log)) ?? faultReply(clinic));

  const asked = past.messages.at(-1)?.reply?.kind === 'clarification';
  if (channel === 'sms' && isCarrierWord(text) && !asked && reply.kind !== 'escalation')
    return undefined;

  if (reply.kind === 'escalation') {
    const triggers = (await attempt(async () => deps.triggersOf(text, past, reply), log)) ?? [];
    for (const { rule, version, start, end } of triggers) {
      await attempt(
        () =>
          store.recordEscalation({
            conversationId,
            channelId,
            activityId,
            rule,
            version,
            span: start < end ? { start, end } : null,
            replyText: reply.text,
          }),
        log,
      );
    }
  }
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

/** undefined where it broke: the fault is logged, and the person is answered all the same. */
async function attempt<Result>(
  work: () => Promise<Result>,
  log: Logger,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    log.error({ err: error }, 'fault in a turn');
    return undefined;
  }
}

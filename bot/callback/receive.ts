import { presenters } from '../channels/index.ts';
import type { Channel, Conversation } from '../conversation.ts';
import { logName } from '../log.ts';
import { attempt, MOST_PAST_MESSAGES, recordEscalation } from '../receive.ts';
import type { Delivery, ReceiveDeps } from '../receive.ts';
import type { Reply } from '../reply.ts';
import type { Language } from '../safety/language.ts';
import type { CallbackForm } from '../store/callback-book.ts';

/** What becomes of requests to be called back. */
export interface CallbackDesk {
  /** `answerCallback`, with everything it needs already given. */
  readonly answer: (
    form: Pick<CallbackForm, 'phone' | 'note'>,
    language: Language,
    past: Conversation,
  ) => Promise<readonly Reply[]>;
  /** Told once a request is in the store. */
  readonly kept: (id: string) => void;
}

/** A form that was posted, and whether it is in the store. */
export interface Asked {
  readonly conversationId: string;
  readonly channelId: string;
  readonly activityId: string;
  readonly form: Pick<CallbackForm, 'phone' | 'note'>;
  readonly isKept: boolean;
}

/**
 * Answers a form: its note becomes a message of the conversation, so that later turns know what it
 * told, and the replies are sent in order. Where the form could not be kept only an emergency in it is
 * answered: that must not wait for a number that can be read. The number stays out of what a turn
 * reads of the past.
 *
 * Rejects only with what `delivery.send` rejects with.
 */
export async function answerForm(
  { conversationId, channelId, activityId, form, isKept }: Asked,
  language: Language,
  channel: Channel,
  delivery: Delivery,
  deps: ReceiveDeps & { readonly callbacks: Pick<CallbackDesk, 'answer'> },
): Promise<void> {
  const { store, queue } = deps;
  const log = deps.log.child({ conversation: logName(conversationId), channel });
  await queue.run(conversationId, async () => {
    const received = { conversationId, channelId, activityId, text: form.note ?? '' };
    const keepNote = async () => attempt(() => store.appendUserMessage(received), log);
    const isStored = isKept && form.note !== null && (await keepNote()) !== undefined;
    const past = (await attempt(
      () =>
        store.loadConversation(
          conversationId,
          MOST_PAST_MESSAGES,
          isStored ? activityId : undefined,
        ),
      log,
    )) ?? { id: conversationId, channel, messages: [] };

    for (const reply of await deps.callbacks.answer(form, language, past)) {
      if (reply.kind === 'escalation') {
        if (!isStored) await keepNote();
        await recordEscalation(received, reply, past, deps, log);
        await attempt(() => store.appendReply(conversationId, activityId, reply), log);
      } else if (!isKept) continue;
      await delivery.send(reply, presenters[channel](reply));
      const { level, rules } = reply.safety;
      log.info({ kind: reply.kind, reason: reply.reason, level, rules }, 'call-back');
    }
    await attempt(() => store.markDelivered(conversationId, activityId), log);
  });
}

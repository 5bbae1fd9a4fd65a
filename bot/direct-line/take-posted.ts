import type { Throttle } from '../throttle.ts';
import type { Conversations } from './conversations.ts';
import { REFUSALS } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Posted } from './wire.ts';

interface TakeDeps {
  readonly conversations: Conversations;
  /** Of requests to be called back, by address. */
  readonly callbacks: Throttle;
}

/** Does what a client posted; the refusal where it is not taken. Rejects when it cannot be stored. */
export async function takePosted(
  posted: Posted,
  address: string,
  { conversations, callbacks }: TakeDeps,
): Promise<Refusal | undefined> {
  switch (posted.kind) {
    case 'refused':
      return posted.refusal;
    case 'acknowledged':
      return undefined;
    case 'message':
      return refusalOf(await conversations.post(posted.entry, posted.text));
    case 'callback': {
      const { entry, form } = posted;
      const seconds = await callbacks.take(address);
      if (seconds === 0) return refusalOf(await conversations.askCallback(entry, form));
      await conversations.heedNote(entry, form.note);
      return { ...REFUSALS.busy, retryAfterSeconds: seconds };
    }
    case 'callback-without-phone':
      return refusalOf(await conversations.heedNote(posted.entry, posted.note)) ?? REFUSALS.noPhone;
    case 'feedback':
      return (await conversations.rate(posted.key, posted.feedback))
        ? undefined
        : REFUSALS.notRated;
  }
}

function refusalOf(
  outcome: Awaited<ReturnType<Conversations['askCallback']>>,
): Refusal | undefined {
  switch (outcome) {
    case 'done':
    case 'repeated':
      return undefined;
    case 'unknown':
      return REFUSALS.ended;
    case 'busy':
      return REFUSALS.busy;
    case 'too-many':
      return REFUSALS.tooManyCallbacks;
  }
}

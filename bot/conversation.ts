import type { Reply } from './reply.ts';

/** Channels with a presenter of their own; every other `channelId` is shown as `webchat`. */
export type Channel = 'webchat' | 'msteams' | 'sms';

/** One message of a conversation, oldest first in `Conversation.messages`. */
export interface PastMessage {
  readonly from: 'user' | 'bot';
  readonly text: string;
  /** What we decided, where the message is ours and was made by this bot. */
  readonly reply?: Reply;
}

/** What was said before the utterance at hand. */
export interface Conversation {
  readonly id: string;
  readonly channel: Channel;
  readonly messages: readonly PastMessage[];
}

export function channelOf(channelId: string | undefined): Channel {
  return channelId === 'msteams' || channelId === 'sms' ? channelId : 'webchat';
}

/** What the person said before the utterance at hand; empty at the start. */
export function lastSaid({ messages }: Conversation): string {
  return messages.findLast(({ from }) => from === 'user')?.text ?? '';
}

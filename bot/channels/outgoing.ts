import type { Reply } from '../reply.ts';

export interface CardAction {
  readonly type: 'imBack' | 'openUrl';
  readonly title: string;
  readonly value: string;
}

/** A message activity as a presenter makes it; activity.ts addresses it and adds `channelData.reply`. */
export interface Outgoing {
  readonly type: 'message';
  readonly text: string;
  readonly textFormat: 'plain' | 'markdown';
  readonly suggestedActions?: {
    readonly to: readonly string[];
    readonly actions: readonly CardAction[];
  };
  readonly entities?: readonly (Readonly<Record<string, unknown>> & { readonly type: string })[];
  readonly channelData?: Readonly<Record<string, unknown>>;
}

/** Pure: one reply, the messages a channel shows for it, in order. Empty where there is nothing to say. */
export type Presenter = (reply: Reply) => Outgoing[];

import { randomUUID } from 'node:crypto';
import { Activity } from '@microsoft/agents-activity';
import { z } from 'zod';
import { readThumb } from './feedback.ts';
import { channelOf } from './conversation.ts';
import type { Channel } from './conversation.ts';
import type { Outgoing } from './channels/outgoing.ts';
import type { Reply } from './reply.ts';
import type { Feedback } from './store/feedback-book.ts';
import { conversationKey } from './store/store.ts';
import type { Received } from './store/store.ts';

/** What an activity asks of us. */
export type Incoming =
  | { readonly kind: 'message'; readonly channel: Channel; readonly received: Received }
  | {
      readonly kind: 'newcomer';
      readonly channel: Channel;
      readonly channelId: string;
      readonly conversationId: string;
    }
  /** A call that wants an answer of its own; with what it says of a message of ours, if it does. */
  | {
      readonly kind: 'invoke';
      readonly known: boolean;
      readonly conversationId: string;
      readonly feedback: Feedback | undefined;
    }
  /** Typing, reactions, read receipts, events: acknowledged, nothing to say. */
  | { readonly kind: 'ignored' };

/** Channels send null and "" for what they do not know, and the SDK's parser throws at either. */
const some = z.string().min(1).optional().catch(undefined);

const account = z.object({ id: some, name: some, aadObjectId: some }).optional().catch(undefined);

/**
 * The fields we read, and no others: what the SDK's parser would throw at (an entity without `type`
 * from a Web Chat thumb), or act on (an "agentic" recipient), never reaches it.
 */
const wireActivity = z.object({
  type: z.string().min(1),
  id: some,
  channelId: z.string().regex(/^[^:]/),
  from: account,
  recipient: account,
  conversation: z.object({
    id: z.string().min(1),
    isGroup: z.boolean().optional().catch(undefined),
    conversationType: some,
    tenantId: some,
  }),
  serviceUrl: some,
  text: z.string().optional().catch(undefined),
  locale: some,
  deliveryMode: some,
  name: some,
  replyToId: some,
  value: z.unknown().optional(),
  membersAdded: z
    .array(z.object({ id: some }))
    .optional()
    .catch(undefined),
  entities: z
    .array(z.unknown())
    .transform((entities) => entities.filter(isEntity))
    .optional()
    .catch(undefined),
});

/**
 * An HTTP body as an activity the SDK can work with; undefined where it is none, or where there is
 * no way to answer it. One without an id gets its own, one without a recipient a nameless bot.
 */
export function parseActivity(body: unknown): Activity | undefined {
  const wire = wireActivity.safeParse(body);
  if (!wire.success) return undefined;
  const { serviceUrl, deliveryMode, recipient } = wire.data;
  if (serviceUrl === undefined && deliveryMode !== 'expectReplies') return undefined;
  return Activity.fromObject({
    ...wire.data,
    id: wire.data.id ?? randomUUID(),
    recipient: { ...recipient, id: recipient?.id ?? 'bot' },
  });
}

export function readActivity(activity: Activity): Incoming {
  const channelId = activity.channelIdChannel ?? 'unknown';
  const channel = channelOf(channelId);
  switch (activity.type) {
    case 'message':
      return {
        kind: 'message',
        channel,
        received: {
          conversationId: conversationOf(activity, channelId),
          channelId,
          activityId: activity.id ?? randomUUID(),
          text: withoutMention(activity),
        },
      };
    case 'conversationUpdate':
      return greets(activity, channel)
        ? {
            kind: 'newcomer',
            channel,
            channelId,
            conversationId: conversationOf(activity, channelId),
          }
        : { kind: 'ignored' };
    case 'invoke':
      return {
        kind: 'invoke',
        known: activity.name === 'message/submitAction',
        // Of the whole group: whoever reads an answer there may rate it.
        conversationId: conversationKey(channelId, activity.conversation?.id ?? ''),
        feedback: readThumb(activity.value, activity.replyToId),
      };
    default:
      return { kind: 'ignored' };
  }
}

/** What we say, ready to send. */
export function messageActivity(reply: Reply, outgoing: Outgoing): Activity {
  return Activity.fromObject({
    ...outgoing,
    channelData: { ...outgoing.channelData, reply },
  });
}

export function typingActivity(): Activity {
  return Activity.fromObject({ type: 'typing' });
}

/** The SDK keeps `channelId` in a private field, under which it would go into an expectReplies body. */
export function wireNames(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('_channelId' in value)) return value;
  const { _channelId, ...rest } = value;
  return { ...rest, channelId: _channelId };
}

/** In a group, each person has a conversation of their own with us: one's symptoms are not another's. */
function conversationOf({ conversation, from }: Activity, channelId: string): string {
  const key = conversationKey(channelId, conversation?.id ?? '');
  return conversation?.isGroup && from?.id ? `${key}#${from.id}` : key;
}

/**
 * Teams reports an installation as the bot joining; elsewhere that comes before the person does.
 * A text message nobody asked for is not sent.
 */
function greets({ membersAdded, recipient }: Activity, channel: Channel): boolean {
  if (channel === 'sms' || !membersAdded?.length) return false;
  return channel === 'msteams' || membersAdded.some(({ id }) => id !== recipient?.id);
}

/** "<at>Needlepoint</at> does it hurt?" without our own name; a mention of others keeps theirs. */
function withoutMention({ text = '', entities = [], recipient }: Activity): string {
  const mentions = entities.flatMap((entity) => mentionEntity.safeParse(entity).data ?? []);
  if (mentions.length === 0) return text;
  let utterance = text;
  for (const { mentioned, text: shown } of mentions) {
    if (mentioned.id === recipient?.id) utterance = utterance.replaceAll(shown, ' ');
  }
  return utterance.replace(/<at\b[^<>]{0,200}>([^<]{0,200})<\/at>/gi, '$1').trim();
}

const mentionEntity = z.object({
  type: z.string().regex(/^mention$/i),
  mentioned: z.object({ id: z.string() }),
  text: z.string().min(1),
});

function isEntity(entity: unknown): entity is { type: string } {
  return (
    typeof entity === 'object' &&
    entity !== null &&
    'type' in entity &&
    typeof entity.type === 'string' &&
    entity.type !== ''
  );
}

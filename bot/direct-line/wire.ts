import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { conversationKey } from '../store/store.ts';
import type { LogEntry, NewEntry } from '../store/activity-log.ts';
import { REFUSALS } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Access } from './token.ts';

export const CHANNEL_ID = 'directline';

/** What a client posted: something said, something to acknowledge, or nothing we take. */
type Posted =
  | { readonly kind: 'message'; readonly text: string; readonly entry: NewEntry }
  | { readonly kind: 'acknowledged'; readonly id: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * The fields we take, and no others. Who is speaking, where and when is not the client's to say;
 * attachments are not taken, and a message of nothing else is answered with a request for words.
 */
const wireActivity = z.object({
  type: z.enum(['message', 'typing', 'event', 'messageReaction']),
  text: z.string().nullish(),
  channelData: z
    .object({ clientActivityID: z.string().min(1).max(200).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

export function readPosted(body: unknown, access: Access, textLength: number): Posted {
  const wire = wireActivity.safeParse(body);
  if (!wire.success) return { kind: 'refused', refusal: REFUSALS.noActivity };
  const { type, channelData } = wire.data;
  const clientActivityID = channelData?.clientActivityID;
  const id = activityId(access, clientActivityID);
  if (type !== 'message') return { kind: 'acknowledged', id };
  const text = wire.data.text ?? '';
  if (text.length > textLength) return { kind: 'refused', refusal: REFUSALS.tooLarge };
  return {
    kind: 'message',
    text,
    entry: {
      conversationId: conversationKey(CHANNEL_ID, access.conversationId),
      id,
      sender: 'user',
      answers: null,
      body: {
        type,
        text,
        textFormat: 'plain',
        ...(clientActivityID !== undefined && { channelData: { clientActivityID } }),
      },
    },
  };
}

/** What a log entry's own words are, for a turn that is made up for after a restart. */
export function textOf({ body }: NewEntry): string {
  return typeof body.text === 'string' ? body.text : '';
}

/** As the clients see it. The official ones show by `role` whose it is, and know no role for staff. */
export function toWire(
  { id, sender, answers, body, createdAt }: Omit<LogEntry, 'position'>,
  { conversationId, userId }: Access,
): object {
  const { from, ...said } = body;
  return {
    ...said,
    id,
    timestamp: new Date(createdAt).toISOString(),
    channelId: CHANNEL_ID,
    conversation: { id: conversationId },
    from:
      sender === 'user' ? { id: userId, role: 'user' } : { ...name(from), id: sender, role: 'bot' },
    ...(answers !== null && { replyToId: answers }),
  };
}

/**
 * Entries as frames of about `FRAME_LENGTH`, each with the watermark to resume behind it. A frame
 * holds one entry at least.
 */
export function toFrames(
  entries: readonly LogEntry[],
  access: Access,
): { readonly json: string; readonly position: number }[] {
  const frames: { json: string; position: number }[] = [];
  let pieces: string[] = [];
  let length = 0;
  for (const [i, entry] of entries.entries()) {
    const piece = JSON.stringify(toWire(entry, access));
    pieces.push(piece);
    length += piece.length;
    if (length < FRAME_LENGTH && i < entries.length - 1) continue;
    const { position } = entry;
    frames.push({ json: frame(pieces, position), position });
    pieces = [];
    length = 0;
  }
  return frames;
}

/** UTF-16 code units. */
const FRAME_LENGTH = 128 * 1024;

export function frame(activities: readonly string[], position: number): string {
  return `{"activities":[${activities.join(',')}],"watermark":"${position}"}`;
}

/**
 * A watermark is the length of the log when it was given out; anything else is read as the start.
 * One past the end is the end: a log never becomes shorter, so it is not one of ours.
 */
export function parseWatermark(watermark: unknown, length: number): number {
  const position = typeof watermark === 'string' && /^\d{1,9}$/.test(watermark) ? +watermark : 0;
  return Math.min(position, length);
}

/** 128 random bits. */
export function randomId(): string {
  return randomBytes(16).toString('base64url');
}

/** One posted twice under the client's own id gets one id, and so is logged and answered once. */
function activityId({ conversationId }: Access, clientActivityID: string | undefined): string {
  if (clientActivityID === undefined) return randomId();
  return createHash('sha256')
    .update(`${conversationId}\n${clientActivityID}`)
    .digest('base64url')
    .slice(0, 22);
}

function name(from: unknown): { name: string } | undefined {
  const named = z.object({ name: z.string() }).safeParse(from);
  return named.data && { name: named.data.name };
}

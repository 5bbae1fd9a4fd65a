import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readCallbackForm } from '../callback/form.ts';
import { readFeedback } from '../feedback.ts';
import { conversationKey } from '../store/store.ts';
import type { ActivityBody, LogEntry, NewEntry } from '../store/activity-log.ts';
import type { CallbackForm } from '../store/callback-book.ts';
import type { Feedback } from '../store/feedback-book.ts';
import type { Language } from '../safety/language.ts';
import { REFUSALS } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Access } from './token.ts';

export const CHANNEL_ID = 'directline';

/** What a client posted: something said, a form or a thumb, something to acknowledge, or nothing we take. */
export type Posted =
  | { readonly kind: 'refused'; readonly id: string; readonly refusal: Refusal }
  | { readonly kind: 'acknowledged'; readonly id: string }
  | (Logged & { readonly kind: 'message'; readonly text: string })
  | (Logged & { readonly kind: 'callback'; readonly form: CallbackForm })
  | (Logged & { readonly kind: 'callback-without-phone'; readonly note: string | null })
  | {
      readonly kind: 'feedback';
      readonly id: string;
      /** `conversationKey`. */
      readonly key: string;
      readonly feedback: Feedback;
    };

interface Logged {
  readonly id: string;
  readonly entry: NewEntry;
}

/**
 * The fields we take, and no others. Who is speaking, where and when is not the client's to say;
 * attachments are not taken, and a message of nothing else is answered with a request for words.
 */
const wireActivity = z.object({
  type: z.enum(['message', 'typing', 'event', 'messageReaction']),
  text: z.string().nullish(),
  name: z.string().optional().catch(undefined),
  value: z.unknown().optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[a-z\d]{1,8}){0,4}$/i)
    .optional()
    .catch(undefined),
  channelData: z
    .object({ clientActivityID: z.string().min(1).max(200).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

export function readPosted(body: unknown, access: Access, textLength: number): Posted {
  const wire = wireActivity.safeParse(body);
  const clientActivityID = wire.data?.channelData?.clientActivityID;
  const id = activityId(access, clientActivityID);
  const refused = (refusal: Refusal) => ({ kind: 'refused', id, refusal }) as const;
  if (!wire.success) return refused(REFUSALS.noActivity);

  const { type, name, value, locale } = wire.data;
  const key = conversationKey(CHANNEL_ID, access.conversationId);
  const entryOf = (said: ActivityBody): NewEntry => {
    const body = { ...said, ...(clientActivityID && { channelData: { clientActivityID } }) };
    return { conversationId: key, id, sender: 'user', answers: null, body };
  };

  if (type === 'event' && name === CALLBACK) {
    const read = readCallbackForm(value);
    if (read.kind === 'unreadable') return refused(REFUSALS.noCallback);
    // What was filled in is kept with the request alone: the log is shown to every client again.
    const entry = entryOf({ type, name, ...(locale && { locale }) });
    return read.kind === 'form'
      ? { kind: 'callback', id, entry, form: read.form }
      : { kind: 'callback-without-phone', id, entry, note: read.note };
  }
  if (type === 'event' && name === 'feedback') {
    const feedback = readFeedback(value);
    return feedback ? { kind: 'feedback', id, key, feedback } : refused(REFUSALS.noFeedback);
  }
  if (type !== 'message') return { kind: 'acknowledged', id };
  const text = wire.data.text ?? '';
  if (text.length > textLength) return refused(REFUSALS.tooLarge);
  return { kind: 'message', id, text, entry: entryOf({ type, text, textFormat: 'plain' }) };
}

/** The name of the event that a filled in call-back form arrives as, and stands in the log as. */
const CALLBACK = 'callback';

export function isCallback({ body }: NewEntry): boolean {
  return body.type === 'event' && body.name === CALLBACK;
}

/** Of the page that sent it. */
export function languageOf({ body }: NewEntry): Language {
  return typeof body.locale === 'string' && /^es\b/i.test(body.locale) ? 'es' : 'en';
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

import { z } from 'zod';
import type { Feedback } from './store/feedback-book.ts';

/** UTF-16 code units, as the page's form allows. */
const MOST_REMARK_LENGTH = 1000;

const activityId = z.string().min(1).max(200);

const feedbackSchema = z.object({
  activityId,
  rating: z.enum(['up', 'down']),
  reasons: z
    .array(z.string().regex(/^[a-z][a-z-]{0,39}$/))
    .max(10)
    .transform((codes) => [...new Set(codes)])
    .default([]),
  remark: z.string().max(MOST_REMARK_LENGTH).default(''),
});

/** The value of the page's `feedback` event; undefined where it is none. */
export function readFeedback(value: unknown): Feedback | undefined {
  return feedbackSchema.safeParse(value).data;
}

const thumbSchema = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({
    reaction: z.enum(['like', 'dislike']),
    feedback: z.unknown().transform(remarkOf),
  }),
});

/** The value of Teams' `message/submitAction` on the message it replies to; undefined where it is none. */
export function readThumb(value: unknown, replyToId: unknown): Feedback | undefined {
  const thumb = thumbSchema.safeParse(value).data?.actionValue;
  const about = activityId.safeParse(replyToId).data;
  if (!thumb || about === undefined) return undefined;
  const rating = thumb.reaction === 'like' ? 'up' : 'down';
  return { activityId: about, rating, reasons: [], remark: thumb.feedback };
}

/** Teams sends JSON as text, `{"feedbackText":"…"}`; its test tools send plain text, or none. */
function remarkOf(feedback: unknown): string {
  if (typeof feedback !== 'string') return '';
  const form = z.object({ feedbackText: z.string() });
  const text = form.safeParse(parsed(feedback)).data?.feedbackText;
  // A form that was sent empty has no such key.
  const remark = text ?? (feedback.trimStart().startsWith('{') ? '' : feedback);
  return remark.trim().slice(0, MOST_REMARK_LENGTH);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

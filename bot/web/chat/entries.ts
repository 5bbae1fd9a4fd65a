import type { Activity } from 'botframework-directlinejs';
import type { Reply } from '../../reply.ts';

/** `waiting`: goes out by itself once there is a line again. */
export type Delivery = 'sending' | 'sent' | 'waiting' | 'failed';

export interface VisitorEntry {
  readonly from: 'visitor';
  /** Ours, given before the bot knows of it; comes back as `channelData.clientActivityID`. */
  readonly key: string;
  readonly text: string;
  readonly delivery: Delivery;
}

export interface BotEntry {
  readonly from: 'bot';
  readonly key: string;
  readonly reply: Reply;
  /** What it answers, for copies; empty where nothing was asked. */
  readonly question: string;
}

/** Somebody at the clinic, writing into the conversation. */
export interface TeamEntry {
  readonly from: 'team';
  readonly key: string;
  readonly text: string;
}

/** What stands on the screen, in the order of the conversation. */
export type Entry = VisitorEntry | BotEntry | TeamEntry;
export type Entries = readonly Entry[];

/** Ids of the server's greeting begin so. */
const GREETING = 'greeting.';

/** Puts an activity in its place; the same entries where it is known already or nothing to show. */
export function place(entries: Entries, activity: Activity): Entries {
  if (activity.type !== 'message' || activity.id === undefined) return entries;
  const { reply, clientActivityID } = (activity.channelData ?? {}) as {
    readonly reply?: Reply;
    readonly clientActivityID?: string;
  };
  const key = reply ? activity.id : (clientActivityID ?? activity.id);
  const known = entries.find((entry) => entry.key === key);
  if (known) return known.from === 'visitor' ? deliver(entries, key, 'sent') : entries;

  const text = activity.text ?? '';
  if (reply) {
    // The server's, in English; the empty page says the same in the visitor's language.
    if (activity.id.startsWith(GREETING)) return entries;
    return [...entries, { from: 'bot', key, reply, question: lastQuestion(entries) }];
  }
  const isVisitor = clientActivityID !== undefined || activity.from.role === 'user';
  return isVisitor
    ? [...entries, { from: 'visitor', key, text, delivery: 'sent' }]
    : [...entries, { from: 'team', key, text }];
}

/** What was delivered stays delivered: a late failure of an earlier attempt says nothing. */
export function deliver(entries: Entries, key: string, delivery: Delivery): Entries {
  return entries.map((entry) =>
    entry.key === key && entry.from === 'visitor' && entry.delivery !== 'sent'
      ? { ...entry, delivery }
      : entry,
  );
}

function lastQuestion(entries: Entries): string {
  return entries.findLast((entry) => entry.from === 'visitor')?.text ?? '';
}

/** Whether a message has reached the bot and nothing has come back yet. */
export function isAwaitingReply(entries: Entries): boolean {
  const last = entries.at(-1);
  return last?.from === 'visitor' && (last.delivery === 'sent' || last.delivery === 'sending');
}

export interface OpenEmergency {
  readonly level: 'emergency' | 'urgent';
  readonly contacts: Reply['contacts'];
}

/** Of abuse and violence nothing stays on the screen for others to see (safety taxonomy, correction 6). */
export function isDiscreet(rule: string): boolean {
  return /^\w+\.(abuse|violence)/.test(rule);
}

/** What the banner says as long as the conversation has it open; null for none. */
export function openEmergency(entries: Entries): OpenEmergency | null {
  const replies = entries.flatMap((entry) => (entry.from === 'bot' ? [entry.reply] : []));
  const last = replies.at(-1);
  if (!last) return null;
  // What a reply raises itself it does not yet count among what is open.
  const raised = last.kind === 'escalation' ? last.safety.rules : [];
  const open = [...last.safety.open, ...raised].filter((rule) => !isDiscreet(rule));
  if (open.length === 0) return null;
  const escalation = replies.findLast(
    ({ kind, safety }) => kind === 'escalation' && safety.rules.some((rule) => open.includes(rule)),
  );
  return {
    level: open.some((rule) => rule.startsWith('em.')) ? 'emergency' : 'urgent',
    contacts: escalation?.contacts ?? [],
  };
}

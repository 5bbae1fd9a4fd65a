import type { Generated } from 'kysely';

/**
 * Rows are only added; what is set later are times (`deliveredAt`, `sentAt`, `doneAt`) and a changed
 * mind (`feedback`). Times are ms since the epoch.
 */
export interface Schema {
  conversations: {
    /** `conversationKey`: unique over all channels. */
    id: string;
    /** As the channel names itself, e.g. `directline`; `channelOf` maps it to a presenter. */
    channelId: string;
    createdAt: number;
  };
  messages: {
    seq: Generated<number>;
    conversationId: string;
    /** 0 is the greeting; a person's message opens the next turn, our reply belongs to the same. */
    turn: number;
    sender: 'user' | 'bot';
    /** The channel's id of the activity; null on our own. */
    activityId: string | null;
    text: string;
    /** The Reply as JSON; null on a person's message. */
    reply: string | null;
    createdAt: number;
    deliveredAt: number | null;
  };
  /** The log of a Direct Line conversation: what its clients are shown, in order. */
  activities: {
    conversationId: string;
    /** From 1, per conversation. */
    position: number;
    /** Unique in its conversation. */
    id: string;
    sender: 'user' | 'bot' | 'staff';
    /** Id of the person's activity that this one answers. */
    answers: string | null;
    /** JSON, see `ActivityBody`. */
    body: string;
    createdAt: number;
  };
  escalations: {
    seq: Generated<number>;
    /** null once the conversation was deleted: the count of a rule stays, the person does not. */
    conversationId: string | null;
    activityId: string | null;
    channelId: string;
    rule: string;
    /** Of the rule's file, and who heard it where it was not the rule itself. */
    version: string;
    /** `[start, end)` in UTF-16 code units of the message; null where nothing in it was the trigger. */
    spanStart: number | null;
    spanEnd: number | null;
    replyText: string;
    createdAt: number;
  };
  /** Requests to be called back; each is pending until it has a `sentAt` or a `doneAt`. */
  callbacks: {
    /** Random, ours: what a log line, the webhook and the clinic call it by. */
    id: string;
    conversationId: string;
    /** Of the form that was posted. */
    activityId: string;
    channelId: string;
    phone: string;
    name: string | null;
    note: string | null;
    createdAt: number;
    /** When the webhook took it. */
    sentAt: number | null;
    /** When somebody at the clinic closed it. */
    doneAt: number | null;
  };
  /** What a person thought of a message of ours; the last thumb on it. */
  feedback: {
    conversationId: string;
    /** Of our message, as its channel names it. */
    activityId: string;
    rating: 'up' | 'down';
    /** JSON array of codes. */
    reasons: string;
    remark: string;
    createdAt: number;
  };
  /** What a channel calls the messages we sent, where it lets people rate them; Direct Line's are in `activities`. */
  sentMessages: {
    conversationId: string;
    activityId: string;
    createdAt: number;
  };
  /** One row for each call to a model, see `ModelCall`. */
  modelCalls: {
    seq: Generated<number>;
    purpose: string;
    outcome: string;
    inputTokens: number;
    outputTokens: number;
    /** Millionths of a dollar. */
    microdollars: number;
    ms: number;
    kept: number;
    dropped: number;
    createdAt: number;
  };
  /** Where a model saw another level than the rules, see `SafetyOpinion`. */
  safetyOpinions: {
    seq: Generated<number>;
    /** null once the conversation was deleted. */
    conversationId: string | null;
    source: string;
    screened: string;
    level: string;
    rule: string | null;
    /** 1 where the person was shown the rule's reply. */
    raised: number;
    createdAt: number;
  };
}

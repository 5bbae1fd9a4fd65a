import type { Response } from 'express';

/** Why a request is not served, as the client gets it: `{ "error": { code, message } }`. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
}

/**
 * 403 and 404 mean something to the official clients: 403 an expired token, worth asking the page for
 * a new one; 404 a conversation that has ended, not worth asking again.
 */
export const REFUSALS = {
  unauthorized: {
    status: 401,
    code: 'Unauthorized',
    message: 'expected a token of this server: Authorization: Bearer <token>',
  },
  expired: { status: 403, code: 'TokenExpired', message: 'the token has expired' },
  otherConversation: {
    status: 403,
    code: 'Forbidden',
    message: 'the token belongs to another conversation',
  },
  origin: {
    status: 403,
    code: 'OriginNotAllowed',
    message: 'pages of this origin may not call this server; see ALLOWED_ORIGINS',
  },
  ended: {
    status: 404,
    code: 'ConversationNotFound',
    message: 'the conversation has ended or was never started',
  },
  notFound: { status: 404, code: 'NotFound', message: 'no such route' },
  unreadable: { status: 400, code: 'BadRequest', message: 'the request could not be read' },
  noActivity: {
    status: 400,
    code: 'BadArgument',
    message: 'expected an activity of type message, event, messageReaction or typing',
  },
  noPhone: {
    status: 400,
    code: 'PhoneNotReadable',
    message: 'expected a phone number of 5 to 20 digits with + ( ) - . or spaces; nothing was kept',
  },
  noCallback: {
    status: 400,
    code: 'BadArgument',
    message: 'expected a value of { phone, name? (up to 120 characters), note? (up to 1000) }',
  },
  noFeedback: {
    status: 400,
    code: 'BadArgument',
    message: 'expected a value of { activityId, rating: up or down, reasons?, remark? }',
  },
  notRated: {
    status: 400,
    code: 'BadArgument',
    message: 'activityId is no message of the bot in this conversation',
  },
  tooManyCallbacks: {
    status: 429,
    code: 'TooManyCallbacks',
    message: 'this conversation has left enough requests to be called back for now',
    retryAfterSeconds: 3600,
  },
  noStream: { status: 400, code: 'BadRequest', message: 'expected a WebSocket' },
  tooLarge: { status: 413, code: 'MessageSizeTooBig', message: 'the message is too long' },
  encoding: { status: 415, code: 'BadArgument', message: 'expected application/json in UTF-8' },
  upload: {
    status: 415,
    code: 'UploadsNotSupported',
    message: 'files are not taken; please write your question in words',
  },
  busy: {
    status: 429,
    code: 'TooManyRequests',
    message: 'too many requests; wait a little',
    retryAfterSeconds: 2,
  },
  stopping: {
    status: 503,
    code: 'ServiceUnavailable',
    message: 'the server is stopping or full; try again',
    retryAfterSeconds: 2,
  },
  fault: { status: 500, code: 'ServiceError', message: 'something went wrong on our side' },
} as const satisfies Record<string, Refusal>;

export function refuse(response: Response, refusal: Refusal): void {
  const { status, code, message, retryAfterSeconds } = refusal;
  if (retryAfterSeconds !== undefined) response.set('retry-after', String(retryAfterSeconds));
  response.status(status).json({ error: { code, message } });
}

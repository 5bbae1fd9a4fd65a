import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** How long a token opens its conversation; the clients refresh theirs at half of it. */
export const TOKEN_SECONDS = 30 * 60;

/** A stream address is used at once or not at all: it may end up in a proxy's log. */
const TICKET_SECONDS = 60;

/** Whom a token lets in, and where: one person, one conversation. */
export interface Access {
  /** As on the wire, without the channel. */
  readonly conversationId: string;
  readonly userId: string;
}

/** A `stream` ticket opens the WebSocket and nothing else. */
type Use = 'access' | 'stream';

export interface Tokens {
  issue(access: Access, use: Use): string;
  /** `expired` only of a token that was ours; one is still taken for `graceMs` after its end. */
  check(token: string, use: Use, graceMs?: number): Access | 'unknown' | 'expired';
}

const claims = z.object({
  conv: z.string(),
  user: z.string(),
  use: z.enum(['access', 'stream']),
  /** Seconds since the epoch. */
  exp: z.number(),
});

const HEADER = base64url('{"alg":"HS256","typ":"JWT"}');

/**
 * HMAC-SHA256 tokens, shaped as JSON Web Tokens: the clients look for the `user` claim. One algorithm
 * only, so the header is compared and never read. `now` gives ms since the epoch.
 */
export function createTokens(key: Buffer, now: () => number): Tokens {
  const sign = (payload: string): string =>
    createHmac('sha256', key).update(`${HEADER}.${payload}`).digest('base64url');

  return {
    issue({ conversationId, userId }, use) {
      const seconds = use === 'stream' ? TICKET_SECONDS : TOKEN_SECONDS;
      const exp = Math.floor(now() / 1000) + seconds;
      const payload = base64url(JSON.stringify({ conv: conversationId, user: userId, use, exp }));
      return `${HEADER}.${payload}.${sign(payload)}`;
    },

    check(token, use, graceMs = 0) {
      const [header, payload, signature, ...rest] = token.split('.');
      if (header !== HEADER || payload === undefined || signature === undefined || rest.length > 0)
        return 'unknown';
      // As text: decoding passes over characters that are no base64url, and spare bits at the end.
      const given = Buffer.from(signature);
      const expected = Buffer.from(sign(payload));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'unknown';
      const read = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (!read.success || read.data.use !== use) return 'unknown';
      const { conv, user, exp } = read.data;
      if (now() >= exp * 1000 + graceMs) return 'expired';
      return { conversationId: conv, userId: user };
    },
  };
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

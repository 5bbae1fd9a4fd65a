import type { Server } from 'node:http';
import type { Express } from 'express';
import { Conversations } from './conversations.ts';
import type { ConversationDeps, Outcome, Publication } from './conversations.ts';
import { LIMITS } from './limits.ts';
import type { Limits } from './limits.ts';
import { createRoutes } from './routes.ts';
import { Streams } from './streams.ts';
import { createTokens } from './token.ts';
import { serveStreams } from './upgrade.ts';

export interface DirectLineDeps extends ConversationDeps {
  /** Signs tokens, see `loadTokenKey`. */
  readonly key: Buffer;
  /** Besides our own. */
  readonly allowedOrigins: readonly string[];
  readonly limits?: Partial<Limits>;
  /** ms since the epoch, for the age of tokens. */
  readonly now?: () => number;
}

export interface DirectLine {
  /** To be mounted at `/directline`, and at `/v3/directline` for clients that insist. */
  readonly router: Express;
  /** Serves the WebSocket streams, and once the server listens answers what was left unanswered. */
  attach(server: Server): void;
  /**
   * Shows a message in a conversation (`conversationKey`): now to who is connected, and on return to
   * who is not. Rejects when it cannot be stored; clients of other processes see it when they return.
   */
  publish(conversationId: string, message: Publication): Promise<Outcome>;
  /** Streams that are open and messages that are being answered; both are 0 when nobody is there. */
  load(): { readonly streams: number; readonly turns: number };
  /** Takes nothing new, lets running turns finish, then tells the clients to come back. */
  close(): Promise<void>;
}

/** A Direct Line 3.0 server in this process: its clients talk to the bot without Azure in between. */
export function createDirectLine(deps: DirectLineDeps): DirectLine {
  const limits = { ...LIMITS, ...deps.limits };
  const streams = new Streams(limits);
  const conversations = new Conversations(deps, streams, limits);
  let stopping: Promise<void> | undefined;
  const routeDeps = {
    tokens: createTokens(deps.key, deps.now ?? Date.now),
    conversations,
    activities: deps.store.activities,
    allowedOrigins: deps.allowedOrigins,
    limits,
    isStopping: () => stopping !== undefined,
    log: deps.log,
  };

  return {
    router: createRoutes(routeDeps),
    attach(server) {
      serveStreams(server, streams, routeDeps);
      server.once('listening', () => void conversations.makeUp());
    },
    publish: (conversationId, message) => conversations.publish(conversationId, message),
    load: () => ({ streams: streams.size, turns: conversations.running }),
    close: () => {
      stopping ??= conversations.drain(limits.drainMs).then(() => streams.close());
      return stopping;
    },
  };
}

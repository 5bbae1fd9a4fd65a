import { createHmac, randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { Fault } from '../knowledge/fault.ts';
import type { LogLevel } from './config.ts';

export type { Logger };

/** Deep enough for any wrapped failure; a cycle of causes stops here too. */
const MOST_CAUSES = 5;

/** Structured lines on stdout, or to `destination`. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: describeError },
    // A second fence: our calls name ids, levels and scores only.
    redact: {
      paths: ['text', 'utterance', 'query', 'reply', 'body', '*.text', '*.utterance', '*.query'],
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

interface DescribedError {
  readonly type: string;
  readonly code?: string;
  readonly status?: number;
  readonly message?: string;
  readonly at: readonly string[];
  readonly cause?: DescribedError;
}

/**
 * An error without its message, unless it is a Fault: a parser's message quotes what it could not
 * parse ("Unexpected token 'm', "my chest hu"… is not valid JSON"), and that is the patient's.
 */
function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const { code, status, cause } = error as Error & { code?: unknown; status?: unknown };
  return {
    type: error.name,
    ...(typeof code === 'string' && { code }),
    ...(typeof status === 'number' && { status }),
    ...(error instanceof Fault && { message: error.message }),
    at: framesOf(error),
    ...(cause !== undefined && depth < MOST_CAUSES && { cause: describeError(cause, depth + 1) }),
  };
}

/** The stack without the message it begins with, which may look like frames itself. */
function framesOf({ stack = '', message }: Error): string[] {
  return stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .map((line) => line.trim());
}

const key = randomBytes(32);

/**
 * A conversation's name in the log: a conversation id may be a phone number, and a plain hash of one
 * is undone by trying them all. Keyed anew at each start, so it joins the lines of one run only.
 */
export function logName(conversationId: string): string {
  return createHmac('sha256', key).update(conversationId).digest('base64url').slice(0, 10);
}

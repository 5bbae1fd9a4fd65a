import { createHmac } from 'node:crypto';
import type { Callback } from '../store/callback-book.ts';

export interface Webhook {
  readonly url: string;
  /** Signs each body; undefined: it goes unsigned. */
  readonly secret: string | undefined;
}

/** Whether it was taken; if not, the status it was answered with, or why there was none. */
export type Posted =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly cause: unknown };

/**
 * POSTs one request as JSON (bot/README.md, "Call-backs"). Only 2xx is a yes: a redirect is not
 * followed, because the number would go to an address that nobody at the clinic has written down.
 */
export async function postCallback(
  callback: Callback,
  { url, secret }: Webhook,
  signal: AbortSignal,
): Promise<Posted> {
  const body = bodyOf(callback);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': callback.id,
        ...(secret !== undefined && { 'x-needlepoint-signature': signatureOf(body, secret) }),
      },
      body,
    });
    // What it says is not read; unread, it would hold the connection.
    await response.body?.cancel();
    return response.ok ? { kind: 'taken' } : { kind: 'refused', status: response.status };
  } catch (cause) {
    return { kind: 'unreachable', cause };
  }
}

function bodyOf({ id, phone, name, note, conversationId, channelId, createdAt }: Callback): string {
  return JSON.stringify({
    id,
    phone,
    name,
    note,
    conversationId,
    channelId,
    createdAt: new Date(createdAt).toISOString(),
  });
}

function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

import type { Session } from './session.ts';

/** Relative to the page, so that a reverse proxy may serve it under a folder. */
export const DIRECT_LINE = new URL('directline', document.baseURI).href;

/** Longest wait for one of these requests, in ms. */
const TIMEOUT_MS = 10_000;

async function request(method: string, path: string, more: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(`${DIRECT_LINE}/${path}`, { method, signal, ...more });
}

/** Throws where there is no server, or one that will not. */
export async function generateSession(): Promise<Session> {
  return readSession(await request('POST', 'tokens/generate', {}));
}

/** A new token for a conversation whose own may have expired (the server takes old ones here). */
export async function renewSession(session: Session): Promise<Session | 'ended' | 'deleted'> {
  const answered = await request('POST', 'tokens/generate', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(session),
  });
  if (answered.status === 404) return 'deleted';
  if ([401, 403].includes(answered.status)) return 'ended';
  return readSession(answered);
}

/** Also done where there is nothing left to delete. */
export async function deleteConversation({ conversationId, token }: Session): Promise<void> {
  const path = `conversations/${encodeURIComponent(conversationId)}`;
  const { ok, status } = await request('DELETE', path, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!ok && status !== 404) throw new Error(`DELETE answered ${status}`);
}

async function readSession(answered: Response): Promise<Session> {
  if (!answered.ok) throw new Error(`tokens answered ${answered.status}`);
  const { conversationId, token } = (await answered.json()) as Session;
  return { conversationId, token };
}

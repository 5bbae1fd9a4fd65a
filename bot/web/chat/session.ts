/** The conversation this tab is in: for this tab and this visit only, on a computer others may use. */
export interface Session {
  readonly conversationId: string;
  readonly token: string;
}

const SESSION = 'needlepoint.session';
const LANGUAGE = 'needlepoint.language';

/** Where a browser refuses a framed page any storage, a reload starts anew; nothing else is lost. */
function stored<Result>(work: (storage: Storage) => Result): Result | null {
  try {
    return work(window.sessionStorage);
  } catch {
    return null;
  }
}

export function loadSession(): Session | null {
  const text = stored((storage) => storage.getItem(SESSION));
  if (!text) return null;
  const [conversationId, token] = text.split('\n');
  return conversationId && token ? { conversationId, token } : null;
}

export function saveSession({ conversationId, token }: Session): void {
  stored((storage) => storage.setItem(SESSION, `${conversationId}\n${token}`));
}

export function clearSession(): void {
  stored((storage) => storage.removeItem(SESSION));
}

export function loadLanguage(): string | null {
  return stored((storage) => storage.getItem(LANGUAGE));
}

export function saveLanguage(language: string): void {
  stored((storage) => storage.setItem(LANGUAGE, language));
}

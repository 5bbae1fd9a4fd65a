import type { Citation } from '../reply.ts';

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  es: { en: 'en ingl\u00e9s' },
  en: { en: 'in English' },
};

/** " (en inglés)" behind a source whose quotes are not in the reply's language; else empty. */
export function quoteLanguage({ language }: Citation, replyLanguage: string): string {
  if (language === undefined || language === replyLanguage) return '';
  return ` (${(NAMES[replyLanguage] ?? NAMES.en)?.[language] ?? language})`;
}

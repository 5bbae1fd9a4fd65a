import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { en, type Texts } from './en.ts';
import { es } from './es.ts';

const LANGUAGES = { en, es } as const;
export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as readonly Language[];

/** As it goes with every message, BCP 47. */
export const LOCALES = { en: 'en-US', es: 'es-ES' } as const satisfies Record<Language, string>;

export function textsIn(language: Language): Texts {
  return LANGUAGES[language];
}

/** The first language wished for that there are texts in; English if there is none. BCP 47. */
export function pickLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const found = LANGUAGE_CODES.find((code) => code === wish?.slice(0, 2).toLowerCase());
    if (found) return found;
  }
  return 'en';
}

/** `fill('Call {name}', { name })`. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

export const TextsContext = createContext<Texts>(en);

export function useTexts(): Texts {
  return useContext(TextsContext);
}

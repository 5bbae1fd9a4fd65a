import type { Language } from '../i18n/language.ts';
import { pickLanguage } from '../i18n/language.ts';
import { loadLanguage } from './session.ts';

/** What GET /clinic.json says; what the clinic has not given is absent. */
interface ClinicFacts {
  readonly name?: string;
  readonly phone?: string;
  readonly booking?: string;
  readonly hours?: string;
  /** `#rrggbb`. */
  readonly colour?: string;
  /** An address, or a path on our own origin. */
  readonly logo?: string;
  /** Instead of our own welcome. */
  readonly greeting?: string;
  /** Of the greeting, and of the page before the visitor chooses. */
  readonly language?: string;
  /** With the region's emergency number, where there is one. */
  readonly standing?: Readonly<Record<Language, string>>;
  /** Whether a number can be left to be called back. */
  readonly callback?: boolean;
}

export interface Settings extends ClinicFacts {
  /** Inside the widget's panel. */
  readonly isFramed: boolean;
  /** That the page begins in. */
  readonly first: Language;
  /** Two letters; absent where the greeting is for everybody. */
  readonly greetingLanguage?: string;
}

/** Longest wait for the clinic's facts, in ms; the page shows long before. */
const FACTS_WITHIN_MS = 10_000;

/** What the widget says wins over the clinic's facts, and what the visitor has chosen over both. */
export function settingsFrom(facts: ClinicFacts): Settings {
  const isFramed = window.parent !== window;
  const query = new URLSearchParams(location.search);
  const given = isFramed ? readWidget(query) : {};
  const asked = query.get('language') ?? undefined;
  const greeted = given.greeting === undefined ? facts.language : asked;
  return {
    ...facts,
    ...given,
    isFramed,
    first: pickLanguage([loadLanguage(), asked, facts.language, ...navigator.languages]),
    ...(greeted !== undefined && { greetingLanguage: greeted.slice(0, 2).toLowerCase() }),
  };
}

/** Nothing where they cannot be had. */
export async function loadFacts(): Promise<ClinicFacts> {
  try {
    const answered = await fetch('clinic.json', { signal: AbortSignal.timeout(FACTS_WITHIN_MS) });
    return answered.ok ? ((await answered.json()) as ClinicFacts) : {};
  } catch {
    return {};
  }
}

/**
 * Only in a frame, where the policy lets none but the clinic's pages put us: on the page itself
 * anyone could send round a link that shows another phone number.
 */
function readWidget(query: URLSearchParams): Partial<Settings> {
  const text = (key: string): string | undefined =>
    query.get(key)?.trim().slice(0, 400) || undefined;
  const name = text('name');
  const phone = text('phone');
  const greeting = text('greeting');
  const logo = text('logo');
  const colour = text('colour');
  return {
    ...(name && { name }),
    ...(phone && { phone }),
    ...(greeting && { greeting }),
    ...(logo && isWebAddress(logo) && { logo }),
    ...(colour && /^#[\da-f]{6}$/i.test(colour) && { colour }),
  };
}

export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && ['https:', 'http:'].includes(new URL(address).protocol);
}

/** Digits and the plus, as a phone dials them. */
export function dialable(number: string): string {
  return number.replace(/[^\d+*#]/g, '');
}

/** Black or white on a colour of the clinic's, whichever has more contrast (WCAG relative luminance). */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? '#000000' : '#ffffff';
}

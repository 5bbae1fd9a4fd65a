import type { HeardOnce } from './listen.ts';

export type Language = 'en' | 'es';

/** By the little words of each language; by what was heard, then by what was spoken before, on a tie. */
export function languageOf({ markers, hits }: HeardOnce, before: Language | null): Language {
  const spanish = markers.of('spanish').length;
  const english = markers.of('english').length;
  if (spanish !== english) return spanish > english ? 'es' : 'en';
  if (spanish > 0) return before ?? 'en';
  return hits[0]?.language ?? before ?? 'en';
}

import type { Citation } from '../../reply.ts';
import { useTexts } from '../i18n/language.ts';
import { Icon } from './icons.tsx';

interface SourcesProps {
  readonly citations: readonly Citation[];
  /** Theirs, where they name no other. */
  readonly language: string;
  readonly onMarker: (marker: number) => void;
}

/** One row per place cited, with all its markers; pressed, it opens the first of them. */
export function Sources({ citations, language, onMarker }: SourcesProps) {
  const texts = useTexts();
  if (citations.length === 0) return null;
  const places = new Map<string, Citation[]>();
  for (const citation of citations) {
    const place = `${citation.article}\n${citation.section}`;
    places.set(place, [...(places.get(place) ?? []), citation]);
  }
  return (
    <div class="sources">
      <p class="sources-name">{texts.sources}</p>
      <ul>
        {Array.from(places, ([place, [first, ...others]]) => {
          if (!first) return null;
          return (
            <li key={place} lang={first.language ?? language}>
              <button type="button" class="source" onClick={() => onMarker(first.marker)}>
                <span class="source-markers">
                  {[first, ...others].map(({ marker }) => marker).join(', ')}
                </span>
                <span class="source-place">
                  <span class="source-title">{titleOf(first)}</span>
                  <span class="source-section">{sectionOf(first)}</span>
                </span>
                <Icon name="next" />
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** "A > B" as it is shown. */
export function sectionOf({ section }: Citation): string {
  return section.split(' > ').join(' › ');
}

export function titleOf({ title, origin }: Citation): string {
  return title || origin;
}

import type { Citation, Difference } from '../../reply.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { titleOf } from './sources.tsx';

interface DifferencesProps {
  readonly difference: Difference;
  readonly citations: readonly Citation[];
  /** Theirs. */
  readonly language: string;
  readonly onMarker: (marker: number) => void;
}

/** What each side says, beside the other, in its own words. */
export function Differences({ difference, citations, language, onMarker }: DifferencesProps) {
  const texts = useTexts();
  return (
    <section class="differ">
      <h2>{fill(texts.differAbout, { about: difference.about })}</h2>
      <div class="sides">
        {difference.sides.map((markers) => (
          <div class="side" key={markers.join(' ')}>
            {citations
              .filter(({ marker }) => markers.includes(marker))
              .map((citation) => (
                <button
                  key={citation.marker}
                  type="button"
                  class="side-source"
                  onClick={() => onMarker(citation.marker)}
                >
                  <span class="side-title">
                    <span class="side-marker">{citation.marker}</span>
                    {citation.publisher ?? titleOf(citation)}
                  </span>
                  <q lang={language}>{citation.quote}</q>
                </button>
              ))}
          </div>
        ))}
      </div>
    </section>
  );
}

import { splitMarkers } from '../../channels/markers.ts';
import type { Citation, Reply } from '../../reply.ts';
import { fill, useTexts } from '../i18n/language.ts';

interface AnswerTextProps {
  readonly reply: Reply;
  readonly onMarker: (marker: number) => void;
}

/** The reply's words, each marker a button; a marker that cites nothing stays what it is: text. */
export function AnswerText({ reply: { text, citations, language }, onMarker }: AnswerTextProps) {
  const paragraphs = text.split(/\n+/).filter((paragraph) => paragraph.trim() !== '');
  return (
    <div class="words" lang={language}>
      {paragraphs.map((paragraph, at) => (
        <p key={at}>
          {splitMarkers(paragraph).map(({ words, marker }, part) => {
            const cited = citations.find((citation) => citation.marker === marker);
            if (!cited) return words + (marker === null ? '' : `[${marker}]`);
            const [, before = '', last = ''] = /^([^]*?)(\S*)\s*$/.exec(words) ?? [];
            return (
              <span key={part}>
                {before}
                <span class="with-marker">
                  {last}
                  <Marker citation={cited} onMarker={onMarker} />
                </span>
              </span>
            );
          })}
        </p>
      ))}
    </div>
  );
}

interface MarkerProps {
  readonly citation: Citation;
  readonly onMarker: (marker: number) => void;
}

function Marker({ citation: { marker, title, origin }, onMarker }: MarkerProps) {
  const texts = useTexts();
  return (
    <button
      type="button"
      class="marker"
      aria-label={fill(texts.openSource, { marker, title: title || origin })}
      onClick={() => onMarker(marker)}
    >
      {marker}
    </button>
  );
}

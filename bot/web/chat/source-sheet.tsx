import { useEffect, useState } from 'preact/hooks';
import type { Citation } from '../../reply.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { Icon } from './icons.tsx';
import { isWebAddress } from './settings.ts';
import { Sheet } from './sheet.tsx';
import { sectionOf, titleOf } from './sources.tsx';

/** The sources of one answer, and which of them is looked at. */
export interface Shown {
  readonly citations: readonly Citation[];
  readonly at: number;
  /** Of the reply, BCP 47; a quote in another one says so. */
  readonly language: string;
}

interface SourceSheetProps {
  readonly shown: Shown;
  readonly onClose: () => void;
}

export function SourceSheet({ shown, onClose }: SourceSheetProps) {
  const texts = useTexts();
  const [at, setAt] = useState(shown.at);
  const { citations } = shown;
  const citation = citations[at];
  if (!citation) return null;
  const language = citation.language ?? shown.language;
  const facts = [
    [texts.publisher, citation.publisher],
    [texts.section, sectionOf(citation)],
    [texts.reviewed, citation.reviewed === null ? texts.notReviewed : inWords(citation.reviewed)],
  ] as const;

  return (
    <Sheet title={titleOf(citation)} language={language} onClose={onClose}>
      <dl class="facts">
        {facts.map(
          ([name, fact]) =>
            fact && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{fact}</dd>
              </div>
            ),
        )}
      </dl>
      <Passage
        key={`${citation.article} ${citation.start}`}
        citation={citation}
        language={language}
      />
      {citation.url !== null && isWebAddress(citation.url) && (
        <a class="original" href={citation.url} target="_blank" rel="noopener noreferrer">
          {texts.original}
        </a>
      )}
      {citations.length > 1 && (
        // Not `disabled`: a button that is pressed to the end would lose the focus.
        <div class="pager">
          <button
            type="button"
            class="tool"
            aria-label={texts.previousSource}
            aria-disabled={at === 0}
            onClick={() => setAt(Math.max(at - 1, 0))}
          >
            <Icon name="back" />
          </button>
          <p aria-live="polite">{fill(texts.sourceOf, { at: at + 1, all: citations.length })}</p>
          <button
            type="button"
            class="tool"
            aria-label={texts.nextSource}
            aria-disabled={at === citations.length - 1}
            onClick={() => setAt(Math.min(at + 1, citations.length - 1))}
          >
            <Icon name="next" />
          </button>
        </div>
      )}
    </Sheet>
  );
}

/** An ISO date in the page's language; as it is where it is none. */
function inWords(date: string): string {
  const parsed = new Date(date);
  if (Number.isNaN(parsed.getTime())) return date;
  const { lang } = document.documentElement;
  return parsed.toLocaleDateString(lang, { dateStyle: 'long', timeZone: 'UTC' });
}

type Read =
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'read'; readonly before: string; readonly after: string };

/** The words around the quote, from the article itself; the quote alone if that cannot be had. */
function Passage({
  citation,
  language,
}: {
  readonly citation: Citation;
  readonly language: string;
}) {
  const texts = useTexts();
  const [read, setRead] = useState<Read>({ kind: 'loading' });

  useEffect(() => {
    const { article, quote, start, end, passage } = citation;
    let isCurrent = true;
    const read = async (): Promise<void> => {
      const text = await readArticle(article);
      if (!isCurrent) return;
      // A newer version of the article may say something else there by now.
      if (text?.slice(start, end) !== quote) setRead({ kind: 'missing' });
      else {
        setRead({
          kind: 'read',
          before: text.slice(Math.min(passage[0], start), start),
          after: text.slice(end, Math.max(passage[1], end)),
        });
      }
    };
    void read();
    return () => {
      isCurrent = false;
    };
  }, [citation]);

  return (
    <section class="passage" aria-label={texts.passage} aria-busy={read.kind === 'loading'}>
      <blockquote lang={language}>
        {read.kind === 'read' && read.before}
        <mark>{citation.quote}</mark>
        {read.kind === 'read' && read.after}
      </blockquote>
      {read.kind === 'missing' && <p class="hint">{texts.passageMissing}</p>}
    </section>
  );
}

/** null where it cannot be had. */
async function readArticle(slug: string): Promise<string | null> {
  try {
    const answered = await fetch(`articles/${encodeURIComponent(slug)}`);
    if (!answered.ok) return null;
    const { text } = (await answered.json()) as { readonly text: string };
    return text;
  } catch {
    return null;
  }
}

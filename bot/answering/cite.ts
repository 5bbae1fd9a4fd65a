import type { Sentence, Span } from '../../knowledge/article.ts';
import { quoteOf } from '../../knowledge/article.ts';
import type { Passage } from '../../retrieval/hit.ts';
import type { Citation } from '../reply.ts';

/** The marker of a slice; a slice said twice keeps its first one. */
export function cite(
  citations: Citation[],
  { article, section, chunk }: Passage,
  slice: Span,
): number {
  const known = citations.find(
    ({ article: slug, start, end }) =>
      slug === article.slug && start <= slice.start && slice.end <= end,
  );
  if (known) return known.marker;
  const marker = citations.length + 1;
  citations.push({
    marker,
    article: article.slug,
    origin: article.origin,
    title: article.title,
    publisher: article.publisher,
    section: section.path.join(' > '),
    quote: quoteOf(article, slice),
    start: slice.start,
    end: slice.end,
    passage: [Math.min(chunk.start, slice.start), Math.max(chunk.end, slice.end)],
    reviewed: article.reviewed,
    url: article.url,
  });
  return marker;
}

/**
 * The marker of a citation behind the first `fixed` that this slice goes on from, made wide enough for
 * it: one source for what stands in one paragraph, list or row. Undefined where there is none, where
 * something was taken out between them, or where what lies between must not be shown.
 */
export function widened(
  citations: Citation[],
  fixed: number,
  { article, section, chunk }: Passage,
  slice: Span,
  isWithheld: (text: string) => boolean,
): number | undefined {
  const { sentences } = section;
  const to = sentences.findIndex(({ end }) => slice.end <= end);
  const sentence = sentences[to];
  if (!sentence || slice.start < (sentence.label?.start ?? sentence.start)) return undefined;
  for (let at = citations.length - 1; at >= fixed; at--) {
    const citation = citations[at] as Citation;
    // What leads into a list stays a quote of its own.
    if (citation.article !== article.slug || citation.end === sentence.leadIn?.end) continue;
    const from = lastOf(sentences, citation, sentence);
    const whole = from < 0 ? [] : sentences.slice(from, to + 1);
    if (!isOnePlace(whole)) continue;
    if (whole.some((one) => one.doubt ?? isWithheld(quoteOf(article, one)))) continue;
    const { start } = citation;
    const end = Math.max(citation.end, sentence.end);
    const passage: Citation['passage'] = [
      Math.min(chunk.start, citation.passage[0]),
      Math.max(chunk.end, citation.passage[1]),
    ];
    citations[at] = { ...citation, quote: quoteOf(article, { start, end }), end, passage };
    return citation.marker;
  }
  return undefined;
}

/** Index of the sentence a citation ends in; of the first cell where it is the head of this one's row. */
function lastOf(
  sentences: readonly Sentence[],
  { start, end }: Span,
  { row, block }: Sentence,
): number {
  return row && row.start <= start && end <= row.end
    ? sentences.findIndex((one) => one.block === block)
    : sentences.findIndex(
        (one) => Math.min(one.start, one.label?.start ?? one.start) < end && end <= one.end,
      );
}

/** Whether each stands right behind the one before, in the same paragraph, list or row, or as its neighbour. */
function isOnePlace(sentences: readonly Sentence[]): boolean {
  const [first, ...rest] = sentences;
  if (!first || !rest.every(({ goesOn }) => goesOn)) return false;
  const isInBlock = ({ block }: Sentence) => block === first.block;
  const isInList = ({ kind, leadIn }: Sentence) =>
    kind === 'item' && first.kind === 'item' && leadIn?.start === first.leadIn?.start;
  if (first.kind === 'cell') return rest.every(isInBlock);
  return rest.length === 1 || rest.every((one) => isInBlock(one) || isInList(one));
}

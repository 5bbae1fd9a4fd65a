import type { Span } from '../../knowledge/article.ts';
import { quoteOf } from '../../knowledge/article.ts';
import type { Hit, Passage } from '../../retrieval/hit.ts';
import type { Query } from '../../retrieval/query.ts';
import type { Corpus } from '../../retrieval/retriever.ts';
import type { Citation, Difference } from '../reply.ts';
import { ANSWER_WORDS, choose } from './choose.ts';
import { differingOn, type Differing } from './differing.ts';
import { opened, openingOf, withoutReply } from './opening.ts';
import { type Statement, wordsIn } from './statement.ts';

const QUESTION_WORD = /^(how|why|who|whose|when|where|which|what)$/;

export interface Composed {
  /** Plain text; every sentence ends with the markers of what it rests on. */
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly differences: readonly Difference[];
}

/**
 * An answer in the articles' own sentences; undefined when nothing in the hits can be said, or when
 * the question has no word beside those that ask: "and why?" is as near to any sentence as to any other.
 */
export function composeAnswer(
  query: Query,
  hits: readonly Hit[],
  corpus: Corpus,
  isWithheld: (text: string) => boolean = () => false,
): Composed | undefined {
  if (query.terms.every(({ word }) => QUESTION_WORD.test(word))) return undefined;
  const citations: Citation[] = [];
  const sentences: string[] = [];
  const differences: Difference[] = [];
  const differing = differingOn(query, hits, corpus, isWithheld);
  if (differing) {
    const { text, sides } = differingSentence(differing, citations);
    sentences.push(text);
    differences.push({ about: differing.about, sides });
  }
  const room = ANSWER_WORDS - (differing ? wordsIn(sentences.join(' ')) : 0);
  for (const statement of choose(query, hits, corpus, isWithheld, room)) {
    if (differing && isSaid(statement, differing)) continue;
    const { hit, parts } = statement;
    const opening = sentences.length === 0 ? openingOf(query, statement) : undefined;
    for (const [at, { text, slices }] of parts.entries()) {
      const markers = slices.map((slice) => cite(citations, hit, slice));
      const told = withoutReply(text);
      const said = opening && at === 0 ? opened(opening, told, statement) : told;
      sentences.push(marked(withoutMarkers(said), [...new Set(markers)]));
    }
  }
  return sentences.length === 0 ? undefined : { text: sentences.join(' '), citations, differences };
}

/** "Sources differ: one [1]; other [2]." and the markers of each side. */
function differingSentence(
  { sides }: Differing,
  citations: Citation[],
): { text: string; sides: number[][] } {
  const markers = sides.map(({ passage, slices }) =>
    slices.map((slice) => cite(citations, passage, slice)),
  );
  const said = sides.map(
    ({ text }, i) =>
      `${withoutMarkers(text)} ${(markers[i] ?? []).map((one) => `[${one}]`).join('')}`,
  );
  return { text: `Sources differ: ${said.join('; ')}.`, sides: markers };
}

/** Whether a side has said it already; a list says more than the one of its items. */
function isSaid({ kind, hit, at }: Statement, { sides }: Differing): boolean {
  const isSide = (index: number): boolean =>
    sides.some(
      ({ passage, slices }) =>
        passage.article === hit.article &&
        slices.at(-1)?.start === hit.chunk.sentences[index]?.start,
    );
  return kind !== 'list' && at.some(isSide);
}

/** The marker of a slice; a slice said twice keeps its first one. */
export function cite(
  citations: Citation[],
  { article, section, chunk }: Passage,
  slice: Span,
): number {
  const known = citations.find(
    ({ article: slug, start, end }) =>
      slug === article.slug && start === slice.start && end === slice.end,
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

/** An article's own "[7]" would read as a marker of ours. */
export function withoutMarkers(text: string): string {
  return text.replace(/\[(\d+)\]/g, '($1)');
}

/**
 * Before the closing stop, so that a sentence and its markers are never parted. A full stop inside
 * closing quotes moves out behind the marker.
 */
export function marked(text: string, markers: readonly number[]): string {
  const list = markers.map((marker) => `[${marker}]`).join('');
  return text.replace(
    /([.!?\u2026]?)(["\u201d')\]]*)([.!?\u2026]?)$/,
    (_, inner, quotes, outer) => {
      if (!quotes) return ` ${list}${inner || outer}`;
      return inner === '.' || inner === '' ? `${quotes} ${list}.` : `${inner}${quotes} ${list}.`;
    },
  );
}

import type { Article } from '../../knowledge/article.ts';
import type { Hit } from '../../retrieval/hit.ts';
import type { Query } from '../../retrieval/query.ts';
import type { Corpus } from '../../retrieval/retriever.ts';
import type { Citation, Difference } from '../reply.ts';
import { ANSWER_WORDS, choose } from './choose.ts';
import { cite, widened } from './cite.ts';
import { differingOn, type Differing } from './differing.ts';
import { opened, openingOf, withoutReply } from './opening.ts';
import { type Part, readingText, SHORTENED, type Statement, wordsIn } from './statement.ts';

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
  const sides = citations.length;
  const room = ANSWER_WORDS - (differing ? wordsIn(sentences.join(' ')) : 0);
  const statements = choose(query, hits, corpus, isWithheld, room).filter(
    (statement) => !differing || !isSaid(statement, differing),
  );
  const opening =
    sentences.length === 0 && statements[0] ? openingOf(query, statements[0]) : undefined;
  for (const [at, { hit, text, slices, statement }] of underOneLeadIn(statements).entries()) {
    const markers = slices.map(
      (slice) => widened(citations, sides, hit, slice, isWithheld) ?? cite(citations, hit, slice),
    );
    const told = withoutReply(text);
    const said = opening && at === 0 ? opened(opening, told, statement) : told;
    sentences.push(marked(withoutMarkers(said), [...new Set(markers)]));
  }
  return sentences.length === 0 ? undefined : { text: sentences.join(' '), citations, differences };
}

interface Said extends Part {
  readonly hit: Hit;
  readonly statement: Statement;
}

/** The sentences of the answer; what stands under one lead-in is said behind it once. */
function underOneLeadIn(statements: readonly Statement[]): Said[] {
  const said: Said[] = [];
  for (const statement of statements) {
    const { hit } = statement;
    for (const part of statement.parts) {
      const last = said.at(-1);
      const lead = leadOf(hit.article, part);
      const isSame =
        last !== undefined &&
        lead !== undefined &&
        last.hit.article === hit.article &&
        leadOf(hit.article, last) === lead &&
        last.slices[0]?.start === part.slices[0]?.start;
      if (!isSame) {
        said.push({ ...part, hit, statement });
        continue;
      }
      const isShortened = last.text.endsWith(SHORTENED) || part.text.endsWith(SHORTENED);
      const [first, next] = [last.text, part.text.slice(lead.length)].map((text) =>
        (text.endsWith(SHORTENED) ? text.slice(0, -SHORTENED.length) : text).replace(/[.;]$/, ''),
      );
      const slices = [...last.slices, ...part.slices.slice(1)];
      const text = `${first}; ${next}${isShortened ? SHORTENED : '.'}`;
      said[said.length - 1] = { ...last, text, slices };
    }
  }
  return said;
}

/** "To fly a kite you need: " where a part begins with what leads into it. */
function leadOf(article: Article, { text, slices }: Part): string | undefined {
  const [first, ...rest] = slices;
  if (!first || rest.length === 0) return undefined;
  const lead = `${readingText(article, first).replace(/[:?.]$/, '')}: `;
  return text.startsWith(lead) ? lead : undefined;
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

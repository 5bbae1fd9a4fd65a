import { quoteOf } from '../knowledge/article.ts';
import { tokenize } from '../knowledge/tokens.ts';
import type { Hit } from './hit.ts';
import { isNamed, type Query } from './query.ts';
import { stemOf } from './terms.ts';

/**
 * The hits that name everything the question turns on, best first; all of them where it turns on
 * nothing. What an article says of something else is no answer, however near it sounds.
 */
export function onHinges(query: Query, hits: readonly Hit[]): Hit[] {
  if (query.hinges.length === 0) return [...hits];
  return hits.filter((hit) => {
    const stems = stemsOf(hit);
    return query.hinges.every((hinge) => isNamed(hinge, stems));
  });
}

function stemsOf({ article, chunk, section }: Hit): string[] {
  const leadIns = chunk.sentences.map(({ leadIn }) => (leadIn ? quoteOf(article, leadIn) : ''));
  const text = [...section.path, ...leadIns, quoteOf(article, chunk)].join(' ');
  return tokenize(text).map(({ word }) => stemOf(word));
}

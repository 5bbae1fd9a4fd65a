import type { Hit } from '../retrieval/hit.ts';
import type { Citation } from './reply.ts';

/** What a sentence loses of its cosine, in [-1, 1], for having stood in the answer before. */
const REPEAT_COST = 0.35;

/**
 * The same hits, where the sentence that a citation of the last answer begins with comes after others as
 * near. Who asks on wants what was not said yet; where nothing else fits, it is said again. Only that
 * sentence: with all that was cited, follow-ups about the same place lost their answer more often than
 * they gained one (retrieval/README.md).
 */
export function afterSaid(hits: readonly Hit[], said: readonly Citation[]): readonly Hit[] {
  if (said.length === 0) return hits;
  const places = new Set(said.map(({ article, start }) => `${article} ${start}`));
  return hits.map((hit) => ({
    ...hit,
    similarities: hit.similarities.map((similarity, at) => {
      const place = `${hit.article.slug} ${hit.chunk.sentences[at]?.start}`;
      return places.has(place) ? similarity - REPEAT_COST : similarity;
    }),
  }));
}

import type { Hit } from '../retrieval/hit.ts';
import type { Citation } from './reply.ts';

/** What a sentence loses of its cosine, in [-1, 1], for having stood in the answer before. */
const REPEAT_COST = 0.35;

/**
 * The same hits, whose sentences that the person has just read come after others as near. Who asks on
 * wants what was not said yet; where nothing else fits, it is said again.
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

import { quoteOf } from '../knowledge/article.ts';
import { tokenize } from '../knowledge/tokens.ts';
import type { Hit } from './hit.ts';
import { isNamed, type Query } from './query.ts';
import { stemOf } from './terms.ts';

/** Words from which a message tells a story, which names things in passing. */
const STORY_WORDS = 30;
/** `Likeness.answered` from which a story asks what the articles answer, and from which any message does. */
const LIKE_ANSWERED = 0.35;
const SURELY_ANSWERED = 0.4;

/**
 * The hits that name everything the question turns on, best first; all of them where it turns on
 * nothing. What an article says of something else is no answer, however near it sounds. `answered`:
 * how like it is to what the articles answer, as retrieved.
 */
export function onHinges(query: Query, hits: readonly Hit[], answered = 0): Hit[] {
  const isStory = tokenize(query.text).length >= STORY_WORDS;
  const isInPassing = answered >= (isStory ? LIKE_ANSWERED : SURELY_ANSWERED);
  if (query.hinges.length === 0 || isInPassing) return [...hits];
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

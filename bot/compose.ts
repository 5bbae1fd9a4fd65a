import type { Retrieved } from '../retrieval/retriever.ts';
import { type Composed, composeAnswer } from './answering/quote.ts';
import type { LookedUp } from './look-up.ts';
import { isPainkillerWithheld, namesPainkiller } from './notices.ts';
import type { Screened } from './safety/screen.ts';
import type { TurnDeps } from './turn.ts';

/** As long as the retriever remembers what it found, so is what was made of it. */
const composedOf = new WeakMap<
  Retrieved,
  { readonly isWithheld: TurnDeps['isWithheld']; readonly composed: Composed | undefined }
>();

/** What this person is not told: what the clinic does not want said, and to some a painkiller. */
export function withheldFrom(
  screened: Screened,
  { isWithheld }: Pick<TurnDeps, 'isWithheld'>,
): TurnDeps['isWithheld'] {
  return isPainkillerWithheld(screened)
    ? (text) => namesPainkiller(text) || isWithheld(text)
    : isWithheld;
}

/**
 * The answer in the articles' words; undefined where none can be made of what was found. Made once
 * for all who have read nothing yet and from whom only that is withheld that is from everybody.
 */
export function compose(
  { found, query, hits, said }: LookedUp,
  isWithheld: TurnDeps['isWithheld'],
  deps: Pick<TurnDeps, 'retriever' | 'isWithheld'>,
): Composed | undefined {
  if (said.length > 0 || isWithheld !== deps.isWithheld) {
    return composeAnswer(query, hits, deps.retriever, isWithheld);
  }
  const known = composedOf.get(found);
  if (known?.isWithheld === isWithheld) return known.composed;
  const composed = composeAnswer(query, hits, deps.retriever, isWithheld);
  composedOf.set(found, { isWithheld, composed });
  return composed;
}

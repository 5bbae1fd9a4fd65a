import type { RuleSet } from '../knowledge/rule.ts';
import { foldText } from '../knowledge/tokens.ts';
import type { Screened } from './safety/screen.ts';

/** Asks for more than whether it may be done: when, how, how much, what else. */
const ASKS_MORE = /\b(how|when|what|which|where|why|who|instead)\b/;
/** Asks no more than that: "what about", "what if". */
const ONLY_WHETHER = /\b(what|how) (about|if)\b/g;

/**
 * What a message asks that tells of a condition for which dry needling needs care and is not answered
 * as it stands ("two pink lines this morning, do I cancel?"): whether it may be done with that.
 * Undefined where no rule of caution with an article behind it fired, or more is asked.
 */
export function cautionQuestion(
  utterance: string,
  { rules: fired }: Screened,
  { byId }: RuleSet,
): string | undefined {
  if (ASKS_MORE.test(foldText(utterance).replace(ONLY_WHETHER, ''))) return undefined;
  for (const id of fired) {
    const { level, names, sources } = byId.get(id) ?? {};
    if (level !== 'caution' || !names || !sources?.some((source) => 'origin' in source)) continue;
    return `Can I have dry needling with ${names.en}?`;
  }
  return undefined;
}

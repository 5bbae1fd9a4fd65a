import type { Hit } from '../retrieval/hit.ts';
import { statementsOf } from './answering/statement.ts';
import type { Citation } from './reply.ts';

const MOST = 2;
/** As long as a button can show on a phone. */
const LONGEST = 80;

/**
 * Question headings of the passages found that the answer did not use. A heading finds its own
 * section, so it passes the gate its answer must pass (tests/bot/suggestions.test.ts).
 */
export function suggestionsFrom(
  hits: readonly Hit[],
  citations: readonly Citation[],
  isWithheld: (text: string) => boolean = () => false,
): string[] {
  const used = new Set(citations.map(({ section }) => section.split(' > ').at(-1)));
  const found = new Set<string>();
  for (const hit of hits) {
    const heading = hit.section.path.at(-1) ?? '';
    const isQuestion = heading.endsWith('?') && heading.length <= LONGEST;
    if (!isQuestion || used.has(heading) || isWithheld(heading)) continue;
    if (statementsOf(hit).length === 0) continue;
    found.add(heading);
    if (found.size === MOST) break;
  }
  return [...found];
}

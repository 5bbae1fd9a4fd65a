import type { Hit } from '../retrieval/hit.ts';
import { stemsOf } from '../retrieval/terms.ts';
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

/** Share of two headings' words, from which they ask the same. */
const SAME_FROM = 0.5;

/**
 * The two headings nearest to a question that could not be answered, best first, each of another
 * section and asking something else; fewer where fewer pass `isAnswered`.
 */
export async function choicesFrom(
  hits: readonly Hit[],
  isAnswered: (hit: Hit, heading: string) => Promise<boolean>,
): Promise<string[]> {
  const found: string[] = [];
  for (const hit of hits) {
    const heading = hit.section.path.at(-1) ?? '';
    const isShort = heading !== '' && heading.length <= LONGEST;
    if (!isShort || found.some((other) => likeness(other, heading) >= SAME_FROM)) continue;
    if (await isAnswered(hit, heading)) found.push(heading);
    if (found.length === MOST) break;
  }
  return found;
}

/** Share of the stems of both that both have; every bundled heading names the subject. */
function likeness(one: string, other: string): number {
  const [a, b] = [one, other].map(
    (text) => new Set(stemsOf(text).filter((stem) => !SUBJECT.has(stem))),
  ) as [Set<string>, Set<string>];
  const shared = [...a].filter((stem) => b.has(stem)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 1 : shared / all;
}

const SUBJECT: ReadonlySet<string> = new Set(stemsOf('dry needling'));

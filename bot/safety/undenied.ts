import type { RuleSet } from '../../knowledge/rule.ts';
import { listen, type Heard } from './listen.ts';
import type { Marker } from './markers.ts';
import type { Hit } from './match.ts';

const JOIN = /^(?:and|but|y|e|pero)$/;

type Stretch = Pick<Hit, 'from' | 'to'>;

const DENIED: readonly Marker[] = ['denied-sign'];
const DENIED_OR_ORDINARY: readonly Marker[] = ['denied-sign', 'ordinary-sign'];

/**
 * A text without its clauses that plainly deny a sign and report none; the text itself where it has
 * no such clause. "My arm is sore, no rash, no fever" leaves "My arm is sore, ".
 */
export function undenied(text: string, rules: RuleSet): string {
  return without(DENIED, text, rules);
}

/** The same, without the clauses too that tell of an ordinary sign alone, such as a small bruise. */
export function remarkable(text: string, rules: RuleSet): string {
  return without(DENIED_OR_ORDINARY, text, rules);
}

function without(marked: readonly Marker[], text: string, rules: RuleSet): string {
  const heard = listen(text, rules);
  if (!marked.some((marker) => heard.markers.has(marker))) return text;
  const { words } = heard;
  let left = '';
  let kept = 0;
  let from = 0;
  for (let to = 1; to <= words.length; to += 1) {
    if (to < words.length && !isNewClause(to, heard)) continue;
    if (isHarmless(from, to, marked, heard, rules)) {
      left += text.slice(kept, words[from]?.start);
      kept = words[to]?.start ?? text.length;
    }
    from = to;
  }
  return (left + text.slice(kept)).trim();
}

function isNewClause(at: number, { words }: Heard): boolean {
  const word = words[at];
  if (!word) return false;
  return word.isAfterPause || word.sentence !== words[at - 1]?.sentence || JOIN.test(word.word);
}

/** Whether one of the markers stands in the words `[from, to)`, and they report no sign. */
function isHarmless(
  from: number,
  to: number,
  marked: readonly Marker[],
  { hits, markers }: Heard,
  rules: RuleSet,
): boolean {
  const isHere = (hit: Stretch) => hit.from < to && hit.to > from;
  const marks = marked.flatMap((marker) => markers.of(marker).filter(isHere));
  const here = hits.filter(isHere);
  const denied = here.filter(({ status }) => status === 'denied');
  const ordinary = marks.filter(({ concept }) => concept === 'ordinary-sign');
  const isReported = here.some(
    (hit) =>
      hit.status === 'present' &&
      isSign(hit.concept, rules) &&
      // "el pecho" in "no me duele el pecho" is denied with it.
      ![...denied, ...ordinary].some((other) => other.from <= hit.from && hit.to <= other.to),
  );
  return marks.length > 0 && !isReported;
}

/** Whether a concept tells of harm; "I have" and what is true of a person for years do not. */
function isSign(id: string, { concepts, rules }: RuleSet): boolean {
  if (concepts.get(id)?.scope === 'full') return true;
  return rules.some(
    ({ level, hears }) =>
      level !== 'caution' && hears.some(({ any, all }) => all.length === 0 && any.includes(id)),
  );
}

import type { RuleSet } from '../../knowledge/rule.ts';
import { listen, type Heard } from './listen.ts';

const JOIN = /^(?:and|but|y|e|pero)$/;

/**
 * A text without its clauses that plainly deny a sign and report none; the text itself where it has
 * no such clause. "My arm is sore, no rash, no fever" leaves "My arm is sore, ".
 */
export function undenied(text: string, rules: RuleSet): string {
  const heard = listen(text, rules);
  if (!heard.markers.has('denied-sign')) return text;
  const { words } = heard;
  let left = '';
  let kept = 0;
  let from = 0;
  for (let to = 1; to <= words.length; to += 1) {
    if (to < words.length && !isNewClause(to, heard)) continue;
    if (isDenial(from, to, heard, rules)) {
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

/** Whether the words `[from, to)` deny a sign, and report none. */
function isDenial(from: number, to: number, { hits, markers }: Heard, rules: RuleSet): boolean {
  const here = hits.filter((hit) => hit.from < to && hit.to > from);
  const denied = here.filter(({ status }) => status === 'denied');
  const isReported = here.some(
    (hit) =>
      hit.status === 'present' &&
      isSign(hit.concept, rules) &&
      // "el pecho" in "no me duele el pecho" is denied with it.
      !denied.some((other) => other.from <= hit.from && hit.to <= other.to),
  );
  if (isReported) return false;
  return markers.of('denied-sign').some((mark) => mark.from < to && mark.to > from);
}

/** Whether a concept tells of harm; "I have" and what is true of a person for years do not. */
function isSign(id: string, { concepts, rules }: RuleSet): boolean {
  if (concepts.get(id)?.scope === 'full') return true;
  return rules.some(
    ({ level, hears }) =>
      level !== 'caution' && hears.some(({ any, all }) => all.length === 0 && any.includes(id)),
  );
}

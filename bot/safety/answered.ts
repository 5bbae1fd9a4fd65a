import type { RuleSet } from '../../knowledge/rule.ts';
import { listen, type Heard } from './listen.ts';
import type { Marker } from './markers.ts';
import type { ScopedHit } from './scope.ts';

/** A "yes, since this morning" is an answer; a longer message speaks for itself. */
const LONGEST_ANSWER = 8;

const POINTERS: readonly (readonly [Marker, number])[] = [
  ['first-of-them', 0],
  ['second-of-them', 1],
  ['last-of-them', -1],
];

/** "no", "no thanks", "nope not really": nothing but a denial. */
export function isBareNo({ words, markers, hits }: Heard): boolean {
  const isReported = hits.some(({ status }) => status === 'present');
  return (
    words.length > 0 &&
    words.length <= 4 &&
    markers.covers('no', 0) &&
    !isReported &&
    !markers.has('yes')
  );
}

/**
 * The concepts of our last question that a short answer affirms, as if the person had said them;
 * empty when we asked nothing, offered something, or the answer is no.
 */
export function answeredHits(heard: Heard, question: string | null, rules: RuleSet): ScopedHit[] {
  const { words, markers } = heard;
  if (question === null || words.length === 0 || words.length > LONGEST_ANSWER) return [];
  const pointer = POINTERS.find(([marker]) => markers.has(marker));
  const isYes = markers.covers('yes', 0) || markers.has('all-of-them');
  if (!isYes && !pointer) return [];

  const asked = listen(question, rules);
  if (!asked.words.some(({ isAsked }) => isAsked)) return [];
  const offers = asked.markers.sentences('offer');
  const hits = asked.hits.filter(({ from }) => {
    const word = asked.words[from];
    return (
      word !== undefined && !offers.has(word.sentence) && isQuestionOrItsList(asked, word.sentence)
    );
  });
  const affirmed =
    pointer && !markers.has('all-of-them')
      ? hits.filter((hit) => hit.from === placeOf(hits, pointer[1]))
      : hits;
  // The words are ours: the span is the whole of the person's answer.
  return affirmed.map((hit) => ({ ...hit, from: 0, to: words.length, status: 'present' as const }));
}

/** The question itself, or the options listed after it. */
function isQuestionOrItsList({ words }: Heard, sentence: number): boolean {
  return words.some((word) => word.isAsked && word.sentence <= sentence);
}

function placeOf(hits: readonly ScopedHit[], at: number): number | undefined {
  return [...new Set(hits.map(({ from }) => from))].at(at);
}

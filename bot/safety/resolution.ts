import type { MarkerMap } from './markers.ts';
import type { Hit } from './match.ts';
import { sentenceOf, type Word } from './words.ts';

/** "it stopped" ends what the same sentence, or one of the two before, reported. */
const SENTENCES = 2;
/** Words from a resolution to a symptom named after it ("got over the dizziness"). */
const BEFORE = 2;
/** "Has gone wheezy" is how it is now. */
const GONE = /^(?:gone|went)$/;
const BECAME =
  /^(?:wheezy|tight|tighter|numb|dead|limp|floppy|weak|stiff|rigid|hard|solid|cold|clammy|hot|red|blue|grey|gray|white|pale|purple|black|dark|yellow|mottled|blotchy|puffy|swollen|blurry|fuzzy|foggy|dizzy|silent|quiet|funny|weird|strange|wrong|haywire|downhill|worse|crooked|lopsided|wonky|droopy|slack|blind|deaf|raspy|croaky|hoarse|septic)$/;
const OWNER = /^(?:my|the|his|her|our|mi|el|la|su)$/;

/** Whether a hit is said to be over, and not still there, back again or only hoped to end. */
export function isOver(hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  const sentence = sentenceOf(hit, words);
  for (let later = sentence; later <= sentence + SENTENCES; later += 1) {
    for (const mark of markers.in('over', later)) {
      if (isUndone(mark, words, markers)) continue;
      if (mark.to <= hit.from) {
        if (later === sentence && hit.from - mark.to <= BEFORE) return true;
      } else if (!hasOwnSubject(mark, hit, words, markers)) return true;
    }
  }
  return false;
}

/** "not gone", "gone wheezy", or back again after it. */
function isUndone(mark: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  const next = words[mark.to];
  if (GONE.test(words[mark.to - 1]?.word ?? '') && BECAME.test(next?.word ?? '')) {
    if (!next?.isAfterPause && next?.sentence === words[mark.from]?.sentence) return true;
  }
  const again = markers.of('recurring').at(-1);
  if (again !== undefined && again.from >= mark.from) return true;
  for (let at = mark.from; at < mark.to; at += 1) if (markers.covers('not-over', at)) return true;
  return false;
}

/** "my headache is gone" says nothing of the chest pain before it. */
function hasOwnSubject(mark: Hit, hit: Hit, words: readonly Word[], markers: MarkerMap): boolean {
  for (let at = mark.from - 1; at >= hit.to; at -= 1) {
    const word = words[at];
    const before = words[at - 1];
    if (!word) return false;
    if (!OWNER.test(word.word)) {
      if (isJoin(at, words, markers)) return false;
      continue;
    }
    return (
      !before ||
      word.isAfterPause ||
      before.sentence !== word.sentence ||
      isJoin(at - 1, words, markers)
    );
  }
  return false;
}

function isJoin(at: number, words: readonly Word[], markers: MarkerMap): boolean {
  return /^(?:and|y)$/.test(words[at]?.word ?? '') || markers.covers('terminator', at);
}

import { tokenize } from '../knowledge/tokens.ts';
import { type Claim, subjectStem } from './claim.ts';
import { isStopWord } from './terms.ts';

const VISIT = /\b(session|visit|appointment|treatment|class|lesson)s?\b/i;

/**
 * A short noun phrase for what two claims of one kind differ on, in the words of their texts.
 * `shared` are the stems of both, the most telling first.
 */
export function aboutOf(
  { kind, role }: Claim,
  texts: readonly [string, string],
  shared: readonly string[],
): string {
  const subject = subjectIn(texts, shared, kind === 'permission');
  const visit = texts.map((text) => VISIT.exec(text)?.[1]?.toLowerCase()).find(Boolean);
  switch (kind) {
    case 'time':
      if (role === 'length') return visit ? `${visit} length` : 'time needed';
      if (role === 'stay') return 'time in place';
      return `how long ${subject ?? 'it'} ${subject && isPlural(subject) ? 'last' : 'lasts'}`;
    case 'wait':
      return subject ? `time without ${subject}` : 'waiting time';
    case 'count visit':
      return `number of ${visit ?? 'visit'}s`;
    case 'rate':
      return subject ? `how often: ${subject}` : 'how often it is done';
    case 'money':
      return subject ? `price of ${subject}` : 'price';
    case 'clock':
      return subject ? `time of ${subject}` : 'times';
    case 'invasive':
      return 'how invasive it is';
    case 'evidence':
      return 'strength of the evidence';
    case 'requirement':
      return subject ? `need for ${subject}` : 'what is required';
    case 'pain':
      return 'pain';
    case 'occurrence':
      return `how common ${subject ?? 'it'} ${subject && isPlural(subject) ? 'are' : 'is'}`;
    case 'permission':
      return subject ? `advice on ${isAdjective(subject) ? 'being ' : ''}${subject}` : 'advice';
    case 'medicine':
      return 'pain relievers';
    default:
      return subject ? `amount: ${subject}` : 'amount';
  }
}

/** The longest stretch of shared words around the most telling one, as one of the texts writes it. */
function subjectIn(
  texts: readonly [string, string],
  shared: readonly string[],
  isExtended: boolean,
): string | undefined {
  const [best] = shared;
  if (best === undefined) return undefined;
  const stems = new Set(shared);
  const runs = texts.flatMap((text) => {
    const words = tokenize(text);
    const at = words.findIndex(({ word }) => subjectStem(word) === best);
    if (at < 0) return [];
    let first = at;
    let last = at;
    const isJoined = (i: number): boolean =>
      /^[\s-]$/.test(text.slice(words[i]?.end, words[i + 1]?.start));
    const isShared = (i: number): boolean => stems.has(subjectStem(words[i]?.word ?? ''));
    while (first > 0 && isShared(first - 1) && isJoined(first - 1)) first--;
    while (isJoined(last) && isShared(last + 1)) last++;
    const next = words[last + 1]?.word;
    if (isExtended && first === last && next && isJoined(last) && !isStopWord(next)) last++;
    return [
      words
        .slice(first, last + 1)
        .map(({ word }) => word)
        .join(' '),
    ];
  });
  return runs.toSorted(
    (a, b) => wordsIn(b) - wordsIn(a) || deeds(a) - deeds(b) || b.length - a.length,
  )[0];
}

function isPlural(run: string): boolean {
  return /[^s]s$/.test(run);
}

/** By its ending, for a subject that one word names: "pregnant" is no noun. */
function isAdjective(run: string): boolean {
  return wordsIn(run) === 1 && /(?:[ae]nt|ful|ous|ic|ive|able)$/.test(run);
}

/** "Blood thinners" is a thing, "blood thinning" what it does; "bruising" alone is a thing too. */
function deeds(run: string): number {
  return wordsIn(run) > 1 && run.endsWith('ing') ? 1 : 0;
}

function wordsIn(run: string): number {
  return run.split(' ').length;
}

import { subjectStem } from '../../retrieval/claim.ts';
import type { Difference } from '../../retrieval/differences.ts';
import type { Hit } from '../../retrieval/hit.ts';
import type { Query } from '../../retrieval/query.ts';
import type { Corpus } from '../../retrieval/retriever.ts';
import { stemsOf } from '../../retrieval/terms.ts';
import { type QuestionType, questionTypeOf } from './question-type.ts';
import { type Side, sideOf } from './side.ts';

/** What the articles put differently, as far as the question asks for it. */
export interface Differing {
  readonly about: string;
  /** The stricter first where one is; each of another article. */
  readonly sides: readonly Side[];
}

/** Words of all sides together, which leave room for the rest of the answer. */
const MOST_WORDS = 62;
/** Idf share of the question that a difference must speak of. */
const COVERED_FROM = 0.4;
/** The same of a long message, which tells a story around its question. */
const COVERED_FROM_LONG = 0.2;
const LONG = 15;
/** The same where neither side was retrieved for it. */
const COVERED_FROM_UNFOUND = 0.7;

/** What a question says that asks for a kind of thing, where its type alone does not. */
const ASKED: Readonly<Record<string, RegExp>> = {
  invasive: /\binvasive\b/,
  occurrence:
    /\b(?:often|common|commonly|rare|rarely|likely|chances?|odds|usual|normal|frequent\w*|risk)\b/,
  pain: /\b(?:pain|painful|painless|hurts?|hurting|sharp|sting\w*|ouch|feel\w*|sensations?|notice)\b/,
  evidence:
    /\b(?:evidence|science|scientific\w*|studies|study|research|proven|proof|prove|actually work|really work|does it work|placebo|quack\w*)\b/,
  requirement: /\b(?:licen[sc]\w*|certif\w*|train\w*|qualif\w*|credentials?|courses?|degrees?)\b/,
  medicine:
    /\b(?:painkillers?|pain (?:killers?|relievers?|meds?|medicine|medication|pills?|tablets?)|ibuprofen|advil|acetaminophen|tylenol|paracetamol|aspirin|medicine|medication|pills?|(?:can|could|may|should|to) (?:i |we |he |she )?take(?! off| it easy| time| a\b)|take (?:something|anything|for))\b/,
  length: /\b(?:take|takes|session|sessions|appointment|visit|treatment|there|last)\b/,
  stay: /\b(?:stay|stays|leave|left|remain|in for|in place|keep|kept|inside|needles? in)\b/,
  'count visit': /\b(?:session|sessions|visits?|appointments?|treatments?|times)\b/,
  wait: /\b(?:when|how (?:long|soon)|can|should|avoid|wait|after|back to|again)\b/,
};

/** "How long does it take to work" asks for no session's length. */
const ONSET =
  /\btakes? (?:\w+ ){0,3}(?:work|help|kick in|take effect|feel|notice|see|heal|recover|get better|go away|settle)\b|\b(?:before|until|till) (?:it|i|you|this) (?:works?|helps?|kicks?|feels?|notices?|sees?)\b/;
const AFTERWARDS =
  /\b(?:after|since|following|from|post|till|until)(?: \w+){0,2} (?:sessions?|treatments?|visits?|appointments?)\b/g;
/** "Will I bleed?" asks what happens, not who may. */
const FORETELLS = /^(?:and |but |so |ok )*(?:will|would|does|do) /;
const PERMITS =
  /\b(?:safe|ok|okay|allowed|should|can|may|could|suitable|fine|right for|have (?:it|this|dry|needling)|treat|take|see|accept|stop me|rule|matter|problem|with)\b/;

/** Questions that wait for something else than where the articles stand. */
const ANOTHER_ANSWER = new Set<QuestionType>([
  'duration',
  'count',
  'size',
  'reason',
  'place',
  'venue',
  'difference',
]);
/** Questions that advice answers: whether, who, and whatever has no narrower type. */
const ADVISED = new Set<QuestionType>(['whether', 'person', 'list', 'open']);
const OF_TYPE: Partial<Record<QuestionType, RegExp>> = {
  duration: /^(?:time|wait|clock)$/,
  count: /^(?:count .*|money|mass|volume|share|degrees)$/,
  frequency: /^(?:rate|occurrence)$/,
  size: /^length$/,
};

/**
 * The difference that a question asks for, where there is one: the surest among those whose kind it
 * waits for and whose subject it names.
 */
export function differingOn(
  query: Query,
  hits: readonly Hit[],
  corpus: Corpus,
  isWithheld: (text: string) => boolean,
): Differing | undefined {
  const type = questionTypeOf(query.plain);
  const numbers = new Map(hits.map(({ chunk }, rank) => [chunk.id, rank]));
  let best: { differing: Differing; value: number } | undefined;
  for (const difference of corpus.differences) {
    if (!isAskedFor(difference, query, type)) continue;
    const sides = difference.sides.map((stated) => sideOf(corpus.passage(stated.chunk), stated));
    const [one, other] = sides;
    if (!one || !other || one.words + other.words > MOST_WORDS) continue;
    if (isWithheld(one.text) || isWithheld(other.text)) continue;
    const found = difference.sides.map((stated, i) =>
      similarityOf(hits[numbers.get(sides[i]?.passage.chunk.id ?? '') ?? -1], stated.sentence),
    );
    const covered = coverage(query, [one, other], difference, corpus);
    const isFound = found.some((similarity) => similarity !== undefined);
    if (covered < leastCoverage(query, isFound)) continue;
    const value =
      covered +
      difference.likeness +
      (found[0] ?? 0) +
      (found[1] ?? 0) -
      (one.words + other.words) / 100;
    if (!best || value > best.value) {
      best = { differing: { about: difference.about, sides: [one, other] }, value };
    }
  }
  return best?.differing;
}

function similarityOf(hit: Hit | undefined, sentence: number): number | undefined {
  return hit?.similarities[sentence];
}

function isAskedFor(difference: Difference, query: Query, type: QuestionType): boolean {
  const { kind, role, subject } = difference;
  const asks = (name: string): boolean => ASKED[name]?.test(query.plain) ?? false;
  const isNamed =
    subject.some((stem) => query.weights.has(stem)) ||
    query.terms.some(({ word }) => subject.includes(subjectStem(word)));
  if (kind === 'time') {
    if (type !== 'duration' || ONSET.test(query.plain)) return false;
    // "How long will I ache after a session" asks for no session's length.
    if (role === 'length')
      return ASKED['length']?.test(query.plain.replace(AFTERWARDS, '')) === true;
    return role === 'stay' ? asks(role) : isNamed;
  }
  if (kind === 'count visit') return type === 'count' && asks(kind);
  if (kind === 'invasive' || kind === 'evidence' || kind === 'pain' || kind === 'requirement') {
    return asks(kind) && !ANOTHER_ANSWER.has(type);
  }
  if (kind === 'medicine') return asks(kind);
  if (kind === 'permission') {
    const foretells = FORETELLS.test(query.plain) && !PERMITS.test(query.plain);
    return isNamed && ADVISED.has(type) && !foretells;
  }
  if (kind === 'occurrence' || kind === 'wait') {
    return isNamed && (asks(kind) || OF_TYPE[type]?.test(kind) === true);
  }
  return isNamed && OF_TYPE[type]?.test(kind) === true;
}

function leastCoverage(query: Query, isFound: boolean): number {
  if (!isFound) return COVERED_FROM_UNFOUND;
  return query.terms.length > LONG ? COVERED_FROM_LONG : COVERED_FROM;
}

/**
 * Idf share of the question's words that the sides, or what they stand under, speak of; 0 where its
 * rarest word is not among them, which is what sets its subject apart from its neighbours.
 */
function coverage(
  query: Query,
  sides: readonly Side[],
  { kind, role }: Difference,
  corpus: Corpus,
): number {
  const stems = new Set(
    sides.flatMap(({ text, passage }) => stemsOf([text, ...passage.section.path].join(' '))),
  );
  const cue = ASKED[role ?? kind] ?? ASKED[kind];
  const isTaken = kind === 'medicine';
  let found = 0;
  let all = 0;
  let rarest: { rarity: number; isSaid: boolean } | undefined;
  for (const { stem, word, rarity, weight: share } of query.terms) {
    const isSaid =
      ASKING.test(word) ||
      cue?.test(word) === true ||
      (isTaken && word === 'take') ||
      stems.has(stem) ||
      [...(query.otherNames.get(stem) ?? [])].some((name) => stems.has(name)) ||
      query.relatives.get(stem)?.some((near) => stems.has(near.stem)) === true;
    // A word the articles never use may be a slip or an aside: retrieval has weighed it before.
    if (!isSaid && !corpus.isKnown(stem) && !query.otherNames.has(stem)) continue;
    const weight = share * corpus.idf(stem);
    all += weight;
    if (isSaid) found += weight;
    if (!rarest || rarity > rarest.rarity) rarest = { rarity, isSaid };
  }
  return all === 0 || !rarest?.isSaid ? 0 : found / all;
}

const ASKING = /^(?:how|long|many|much|often|soon|when|who|what|which|why|need|will)$/;

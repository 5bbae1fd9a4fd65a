import { type Article, quoteOf, type Section, type Sentence } from '../knowledge/article.ts';
import { tokenize } from '../knowledge/tokens.ts';
import { isSameAmount, quantitiesIn, type Quantity, spanned } from './quantity.ts';
import { areApart, type Axis, stancesIn, type Stance } from './stance.ts';
import { isStopWord, stemOf, stemsOf } from './terms.ts';

/** What a sentence says that another may say otherwise. */
export type Value =
  | { readonly type: 'amount'; readonly amount: Quantity }
  | { readonly type: 'stance'; readonly stance: Stance }
  | { readonly type: 'choice'; readonly chosen: readonly string[] };

export const ROLES = ['length', 'stay', 'effect', 'needed', 'after'] as const;
export type Role = (typeof ROLES)[number];

export interface Claim {
  /** Claims of one kind can be compared: a measure, an axis, or what is chosen from. */
  readonly kind: string;
  readonly value: Value;
  /** Whether the value stands in the lead-in of the list, so that the item alone does not say it. */
  readonly isLed: boolean;
  /**
   * What the amount is of, where the words before it say so: a visit's length, something left in
   * place, an effect; visits that are needed, or after which something shows.
   */
  readonly role: Role | undefined;
  /** Stems of the sentence's own words, without those of the value. */
  readonly stems: ReadonlySet<string>;
  /** Those of the name of the item it stands in; empty where it has none. */
  readonly name: ReadonlySet<string>;
  /** Stems of the head of the table column it stands in: it is said of that alone. */
  readonly column: ReadonlySet<string>;
  /** Stems of what it is read under: lead-in, table heads, headings. */
  readonly context: ReadonlySet<string>;
}

/** Pain relievers sold without a prescription, by name: which one is a choice, not a grade. */
const MEDICINES =
  /\b(acetaminophen|paracetamol|tylenol|ibuprofen|advil|motrin|nurofen|naproxen|aleve|aspirin|diclofenac)\b/gi;
const SAME_MEDICINE: Readonly<Record<string, string>> = {
  paracetamol: 'acetaminophen',
  tylenol: 'acetaminophen',
  advil: 'ibuprofen',
  motrin: 'ibuprofen',
  nurofen: 'ibuprofen',
  aleve: 'naproxen',
};

/** Time for which something is to be left alone is not time that it takes. */
const LEAVE_ALONE =
  /\b(?:avoid\w*|skip|wait|rest|refrain|stop|no (?:\w+ ){1,3}for|(?:do not|don['\u2019]t) \w+)\b/i;
/** Read from the amount backwards: the nearest word decides. */
const CUES: readonly (readonly [Role, RegExp])[] = [
  ['length', /\b(?:takes?|took|taken|sessions?|appointments?|visits?|classes|class|lessons?)\b/gi],
  ['stay', /\b(?:remain\w*|stays?|left|leave|keep|kept|in place)\b/gi],
  [
    'effect',
    /\b(?:resolv\w+|go(?:es)? away|pass(?:es)?|clears?|fades?|heals?|sore\w*|bruis\w*|ach\w+|pain\w*|relief|results?|effects?|feels?|tired\w*|fatigue)\b/gi,
  ],
];
/** What is said to be untrue is no claim of the article's. */
const MYTH =
  /\b(?:myths?|misconceptions?|false)\b|\b(?:one|1|a single) \w+ (?:does|do|is|are|will) not\b/i;
/** What a lead-in can say of its items. */
const LED = new Set<Axis>(['permission', 'occurrence']);
const AT_ONCE = /\b(?:immediately|right|straight|directly) after\b/i;

/** How a claim is worded rather than what it is about. */
const HEDGES = new Set(
  (
    'usually typically often sometimes generally most mostly many much more less least some few several ' +
    'rare rarely common commonly frequent frequently likely unlikely possible possibly potential not no never ' +
    'only always nearly about around approximately up least take takes last lasts lasting people person persons ' +
    'patient patients individual individuals those someone everyone include includes including such like use used ' +
    'uses using need needs needed require required requires should avoid consult caution safe depending depends ' +
    'depend source says say called calls way make makes help helps who how when where what ask talk tell however ' +
    'suitable right good appropriate determine decide decided provider practitioner doctor physician therapist ' +
    'professional clinician healthcare health care medical advised recommended allowed sure while other others ' +
    'after before during although additionally specific special certain additional check first cannot went gone ' +
    'go goes away within clear minor mild above all resolve experience pass sustained lasting still cost costs price prices'
  )
    .split(' ')
    .map((word) => stemOf(word)),
);

/** What one sentence claims, in a fixed order; empty for most sentences. */
export function claimsOf(article: Article, section: Section, sentence: Sentence): Claim[] {
  if (sentence.doubt) return [];
  const own = quoteOf(article, sentence);
  if (/[?:]\s*$/.test(own)) return [];
  const label = labelOf(article, section, sentence);
  const leadIn = sentence.leadIn ? quoteOf(article, sentence.leadIn) : '';
  const heads = [sentence.row, sentence.column].map((span) => (span ? quoteOf(article, span) : ''));
  const context = new Set(stemsOf([leadIn, ...heads, ...section.path].join(' ')));
  const name = new Set(stemsOf(label).filter((stem) => !HEDGES.has(stem)));
  const column = new Set(sentence.column ? stemsOf(quoteOf(article, sentence.column)) : []);
  const make = (kind: string, value: Value, isLed: boolean): Claim => ({
    kind,
    value,
    isLed,
    role: value.type === 'amount' ? roleOf(own, value.amount) : undefined,
    stems: subjectOf(label && !own.startsWith(label) ? label : '', own, value),
    name,
    column,
    context,
  });

  const claims: Claim[] = [];
  const amounts = new Map<string, Quantity[]>();
  for (const amount of MYTH.test(own) ? [] : quantitiesIn(own)) {
    const kind = amount.measure === 'time' && isLeftAlone(own, amount) ? 'wait' : amount.measure;
    amounts.set(kind, [...(amounts.get(kind) ?? []), amount]);
  }
  const atOnce = AT_ONCE.exec(own);
  if (atOnce && LEAVE_ALONE.test(own) && !amounts.has('wait')) {
    const span = { start: atOnce.index, end: atOnce.index + atOnce[0].length };
    amounts.set('wait', [{ measure: 'time', low: 0, high: 60, span }]);
  }
  for (const [kind, found] of amounts) {
    const amount = spanned(found);
    if (amount) claims.push(make(kind, { type: 'amount', amount }, false));
  }
  // "Individuals should avoid it if they:" speaks for each of its items, whatever softer one adds.
  const led = stancesIn(leadIn).filter(({ axis }) => LED.has(axis));
  const stances = stancesIn(own);
  for (const stance of led) {
    const other = stances.find(({ axis }) => axis === stance.axis);
    if (!other || other.grade < stance.grade) {
      claims.push(make(stance.axis, { type: 'stance', stance }, true));
    }
  }
  for (const stance of stances) {
    const lead = led.find(({ axis }) => axis === stance.axis);
    if (!lead || lead.grade <= stance.grade) {
      claims.push(make(stance.axis, { type: 'stance', stance }, false));
    }
  }
  const chosen = [...own.matchAll(MEDICINES)].map(([name]) => name.toLowerCase());
  if (chosen.length > 0) {
    const names = [...new Set(chosen.map((name) => SAME_MEDICINE[name] ?? name))].sort();
    claims.push(make('medicine', { type: 'choice', chosen: names }, false));
  }
  return claims;
}

/** Whether two claims of one kind cannot both be the whole answer. */
export function areDifferent(a: Value, b: Value): boolean {
  if (a.type === 'amount' && b.type === 'amount') return !isSameAmount(a.amount, b.amount);
  if (a.type === 'stance' && b.type === 'stance') return areApart(a.stance, b.stance);
  if (a.type === 'choice' && b.type === 'choice') {
    return !a.chosen.some((name) => b.chosen.includes(name));
  }
  return false;
}

/** The name of the item a sentence stands in: it is about that, wherever in the item it comes. */
function labelOf(article: Article, section: Section, sentence: Sentence): string {
  if (sentence.kind !== 'item') return '';
  const label =
    sentence.label ??
    section.sentences.find(({ block, label }) => block === sentence.block && label)?.label;
  return label ? quoteOf(article, label).replace(/[:.\s]+$/, '') : '';
}

function isLeftAlone(text: string, { span }: Quantity): boolean {
  return LEAVE_ALONE.test(text.slice(Math.max(0, span.start - 70), span.start));
}

function roleOf(text: string, { measure, span }: Quantity): Role | undefined {
  const before = text.slice(0, span.start);
  if (measure.startsWith('count')) {
    if (/\b(?:needs?|needed|requires?|required)\b/i.test(before)) return 'needed';
    return /\bafter\b/i.test(before) ? 'after' : undefined;
  }
  let role: Role | undefined;
  let nearest = -1;
  for (const [name, cue] of CUES) {
    for (const { index } of before.matchAll(cue)) {
      if (index > nearest) {
        role = name;
        nearest = index;
      }
    }
  }
  return role;
}

function subjectOf(label: string, own: string, value: Value): Set<string> {
  const stems = new Set<string>();
  const chosen = value.type === 'choice' ? new Set(value.chosen) : undefined;
  const text =
    value.type === 'amount'
      ? `${own.slice(0, value.amount.span.start)} ${own.slice(value.amount.span.end)}`
      : own;
  for (const { word } of tokenize(`${label} ${text}`)) {
    if (isStopWord(word) || /\d/.test(word) || chosen?.has(SAME_MEDICINE[word] ?? word)) continue;
    const stem = subjectStem(word);
    if (!HEDGES.has(stem)) stems.add(stem);
  }
  return stems;
}

/** Stem of a word as claims are compared by: "thinners" and "thinning" name one thing. */
export function subjectStem(word: string): string {
  return stemOf(word).replace(/([bdgmnprt])\1er$/, '$1');
}

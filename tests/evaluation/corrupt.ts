/** What was done to a true sentence. */
export const CORRUPTIONS = [
  'figure',
  'unit',
  'negation',
  'who',
  'time',
  'entity',
  'merged',
] as const;
export type Corruption = (typeof CORRUPTIONS)[number];

type Change = readonly [RegExp, string];

/** The first of these that applies, at its first place, is made. */
const CHANGES: Readonly<Record<Exclude<Corruption, 'figure' | 'merged'>, readonly Change[]>> = {
  unit: [
    [/\bhours\b/, 'days'],
    [/\bminutes\b/, 'hours'],
    [/\bdays\b/, 'weeks'],
    [/\bweeks\b/, 'months'],
    [/\bmonths\b/, 'years'],
    [/\ba week\b/, 'a month'],
    [/\bseconds\b/, 'minutes'],
    [/\bmm\b/, 'cm'],
    [/\bsessions\b/, 'weeks'],
    [/\bglasses\b/, 'liters'],
  ],
  negation: [
    [/\bshould not\b/, 'should'],
    [/\bis not\b/, 'is'],
    [/\bare not\b/, 'are'],
    [/\bdoes(?: not|n't)\b/, 'does'],
    [/\bdo not\b/, 'do'],
    [/\bcannot\b/, 'can'],
    [/\bshould avoid\b/, 'should have'],
    [/\bmay\b/, 'may not'],
    [/\bcan\b/, 'cannot'],
    [/\bshould\b/, 'should not'],
    [/\bis\b/, 'is not'],
    [/\bare\b/, 'are not'],
    [/\bhelps\b/, 'does not help'],
    [/\bneeds\b/, 'does not need'],
  ],
  who: [
    [/\bphysical therapists?\b/i, 'nurses'],
    [/\bchiropractors?\b/, 'dentists'],
    [/\bdoctors?\b/, 'pharmacists'],
    [/\bathletes\b/i, 'children'],
    [/\bpregnant\b/i, 'elderly'],
    [/\bproviders?\b/i, 'receptionist'],
    [/\bpractitioners?\b/i, 'patients'],
    [/\btherapist\b/i, 'patient'],
    [/\bpatients\b/i, 'children'],
    [/\b(some|most) people\b/i, '$1 children'],
    [/\bpeople\b/i, 'women'],
    [/\bprofessionals?\b/i, 'students'],
  ],
  time: [
    [/\bbefore\b/i, 'after'],
    [/\bafter\b/i, 'before'],
    [/\bduring\b/i, 'before'],
    [/\buntil\b/i, 'before'],
    [/\bright away\b/, 'within a week'],
    [/\bimmediately\b/, 'later'],
    [/\bshort-term\b/, 'long-term'],
    [/\blong-term\b/, 'short-term'],
    [/\bchronic\b/i, 'acute'],
    [/\bfirst\b/i, 'last'],
  ],
  entity: [
    [/\b(dry needling)\b(.{6,})\b(acupuncture)\b/i, '$3$2$1'],
    [/\b(acupuncture)\b(.{6,})\b(dry needling)\b/i, '$3$2$1'],
    [/\b(superficial)\b(.{6,})\b(deep)\b/i, '$3$2$1'],
    [/\b(deep)\b(.{6,})\b(superficial)\b/i, '$3$2$1'],
    [/\b(skin)\b(.{6,})\b(muscle)\b/, '$3$2$1'],
    [/\bacupuncture\b/i, 'dry needling'],
    [/\bcollapsed lung\b/i, 'bruise'],
    [/\bbruis(?:e|ing)\b/i, 'infection'],
    [/\binfection\b/i, 'soreness'],
    [/\bsoreness\b/i, 'numbness'],
    [/\bsciatica\b/i, 'arthritis'],
    [/\bblood thinners\b/i, 'antibiotics'],
    [/\bnerves?\b/, 'bone'],
    [/\btrigger points?\b/i, 'nerve'],
    [/\bneck\b/, 'hip'],
    [/\bblood\b/, 'medicine'],
    [/\bheat\b/i, 'alcohol'],
  ],
};

/** A true sentence made false in one way; undefined where that way does not apply. */
export function corrupt(sentence: string, how: Corruption, other?: string): string | undefined {
  if (how === 'figure') return withOtherFigure(sentence);
  if (how === 'merged') return other === undefined ? undefined : merged(sentence, other);
  for (const [pattern, replacement] of CHANGES[how]) {
    const changed = sentence.replace(pattern, replacement);
    if (changed !== sentence) return `${changed.charAt(0).toUpperCase()}${changed.slice(1)}`;
  }
  return undefined;
}

const WORD_FIGURES: readonly Change[] = [
  [/\bone to two\b/, 'four to five'],
  [/\bone or two\b/, 'five or six'],
  [/\btwo\b/, 'seven'],
  [/\bthree\b/, 'nine'],
  [/\ba few\b/, '12'],
  [/\bseveral\b/, '2'],
];

/** The last figure of the sentence doubled and one added. */
function withOtherFigure(sentence: string): string | undefined {
  const last = [...sentence.matchAll(/\d+/g)].at(-1);
  if (last) {
    const end = last.index + last[0].length;
    return `${sentence.slice(0, last.index)}${2 * Number(last[0]) + 1}${sentence.slice(end)}`;
  }
  for (const [pattern, replacement] of WORD_FIGURES) {
    const changed = sentence.replace(pattern, replacement);
    if (changed !== sentence) return changed;
  }
  return undefined;
}

const VERB = /\s(?:is|are|may|can|should|usually|typically|needs?|helps?|lasts?|comes?|goes)\s/;

/** Put together out of two, and true all the same: the articles say so elsewhere. Read by us. */
const TRUE_ALL_THE_SAME = new Set([
  'Bruising is one of the possible side effects of dry needling.',
  'Feeling tired may happen and typically stops without medical care.',
]);

/** What one sentence speaks of, with what another says of something else. */
function merged(sentence: string, other: string): string | undefined {
  const at = VERB.exec(sentence);
  const from = VERB.exec(other);
  if (!at || !from || at.index === 0 || from.index === 0) return undefined;
  const subject = sentence.slice(0, at.index);
  const subjectOfOther = other.slice(0, from.index);
  const isGeneral = /^(it|they|this|dry needling|the needles?|you|people|in |if )\b/i;
  if (isGeneral.test(subject) || isGeneral.test(subjectOfOther)) return undefined;
  if (subject.split(' ').length > 6 || wordsShared(subject, subjectOfOther)) return undefined;
  const sentenceOfBoth = `${subject}${other.slice(from.index)}`;
  return TRUE_ALL_THE_SAME.has(sentenceOfBoth) ? undefined : sentenceOfBoth;
}

function wordsShared(a: string, b: string): boolean {
  const words = new Set(b.toLowerCase().match(/[a-z]{4,}/g));
  return (a.toLowerCase().match(/[a-z]{4,}/g) ?? []).some((word) => words.has(word));
}

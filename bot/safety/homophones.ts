/** A word that is one, and the word of the same sound that it stands for beside words that make it sure. */
interface Homophone {
  readonly typed: string;
  readonly meant: string;
  /** What up to three words before end with, or what up to two words behind begin with: one is enough. */
  readonly after?: RegExp;
  readonly before?: RegExp;
  /** Behind it: then it is the word that was typed. */
  readonly unlessBefore?: RegExp;
}

const PART =
  '(?:arms?|legs?|hands?|foot|feet|face|side|lips?|fingers?|toes?|knees?|ankles?|wrists?|body)';
const SORE =
  '(?:chest|back|neck|legs?|arms?|stomach|belly|tummy|side|shoulders?|ribs?|jaw|abdominal|calf|throat|eye)';
const BAD =
  '(?:severe|bad|terrible|awful|sharp|stabbing|burning|shooting|strong|crushing|horrible|worse|worst|constant)';
const IS = '(?:is|are|feels?|felt|went|gone|goes|going|got|gets|getting|has gone|have gone)';

/** Tight: "week", "pane" and "dye" are what they say almost always. */
const HOMOPHONES: readonly Homophone[] = [
  {
    typed: 'pane',
    meant: 'pain',
    after: words(`${SORE}|${BAD}|(?:so|too) much|in (?:much|lot of)`),
  },
  { typed: 'panes', meant: 'pains', after: words(`${SORE}|${BAD}`) },
  {
    typed: 'dye',
    meant: 'die',
    after: words(
      '(?:want|going|ready|like|trying|try|about|prefer|wish|wanting|wants) to|(?:will|might|could|just) ',
    ),
    unlessBefore:
      /^(?:my|your|his|her|their|our|it|them|the|a|an|some|this|that|hair|for|clothes|eggs|wool|fabric|\w*(?:blonde?|red|blue|black|brown|pink|green|grey))\b/,
  },
  {
    typed: 'week',
    meant: 'weak',
    after: words(
      `feel(?:s|ing)?|felt|(?:very|so|really) |${PART} ${IS}|${PART} ${IS} (?:very|so|all|too)|gone|went`,
    ),
    before:
      /^(?:and|or) (?:numb|dizzy|faint|shaky|tired|heavy|floppy|tingling|tingly|trembling|wobbly)/,
    unlessBefore:
      /^(?:\d|before|after|ago|later|end|ends|of|from|in|or two|one|two|three|four|by|long|last|until)/,
  },
  { typed: 'weaks', meant: 'weeks', after: words('\\d+|two|three|four|few') },
  { typed: 'rach', meant: 'rash', after: words('have|got|has|a|itchy|red') },
  { typed: 'wait', meant: 'weight', after: words('los(?:e|es|ing|t)|loos(?:e|ing)') },
  {
    typed: 'loose',
    meant: 'lose',
    before:
      /^(?:control|consciousness|conscious|blood|(?:a lot of |lots of )?blood|weight|wait|hope|(?:my|his|her|the) (?:vision|sight|balance|bladder|bowels?|speech|memory|feeling|mind|baby|pee|wee|urine|life))/,
  },
  {
    typed: 'hole',
    meant: 'whole',
    before: /^(?:box|bottle|packet|pack|strip|bunch|lot|body|load|bag|tub|blister)\b/,
  },
  {
    typed: 'bowls',
    meant: 'bowels',
    after: words('control (?:of )?(?:my|his|her|the)|my bladder (?:and|or)'),
  },
  {
    typed: 'bowles',
    meant: 'bowels',
    after: words('control (?:of )?(?:my|his|her|the)|my bladder (?:and|or)'),
  },
  { typed: 'brake', meant: 'broke', after: words('waters?|needle'), before: /^off (?:in|inside)/ },
  {
    typed: 'fiver',
    meant: 'fever',
    after: words('high|strong|(?:have|having|has)'),
    before: /^(?:and|of) (?:chills|shivering|shaking|rash|cough|3\d|4\d|10\d)/,
  },
  {
    typed: 'breathe',
    meant: 'breath',
    after: words('(?:short|out|shortness|lack) of|catch (?:my|his|her)|get (?:my|his|her)'),
  },
  {
    typed: 'feint',
    meant: 'faint',
    after: words('feel(?:s|ing)?|felt|(?:so|very|almost|nearly|going) '),
  },
  { typed: 'pail', meant: 'pale', after: words('look(?:s|ing)?|very|gone|went|so') },
  { typed: 'tung', meant: 'tongue', after: words('my|his|her|the|lips? and') },
  { typed: 'hop', meant: 'hope', after: words('no|have no|any|lost all') },
  {
    typed: 'scarred',
    meant: 'scared',
    after: words('(?:am|is|so|really|very|was) '),
    before: /^(?:he|she|they|of|that|to) /,
  },
  { typed: 'past', meant: 'passed', before: /^out (?!of)|^out$/ },
  { typed: 'bare', meant: 'bear', after: words('cant|not') },
  { typed: 'hard', meant: 'heart', before: /^attack/ },
  { typed: 'hat', meant: 'heart', before: /^attack/ },
  { typed: 'attach', meant: 'attack', after: words('heart|asthma|panic') },
  { typed: 'chess', meant: 'chest', before: /^(?:pains?|hurts?|tight|pressure|infection)\b/ },
  {
    typed: 'lunges',
    meant: 'lungs',
    after: words('(?:my|his|her|the|in) '),
    before: /^(?:hurt|collaps|punctur|burn)/,
  },
  { typed: 'stork', meant: 'stroke', after: words('(?:having|had|have|has) a') },
  {
    typed: 'phase',
    meant: 'face',
    before: /^(?:is |has )?(?:droop|numb|swollen|swelling|lopsided)/,
  },
  {
    typed: 'dumb',
    meant: 'numb',
    after: words(`${PART} ${IS}|${PART} ${IS} (?:all|totally|completely)`),
  },
  { typed: 'thumb', meant: 'numb', after: words(`${PART} ${IS}|gone`) },
  { typed: 'rapped', meant: 'raped', after: words('been|was|got'), before: /^(?:me|her)\b/ },
  { typed: 'beet', meant: 'beat', before: /^(?:me|her|him|us)\b/ },
  { typed: 'chocked', meant: 'choked', before: /^(?:me|her|him|us)\b/ },
  {
    typed: 'tables',
    meant: 'tablets',
    after: words('(?:took|taken|swallowed|take) (?:\\w+ )?(?:\\w+ )?(?:\\w+)?'),
  },
  { typed: 'beach', meant: 'bleach', after: words('drank|drunk|drink|drinking|swallowed') },
  {
    typed: 'cafe',
    meant: 'calf',
    before:
      /^(?:of (?:my )?leg|(?:is |and |very )?(?:swollen|swelled|swelling|tender|painful|hot|red))/,
  },
];

function words(ends: string): RegExp {
  return new RegExp(`(?:^| )(?:${ends}) ?$`);
}

const BY_TYPED = new Map<string, Homophone[]>();
for (const each of HOMOPHONES) {
  const known = BY_TYPED.get(each.typed);
  if (known) known.push(each);
  else BY_TYPED.set(each.typed, [each]);
}

/** Words looked at on either side. */
const BEFORE = 3;
const BEHIND = 2;

/** What a word stands for beside its neighbours in the sentence; plain words in reading order. */
export function meantBeside(sentence: readonly string[], at: number): string | undefined {
  const ways = BY_TYPED.get(sentence[at] ?? '');
  if (!ways) return undefined;
  const left = `${sentence.slice(Math.max(0, at - BEFORE), at).join(' ')} `;
  const right = sentence.slice(at + 1, at + 1 + BEHIND).join(' ');
  return ways.find(
    ({ after, before, unlessBefore }) =>
      ((after?.test(left) ?? false) || (before?.test(right) ?? false)) &&
      !(unlessBefore?.test(right) ?? false),
  )?.meant;
}

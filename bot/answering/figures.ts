/** A figure with what it counts. Times are in hours, lengths in millimetres, so that 2 days is 48 hours. */
export interface Figure {
  readonly low: number;
  /** Same as `low` where no range is given. */
  readonly high: number;
  /** `time`, `length`, `session`, another counted word's stem, or empty. */
  readonly of: string;
  /** "up to", "at least", "every": a figure without it says something else. */
  readonly bound: 'most' | 'least' | 'every' | null;
}

const NUMBERS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'
      .split(' ')
      .map((word, value) => [word, value]),
  ),
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
  hundred: 100,
  couple: 2,
  dozen: 12,
};

/** "A few" and "several" of something are a figure of their own, that no number equals. */
const FEW = 0.3;

const HOURS: Readonly<Record<string, number>> = {
  second: 1 / 3600,
  minute: 1 / 60,
  hour: 1,
  day: 24,
  week: 168,
  month: 730,
  year: 8760,
};
const MILLIMETRES: Readonly<Record<string, number>> = {
  mm: 1,
  millimeter: 1,
  millimetre: 1,
  cm: 10,
  centimeter: 10,
  centimetre: 10,
  inch: 25.4,
};
const SESSIONS = new Set(['session', 'visit', 'appointment', 'treatment']);
const UNITS = new Set([...Object.keys(HOURS), ...Object.keys(MILLIMETRES), ...SESSIONS]);

const NUMBER_WORDS = Object.keys(NUMBERS).join('|');
const WRITTEN_NUMBER = new RegExp(`\\b(${NUMBER_WORDS})\\b`, 'g');
const UNIT_WORD = [...UNITS].join('|');
/** "an hour", "one session": an article counts times only, for "a session" is any session. */
const ONE_UNIT = new RegExp(
  `\\b(?:(?:a|an) (?=(?:${Object.keys(HOURS).join('|')})\\b)|(?:one|single) (?=(?:${UNIT_WORD})\\b))`,
  'g',
);

const FIGURE =
  /(?:\b(up to|at most|no more than|not more than|maximum of|max|under|less than|within|at least|no less than|more than|over|longer than|minimum of|from|every|each|per)\b (?:about |around |roughly )?)?(\d+(?:\.\d+)?)(?: ?(?:-|to|or|and) ?(\d+(?:\.\d+)?))?(?: ?(%|[a-z]+))?(?: (?:[a-z]+ )?(session|visit|appointment)s?\b)?/g;

const MOST = /^(up to|at most|no more than|not more than|maximum of|max|under|less than)$/;
const LEAST = /^(at least|no less than|more than|over|longer than|minimum of)$/;

/** Figures in reading order; "one" counts only before something counted. */
export function figuresIn(text: string): Figure[] {
  const plain = text
    .toLowerCase()
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/(\d),(\d{3})\b/g, '$1$2')
    .replace(/\bhalf an hour\b/g, '30 minutes')
    .replace(/\bonce (?=a |per |every |each )/g, '1 times ')
    .replace(/\btwice\b/g, '2 times')
    .replace(/\ba couple(?: of)?\b/g, '2')
    .replace(/\b(?:a few|few|several) (?=(?:more )?(\w+))/g, `${FEW} `)
    .replace(/\b(?:a|one) (day|hour|week|month|minute)s? or two\b/g, '1 to 2 $1')
    .replace(/\bone (?=(?:of|part|place|reason|posture|spot|way|person|another|that|is)\b)/g, '')
    .replace(/\b(?:no|this|the|next|every|each|not) one\b/g, ' ')
    .replace(ONE_UNIT, '1 ')
    .replace(WRITTEN_NUMBER, (word) => (word === 'one' ? word : String(NUMBERS[word])))
    .replace(/\bone (?=(?:to|or) \d|[a-z]+ (?:session|visit))/g, '1 ')
    .replace(/(\d)-(?=[a-z])/g, '$1 ');
  return [...plain.matchAll(FIGURE)].map(([, bound = '', first, second, after = '', counted]) => {
    const unit = singular(counted ?? after);
    const time = HOURS[unit];
    const length = MILLIMETRES[unit];
    const factor = time ?? length ?? 1;
    const low = Number(first) * factor;
    return {
      low,
      high: second === undefined ? low : Number(second) * factor,
      of: time ? 'time' : length ? 'length' : SESSIONS.has(unit) ? 'session' : countedOf(unit),
      bound: MOST.test(bound)
        ? 'most'
        : LEAST.test(bound)
          ? 'least'
          : /^(every|each|per)$/.test(bound)
            ? 'every'
            : null,
    };
  });
}

/** Words that follow a figure and are not what it counts. */
function countedOf(word: string): string {
  return /^(to|or|and|of|in|a|the|for|after|before|is|are|it|but|with|by|more|other|on|at)$/.test(
    word,
  )
    ? ''
    : word;
}

function singular(word: string): string {
  if (word in HOURS || word in MILLIMETRES) return word;
  if (word === 'inches') return 'inch';
  if (/^(hrs?|mins?|secs?|wks?|yrs?)$/.test(word)) {
    return { h: 'hour', m: 'minute', s: 'second', w: 'week', y: 'year' }[word[0] ?? ''] ?? word;
  }
  return word.length > 3 ? word.replace(/s$/, '') : word;
}

/** Whether a figure is among those of a text: same values, bound, and thing counted where both name it. */
export function isAmong(figure: Figure, others: readonly Figure[]): boolean {
  return others.some(
    (other) =>
      near(figure.low, other.low) &&
      near(figure.high, other.high) &&
      figure.bound === other.bound &&
      (figure.of === other.of || (isLoose(figure.of) && isLoose(other.of))),
  );
}

/** Counted things may be worded differently; units may not. */
function isLoose(of: string): boolean {
  return of !== 'time' && of !== 'length' && of !== 'session' && of !== '%';
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));
}

const COUNTS =
  /^(\d.*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|couple|few|several)$/;
const COUNTED = /^(seconds?|minutes?|hours?|days?|weeks?|months?|years?|mm|cm|inch(es)?|times)$/;

/** A number in words, or the unit behind a number: both are read as figures. */
export function isCounting(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (COUNTS.test(word)) return true;
  return (
    COUNTED.test(word) &&
    /^(\d.*|a|an)$|^(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|few|several)$/.test(
      words[at - 1] ?? '',
    )
  );
}

// Amounts in the units and number words of general English; times in minutes.

export const HOUR = 60;
export const DAY = 24 * HOUR;
const MONTH = 30 * DAY;

/** Factor to the measure's unit, by the unit's singular. */
const UNITS: Readonly<Record<string, readonly [string, number]>> = {
  second: ['time', 1 / 60],
  sec: ['time', 1 / 60],
  minute: ['time', 1],
  min: ['time', 1],
  hour: ['time', HOUR],
  hr: ['time', HOUR],
  day: ['time', DAY],
  night: ['time', DAY],
  week: ['time', 7 * DAY],
  month: ['time', MONTH],
  year: ['time', 365 * DAY],
  mm: ['length', 1],
  millimeter: ['length', 1],
  millimetre: ['length', 1],
  cm: ['length', 10],
  centimeter: ['length', 10],
  centimetre: ['length', 10],
  inch: ['length', 25.4],
  inche: ['length', 25.4],
  mg: ['mass', 0.001],
  gram: ['mass', 1],
  kg: ['mass', 1000],
  kilo: ['mass', 1000],
  pound: ['mass', 453.6],
  lb: ['mass', 453.6],
  ml: ['volume', 1],
  liter: ['volume', 1000],
  litre: ['volume', 1000],
  percent: ['share', 1],
  '%': ['share', 1],
  degree: ['degrees', 1],
  dollar: ['money', 1],
  euro: ['money', 1],
};

const WORD_NUMBERS: Readonly<Record<string, readonly [number, number]>> = {
  a: [1, 1],
  an: [1, 1],
  one: [1, 1],
  single: [1, 1],
  two: [2, 2],
  three: [3, 3],
  four: [4, 4],
  five: [5, 5],
  six: [6, 6],
  seven: [7, 7],
  eight: [8, 8],
  nine: [9, 9],
  ten: [10, 10],
  eleven: [11, 11],
  twelve: [12, 12],
  fifteen: [15, 15],
  twenty: [20, 20],
  thirty: [30, 30],
  forty: [40, 40],
  sixty: [60, 60],
  ninety: [90, 90],
  half: [0.5, 0.5],
  'half a': [0.5, 0.5],
  'half an': [0.5, 0.5],
  couple: [2, 2],
  few: [2, 4],
  several: [3, 7],
  once: [1, 1],
  twice: [2, 2],
};

/** The measure of a unit, singular or plural, and its factor to the measure's unit. */
export function unitOf(unit: string): readonly [measure: string, factor: number] | undefined {
  return UNITS[unit.toLowerCase().replace(/(?<=[a-z]{2})s$/, '')];
}

/** What a figure or number word stands for, as a range; NaN for anything else. */
export function valueOf(number: string): readonly [number, number] {
  const folded = number.toLowerCase().replace(/\s+/g, ' ');
  const word = WORD_NUMBERS[folded];
  if (word) return word;
  const value = Number(folded.replace(',', '.'));
  return [value, value];
}

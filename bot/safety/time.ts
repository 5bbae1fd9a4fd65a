import type { Word } from './words.ts';

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  un: 1,
  una: 1,
  couple: 2,
  two: 2,
  dos: 2,
  few: 3,
  three: 3,
  tres: 3,
  several: 4,
  unos: 3,
  unas: 3,
  four: 4,
  cuatro: 4,
  five: 5,
  cinco: 5,
  six: 6,
  seis: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  diez: 10,
};
const UNIT_DAYS: readonly (readonly [RegExp, number])[] = [
  [/^(?:min|minute|minutes|minuto|minutos|hour|hours|hora|horas)$/, 0],
  [/^(?:day|days|dia|dias)$/, 1],
  [/^(?:week|weeks|semana|semanas)$/, 7],
  [/^(?:month|months|mes|meses)$/, 30],
  [/^(?:year|years|yr|yrs|ano|anos)$/, 365],
];

/** Days since the most recent time that the words name; null when they name none ("unknown" is now). */
export function daysAgo(words: readonly Word[]): number | null {
  let least: number | null = null;
  const note = (days: number) => {
    if (least === null || days < least) least = days;
  };
  for (const [at, { word }] of words.entries()) {
    if (/^(?:today|tonight|now|hoy|ahora|just|recently)$/.test(word)) note(0);
    else if (/^(?:yesterday|ayer|anoche)$/.test(word)) note(1);
    else if (word === 'ago' || word === 'back') noteUnit(at - 1, at - 2);
    else if (word === 'hace') noteUnit(at + 2, at + 1);
    else if (word === 'last' || word === 'pasado' || word === 'pasada') {
      const unit = unitDays(words[word === 'last' ? at + 1 : at - 1]?.word);
      if (unit !== null) note(unit);
      else if (words[at + 1]?.word === 'night') note(1);
    }
  }
  return least;

  function noteUnit(unitAt: number, numberAt: number): void {
    const unit = unitDays(words[unitAt]?.word);
    const number = words[numberAt]?.word ?? '';
    if (unit !== null) note(unit * (Number(number) || (NUMBERS[number] ?? 1)));
  }
}

function unitDays(word: string | undefined): number | null {
  if (word === undefined) return null;
  return UNIT_DAYS.find(([unit]) => unit.test(word))?.[1] ?? null;
}

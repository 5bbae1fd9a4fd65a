const VOWELS = 'aeiouAEIOUWYR';
/** What it costs that one sound is spelt for another, 1 where nothing is said. */
const KIN: readonly (readonly [number, string])[] = [
  // Vowels that are written for one another, or hardly said.
  [0.15, 'aA aR ae eE ei eR eA iI iE iR oO oW oR ou uU uO uR uo uW OU OW Ae EI RA RE'],
  // Consonants that are one sound in many mouths: "bleedin", "breaf", "tink".
  [0.1, 'nN sz SZ sZ'],
  [0.2, 'Tf Tv Td Tt bv'],
  [0.35, 'bp dt gk vf sT zT sS sC SC Sj Cj zZ zj Zs jZ jg mn vw ks'],
];
const VOWEL_FOR_VOWEL = 0.4;
const SWAPPED = 0.5;
/** A vowel too many or too few: many are hardly said. */
const LOST_VOWEL = 0.3;
const LOST_FIRST_VOWEL = 0.7;
/** Sounds that are lost easily: an r behind a vowel, an h, a nasal before a consonant. */
const LOST_R = 0.15;
const LOST_H = 0.35;
const LOST_NASAL = 0.5;
const LOST_CONSONANT = 0.8;

/** Sounds are ASCII letters. */
const CODES = 128;
const COSTS = new Float64Array(CODES * CODES).fill(1);
setCosts();

function setCosts(): void {
  const set = (one: string, other: string, cost: number) => {
    COSTS[one.charCodeAt(0) * CODES + other.charCodeAt(0)] = cost;
    COSTS[other.charCodeAt(0) * CODES + one.charCodeAt(0)] = cost;
  };
  for (const one of VOWELS) for (const other of VOWELS) set(one, other, VOWEL_FOR_VOWEL);
  for (const [cost, pairs] of KIN) {
    for (const [one = '', other = ''] of pairs.split(' ')) set(one, other, cost);
  }
  for (let code = 0; code < CODES; code += 1) COSTS[code * CODES + code] = 0;
}

/** What it costs to leave out a sound of a word. */
function lossOf(sounds: string, at: number): number {
  const sound = sounds[at] ?? '';
  if (VOWELS.includes(sound)) return at === 0 ? LOST_FIRST_VOWEL : LOST_VOWEL;
  const next = sounds[at + 1];
  const isBeforeVowel = next !== undefined && VOWELS.includes(next);
  if (sound === 'r' && !isBeforeVowel && at > 0 && VOWELS.includes(sounds[at - 1] ?? '')) {
    return LOST_R;
  }
  if (sound === 'h') return LOST_H;
  const isBeforeConsonant = next !== undefined && !isBeforeVowel;
  return 'mnN'.includes(sound) && isBeforeConsonant ? LOST_NASAL : LOST_CONSONANT;
}

/** Sounds of the longest word that is compared. */
const MOST = 40;
const rows = [new Float64Array(MOST), new Float64Array(MOST), new Float64Array(MOST)] as const;
/** What it costs to leave out each sound of the other word. */
const losses = new Float64Array(MOST);

/**
 * How differently two words are said, of their sounds as of `soundsOf`; from 0 for the same. Anything
 * above `most` only says that it is above. Throws `RangeError` for a word of 40 sounds or more.
 */
export function soundsBetween(one: string, other: string, most: number): number {
  if (one.length >= MOST || other.length >= MOST) {
    throw new RangeError(`expected fewer than ${MOST} sounds`);
  }
  let [before, last, line] = rows as readonly [Float64Array, Float64Array, Float64Array];
  last[0] = 0;
  for (let column = 0; column < other.length; column += 1) {
    losses[column] = lossOf(other, column);
    last[column + 1] = (last[column] as number) + (losses[column] as number);
  }
  for (let row = 0; row < one.length; row += 1) {
    const sound = one.charCodeAt(row);
    const loss = lossOf(one, row);
    let least = (line[0] = (last[0] as number) + loss);
    for (let column = 0; column < other.length; column += 1) {
      const against = other.charCodeAt(column);
      let cost = Math.min(
        (last[column + 1] as number) + loss,
        (line[column] as number) + (losses[column] as number),
        (last[column] as number) + (COSTS[sound * CODES + against] as number),
      );
      if (
        row > 0 &&
        column > 0 &&
        sound === other.charCodeAt(column - 1) &&
        one.charCodeAt(row - 1) === against
      ) {
        cost = Math.min(cost, (before[column - 1] as number) + SWAPPED);
      }
      line[column + 1] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return Number.POSITIVE_INFINITY;
    [before, last, line] = [last, line, before];
  }
  return last[other.length] as number;
}

/** Endings that make an English word of a stem in a rule's pattern. */
export const ENDINGS: readonly string[] = [
  '',
  'e',
  's',
  'es',
  'd',
  'ed',
  'ing',
  'y',
  'ness',
  'ly',
  'ion',
];

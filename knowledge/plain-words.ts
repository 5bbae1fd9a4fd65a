import { foldWord } from './tokens.ts';

/** Contractions and chat spellings, without their apostrophes, in the words that patterns use. */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  im: 'i am',
  ive: 'i have',
  id: 'i would',
  ill: 'ill',
  iam: 'i am',
  imma: 'i am going to',
  ima: 'i am going to',
  hes: 'he is',
  shes: 'she is',
  theyre: 'they are',
  youre: 'you are',
  theyve: 'they have',
  weve: 'we have',
  its: 'it is',
  thats: 'that is',
  whats: 'what is',
  theres: 'there is',
  wheres: 'where is',
  hows: 'how is',
  dats: 'that is',
  tis: 'it is',
  wanna: 'want to',
  gonna: 'going to',
  gotta: 'got to',
  gimme: 'give me',
  hafta: 'have to',
  kinda: 'kind of',
  sorta: 'sort of',
  dunno: 'dont know',
  idk: 'dont know',
  outta: 'out of',
  lemme: 'let me',
  cannot: 'cant',
  canot: 'cant',
  cnt: 'cant',
  kant: 'cant',
  cudnt: 'couldnt',
  wudnt: 'wouldnt',
  dnt: 'dont',
  doin: 'doing',
  wont: 'wont',
  aint: 'isnt',
  arent: 'arent',
  didn: 'didnt',
  doesn: 'doesnt',
  u: 'you',
  r: 'are',
  ur: 'your',
  n: 'and',
  w: 'with',
  b4: 'before',
  cuz: 'because',
  coz: 'because',
  bc: 'because',
  bcuz: 'because',
  becuz: 'because',
  cos: 'because',
  dis: 'this',
  dat: 'that',
  rite: 'right',
  rn: 'right now',
  '2day': 'today',
  '2nite': 'tonight',
  '2night': 'tonight',
  tonite: 'tonight',
  tmrw: 'tomorrow',
  tmr: 'tomorrow',
  '2moro': 'tomorrow',
  yest: 'yesterday',
  yday: 'yesterday',
  ystrdy: 'yesterday',
  hav: 'have',
  hv: 'have',
  wen: 'when',
  wat: 'what',
  wut: 'what',
  abt: 'about',
  pls: 'please',
  plz: 'please',
  appt: 'appointment',
  hrs: 'hours',
  hr: 'hour',
  mins: 'minutes',
  wks: 'weeks',
  ppl: 'people',
  sum1: 'someone',
  some1: 'someone',
  smth: 'something',
  sth: 'something',
  gf: 'girlfriend',
  bf: 'boyfriend',
  hubby: 'husband',
  mum: 'mother',
  mom: 'mother',
  mommy: 'mother',
  mummy: 'mother',
  mam: 'mother',
  dad: 'father',
  daddy: 'father',
  doc: 'doctor',
  meds: 'medicine',
  med: 'medicine',
  thru: 'through',
  tho: 'though',
  cuse: 'because',
  luv: 'love',
  omg: '',
  lol: '',
  btw: '',
  fyi: '',
  pq: 'que',
  xq: 'que',
  q: 'que',
  tmb: 'tambien',
  xfa: 'favor',
};

/** What "not" after one of these makes of the two words. */
const WITH_NOT: Readonly<Record<string, string>> = {
  can: 'cant',
  could: 'couldnt',
  do: 'dont',
  does: 'doesnt',
  did: 'didnt',
  is: 'isnt',
  was: 'wasnt',
  are: 'arent',
  were: 'werent',
  has: 'hasnt',
  have: 'havent',
  had: 'hadnt',
  will: 'wont',
  would: 'wouldnt',
  should: 'shouldnt',
};

const POSSESSIVE = /'s$/;
const SHORT_IS = /^(?:it|he|she|that|what|there|who|where|how)'s$/;

/**
 * The words that patterns are written in, for one token: no accents, capitals or apostrophes,
 * contractions spelled out ("I'm" is "i am", "can't" is "cant"), possessives dropped. May be empty.
 */
export function plainWords(token: string): readonly string[] {
  const word = foldWord(token);
  const bare = SHORT_IS.test(word) ? word : word.replace(POSSESSIVE, '');
  const joined = bare.replaceAll("'", '');
  if (bare === "we're") return ['we', 'are'];
  if (bare === "i'll") return ['i', 'will'];
  if (bare === "i'd") return ['i', 'would'];
  const spelled = Object.hasOwn(SPELLED_OUT, joined) ? SPELLED_OUT[joined] : undefined;
  if (spelled === undefined) return [joined];
  return spelled === '' ? [] : spelled.split(' ');
}

/** "can" + "not" is one word here, as "can't" is; undefined when the two do not join. */
export function joinNot(word: string, next: string): string | undefined {
  if (next !== 'not' || !Object.hasOwn(WITH_NOT, word)) return undefined;
  return WITH_NOT[word];
}

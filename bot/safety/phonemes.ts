/**
 * English spelling to sounds, one letter each, as a reader would say a word never seen before.
 *
 * Consonants are their letters, and S "sh", C "ch", Z as in "measure", T "th", N "ng". Vowels: a e i
 * o u short, A E I O U long (as the letters are named), W "ow", Y "oy", R as in "her" and "comma".
 */
export function soundsOf(word: string): string {
  const plain = (SAID.get(word) ?? word).replace(DOUBLED, "'$1");
  let sounds = '';
  for (let at = 0; at < plain.length;) {
    const [length, sound] = spelledAt(plain, at);
    sounds += sound;
    at += length;
  }
  return sounds.replace(/(.)\1+/g, '$1');
}

/** Told apart by a mark before: the vowel before two consonants is short. */
const DOUBLED = /([bcdfghjklmnpqrstvwxyz])\1+/g;

/** Words whose spelling does not tell their sound, as their sound is spelt. */
const SAID: ReadonlyMap<string, string> = new Map(
  (
    'heart=hart hearts=harts tongue=tung tongues=tungs blood=blud bloody=bludy stomach=stumick ' +
    'aching=ayking headache=hedache headaches=hedaches cough=cof coughs=cofs ' +
    'coughed=coffed coughing=cofing rough=ruf tough=tuf enough=enuf laugh=laf said=sed does=duz ' +
    'doesnt=duznt because=becoz one=wun once=wunse someone=sumwun anyone=enywun everyone=evrywun ' +
    'many=meny any=eny anymore=enymor some=sum something=sumthing somebody=sumbody sometimes=sumtimes ' +
    'come=cum comes=cums coming=cuming have=hav having=having give=giv live=liv love=luv half=haf ' +
    'whole=hole who=hoo muscle=musel muscles=musels eye=ie eyes=ies our=ower hour=ower hours=owers ' +
    'fire=fier medicine=medisin month=munth months=munths move=moov moves=moovs moving=mooving ' +
    'lose=looz losing=loozing touch=tuch touches=tuches touched=tuched touching=tuching double=dubl ' +
    'trouble=trubl swallow=swolo swallowed=swolod swallowing=swolowin was=woz what=wot want=wont ' +
    'work=werk worse=werse worst=werst word=werd words=werds weight=wait great=grate break=brake breaking=braking asthma=asma suicide=sooiside ' +
    'suicidal=sooisidal physio=fisio frightened=fritend'
  )
    .split(' ')
    .map((entry) => entry.split('=') as [string, string]),
);

interface Spellings {
  /** A group for each: of those that fit at a place the first counts. */
  readonly pattern: RegExp;
  readonly sounds: readonly string[];
}

/** By their first letter. */
const SPELLINGS: ReadonlyMap<string, Spellings> = new Map(
  Object.entries({
    a: [
      ['ache(?=$|s$)', 'Ak'],
      ['augh(?=t)', 'o'],
      ['al(?=[fv])', 'a'],
      ['al(?=k)', 'o'],
      ['(?<=[aeiouy].*[^aeiouy])al(?=$|s$)', 'ul'],
      ['a(?:i|y)', 'A'],
      ['ae', 'A'],
      ['a(?:u|w)', 'o'],
      ['a(?=[^aeiouyrwx](?:e(?:$|s$|d$|ly$|n$)|ing$))', 'A'],
      ['(?<=[a-z]{2})ar?h?(?=$|s$)', 'R'],
    ],
    b: [['bt(?=$|s$|ed$)', 't']],
    c: [
      ['c(?:io|ia)(?=n)', 'Su'],
      ['ci?(?:ou|u)s(?=$|n|l)', 'Sus'],
      ['cial(?=$|l|y)', 'Sul'],
      ['ch(?=[lrn])', 'k'],
      ['ch', 'C'],
      ['c(?=[eiy])', 's'],
      ['ck?', 'k'],
    ],
    d: [['dg(?=e)', 'j']],
    e: [
      ['eigh', 'A'],
      ['(?<=[aeiouy].*[^aeiouy])el(?=$|s$|d$)', 'ul'],
      ['e(?:y|e)(?=$|s$|d$)', 'E'],
      ['ey', 'A'],
      ['e(?:a|e|i)', 'E'],
      ['e(?:w|u)', 'U'],
      ['e(?=[^aeiouywx]e(?:$|s$|d$|ly$))', 'E'],
      ['er(?![aeiouy])', 'R'],
      ['(?<=[aeiouy].*[pkfcsxh])ed$', 't'],
      ['(?<=[aeiouy].*[^aeioutd])ed$', 'd'],
      ['(?<=[a-z]{2})e$', ''],
      ['(?<=[a-z]{2}[^aeiouscxz])e(?=s$|ly$|ment|nes)', ''],
    ],
    g: [
      ['(?<=[aeiou])gh', ''],
      ['gh', 'g'],
      ['g(?=e[tl]|i[vrt])', 'g'],
      ['g(?=[ey]|i[ac])', 'j'],
      ['gn(?=$|s$)', 'n'],
      ['^gn', 'n'],
    ],
    i: [
      ['igh', 'I'],
      ['(?<=[aeiouy].*[^aeiouy])il(?=$|s$)', 'ul'],
      ['(?<=[aeiouy].*)in$', 'iN'],
      ['ie(?=$|s$|d$)(?<=^[^aeiou]{1,2}ie)', 'I'],
      ['ie', 'E'],
      ['i(?=[^aeiouyrwx](?:e(?:$|s$|d$|ly$)|ing$))', 'I'],
      ['i(?=nd$|ld$)', 'I'],
      ['ir(?![aeiouy])', 'R'],
    ],
    k: [['^kn', 'n']],
    l: [['(?<=[^aeiouy])le(?=$|s$|d$)', 'ul']],
    m: [['m[bn](?=$|[sn]|ed$|ing$)', 'm']],
    n: [['ng(?=$|[sl]|ed$|ing$)', 'N']],
    o: [
      ['ough(?=t)', 'o'],
      ['ough', 'O'],
      ['ould(?=$|n)', 'ud'],
      ['ous$', 'us'],
      ['(?<=[aeiouy].*[^aeiouy])ol(?=$|s$)', 'ul'],
      ['oor', 'or'],
      ['oo', 'U'],
      ['o(?:u|w)', 'W'],
      ['o(?:i|y)(?!n)', 'Y'],
      ['oa|oe', 'O'],
      ['o(?=[^aeiouyrwx](?:e(?:$|s$|d$|ly$|n$)|ing$))', 'O'],
      ['(?<=[a-z]{2})or(?=$|s$)', 'R'],
      ['o$', 'O'],
    ],
    p: [
      ['ph', 'f'],
      ['^pn', 'n'],
    ],
    q: [['qu?', 'kw']],
    r: [
      ['rh', 'r'],
      ['(?<=[a-z][^aeiouy])re$', 'R'],
      ['(?<=[^aeiouyr])r$', 'R'],
    ],
    s: [
      ['(?:sh|s)(?:io|ia|u|o)(?=ns?$|ned$|ning$|nal$)', 'Su'],
      ['(?:sci|shi|sh|sc)(?:ou|u|e)s(?=$|n|l)', 'Sus'],
      ["(?<=[aeiou]')su?(?:re|r)(?=$|s$|d$)", 'SR'],
      ['(?<=[aeiou])su?(?:re|r)(?=$|s$|d$)', 'ZR'],
      ['sc?h', 'S'],
      ['sc(?=[eiy])', 's'],
    ],
    t: [
      ['t(?:io|ia)(?=n)', 'Su'],
      ['tious(?=$|n|l)', 'Sus'],
      ['tial(?=$|l|y)', 'Sul'],
      ['tu(?:re|r)(?=$|s$|d$)', 'CR'],
      ['tch', 'C'],
      ['th', 'T'],
    ],
    u: [
      ['(?<=[aeiouy].*[^aeiouy])ul(?=$|s$|d$)', 'ul'],
      ['uy$', 'I'],
      ['u(?:e|i)', 'U'],
      ['u(?=[^aeiouyrwx](?:e(?:$|s$|d$|ly$)|ing$))', 'U'],
      ['ur(?![aeiouy])', 'R'],
    ],
    w: [
      ['^wr', 'r'],
      ['^wh', 'w'],
    ],
    x: [
      ['^x', 'z'],
      ['xi?ous', 'kSus'],
      ['x(?:io|sho)(?=n)', 'kSu'],
      ['x', 'ks'],
    ],
    y: [
      ['ye$', 'I'],
      ['y(?=[^aeiouyrwx](?:e(?:$|s$|d$|ly$)|ing$))', 'I'],
      ['yr(?![aeiouy])', 'R'],
      ['(?<=^[^aeiou]{1,2})y$', 'I'],
      ['y$', 'E'],
      ['^y(?=[aeiou])', 'y'],
      ['y', 'i'],
    ],
    z: [
      ['(?<=[aeiou])z(?:hu|u)?(?:re|r)(?=$|s$|d$)', 'ZR'],
      ['zh', 'Z'],
    ],
  }).map(([letter, spellings]) => [
    letter,
    {
      pattern: new RegExp(spellings.map(([spelling = '']) => `(${spelling})`).join('|'), 'y'),
      sounds: spellings.map(([, sound = '']) => sound),
    },
  ]),
);

function spelledAt(word: string, at: number): readonly [number, string] {
  const letter = word[at] ?? '';
  const known = SPELLINGS.get(letter);
  if (known) {
    known.pattern.lastIndex = at;
    const found = known.pattern.exec(word);
    if (found) return [found[0].length, known.sounds[found.indexOf(found[0], 1) - 1] ?? ''];
  }
  return [1, letter === "'" ? '' : letter];
}

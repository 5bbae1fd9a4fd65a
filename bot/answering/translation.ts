import { type Figure, figuresIn, isAmong } from './figures.ts';

/** Why a translation is not shown. */
export type TranslationFlaw = 'figures' | 'negation' | 'hedge' | 'words' | 'length';

/** A translation is as long as its original, give or take. */
const SHORTEST = 0.5;
const LONGEST = 2.2;

type Pair = readonly [english: RegExp, spanish: RegExp];

/** Where one side says it, so must the other. */
const NEGATED: Pair = [
  /\b(not|no|never|none|nor|neither|without|nothing|avoid\w*|skip|cannot|myth)\b|n't\b/i,
  /(?<!\p{L})(no|nunca|jam[aá]s|ning[uú]n\w*|ni|nada|nadie|sin|evit\p{L}+|tampoco|mito)(?!\p{L})/iu,
];
const HEDGED: Pair = [
  /\b(may|might|can|could|sometimes|often|usually|typically|generally|mostly|most|some|likely|unlikely|possibl[ey]|suggests?)\b/i,
  /(?<!\p{L})(pued[eo]n?|podr[ií]an?|pod[eé]r|a veces|a menudo|suelen?|normalmente|generalmente|por lo general|habitual\w*|la mayor[ií]a|algun[oa]s|probable\w*|posible\w*|sugier\p{L}+|poco probable|frecuente\w*|com[uú]nmente|en general|quiz[aá]s?)(?!\p{L})/iu,
];
/** Whatever would change who, what or when: said on both sides or on neither. */
const TERMS: readonly Pair[] = [
  [
    /\b(rare|rarely|uncommon|unlikely|seldom)\b/i,
    /\b(rar[oa]s?|raramente|rara vez|poco (?:com[uú]n|frecuente|probable)\w*|infrecuente\w*)(?!\p{L})/iu,
  ],
  [
    /\b(always|never|all|every|everyone|only)\b/i,
    /\b(siempre|nunca|jam[aá]s|tod[oa]s?|cada|solo|s[oó]lo|solamente|[uú]nicamente)(?!\p{L})/iu,
  ],
  [/\bbefore\b/i, /\bantes\b/i],
  [/\b(after|afterwards?|following)\b/i, /(?<!\p{L})(despu[eé]s|tras|posterior\w*)(?!\p{L})/iu],
  [/\b(during|while)\b/i, /\b(durante|mientras)\b/i],
  [
    /\b(right away|immediate\w*|at once|straight away)\b/i,
    /\b(inmediat\w*|de inmediato|enseguida|al instante|en seguida)\b/i,
  ],
  [/\bpregnan\w*/i, /\b(embaraz\w*|gestant\w*)/i],
  [/\b(child|children|kids?)\b/i, /\bni[nñ][oa]s?\b/i],
  [/\bblood[- ]thin\w*|\banticoag\w*/i, /\banticoag\w*/i],
  [/\binfect\w*/i, /\binfecci\p{L}*/iu],
  [/\blungs?\b|pneumothorax/i, /\bpulm\p{L}+|neumot[oó]rax/iu],
  [/\bnerves?\b/i, /\bnervi\p{L}+/iu],
  [/\bbruis\w*/i, /\b(mor[ae]t[oó]n\p{L}*|hematoma\w*|cardenal\w*|morad[oa]s?)(?!\p{L})/iu],
  [/\bbleed\w*/i, /\b(sangr\p{L}*|hemorragia\w*)/iu],
  [/\bacupunctur\w*/i, /\bacupunt\w*/i],
  [
    /\bphysical therap\w*|\bphysiotherap\w*/i,
    /\bfisioterap\w*|terapeutas? f[ií]sic\w*|terapia f[ií]sica/iu,
  ],
  [/\bchiropract\w*/i, /\bquiropr[aá]c\w*/iu],
  [/\b(emergency)\b/i, /\b(emergencia|urgencia)s?\b/i],
  [/\b(ibuprofen|advil|motrin|nurofen)\b/i, /\b(ibuprofeno|advil|motrin|nurofen)\b/i],
  [
    /\b(acetaminophen|paracetamol|tylenol)\b/i,
    /\b(acetaminof[eé]n|paracetamol|tylenol)(?!\p{L})/iu,
  ],
  [/\b(aspirin)\b/i, /\b(aspirina)\b/i],
  [/\b(naproxen|aleve)\b/i, /\b(naproxeno|aleve)\b/i],
  [/\b(stop|pause)\b/i, /\b(deje|dejar|suspend\w*|par[ae]r?|deten\w*|interrump\w*|pausa\w*)\b/i],
  [/\bheat\b/i, /\bcalor\b/i],
  [/\b(ice|cold)\b/i, /\b(hielo|fr[ií][oa]s?)(?!\p{L})/iu],
  [/\b(superficial|shallow)\b/i, /\bsuperficial\w*/i],
  [/\bdeep\w*/i, /\bprofund\w*/i],
  [
    /\bchronic|long-term|long-lasting\b/i,
    /\b(cr[oó]nic\w*|largo plazo|larga duraci[oó]n|duradero\w*|prolongad\w*)(?!\p{L})/iu,
  ],
];

/**
 * What a translation of a checked English sentence says otherwise; undefined where nothing was found.
 * Figures are compared for every language, denials, hedges and telling words for Spanish. Says nothing
 * of style.
 */
export function translationFlaw(
  english: string,
  translation: string,
  language: string,
): TranslationFlaw | undefined {
  const length = translation.length / Math.max(1, english.length);
  if (length < SHORTEST || length > LONGEST) return 'length';
  if (!language.startsWith('es')) {
    const same = numbersIn(english).join() === numbersIn(translation).join();
    return same ? undefined : 'figures';
  }
  const figures = figuresIn(english);
  const translated = figuresIn(inEnglishUnits(translation));
  if (!isSubset(figures, translated) || !isSubset(translated, figures)) return 'figures';
  if (differs(NEGATED, english, translation)) return 'negation';
  if (HEDGED[0].test(english) && !HEDGED[1].test(translation)) return 'hedge';
  return TERMS.some((pair) => differs(pair, english, translation)) ? 'words' : undefined;
}

function differs([english, spanish]: Pair, original: string, translation: string): boolean {
  return english.test(original) !== spanish.test(translation);
}

function isSubset(figures: readonly Figure[], others: readonly Figure[]): boolean {
  return figures.every((figure) => isAmong(figure, others));
}

function numbersIn(text: string): string[] {
  return (text.match(/\d+/g) ?? []).sort();
}

const SPANISH: readonly (readonly [RegExp, string])[] = [
  [/\bmedia hora\b/g, '30 minutes'],
  [
    /\b(?:unas?|unos) (?:pocas|pocos|cuantas|cuantos)\b|\bpoc[oa]s\b|\balgun[oa]s (?=segundo|minuto|hora|d[ií]a|semana|mes|a[nñ]o|sesi)|\bvari[oa]s\b/g,
    'a few',
  ],
  [/\bun[oa]? (?:a|o) dos\b/g, '1 to 2'],
  [/\buna? (?=hora|d[ií]a|semana|mes|a[nñ]o|minuto|segundo)/g, 'a '],
  [/\buna? (?:sola )?(?=sesi[oó]n|visita)/g, 'a '],
  [/\buna sola\b/g, 'one'],
  [/\bdos\b/g, '2'],
  [/\btres\b/g, '3'],
  [/\bcuatro\b/g, '4'],
  [/\bcinco\b/g, '5'],
  [/\bseis\b/g, '6'],
  [/\bocho\b/g, '8'],
  [/\bdiez\b/g, '10'],
  [/\bdoce\b/g, '12'],
  [/\bveinte\b/g, '20'],
  [/(\d) ?(?:a|o|y|-|e) ?(?=\d)/g, '$1 to '],
  [/\bhasta\b/g, 'up to'],
  [/\bal menos\b|\bpor lo menos\b|\bcomo m[ií]nimo\b/g, 'at least'],
  [/\bm[aá]s de\b/g, 'more than'],
  [/\bmenos de\b/g, 'less than'],
  [/\bcada\b/g, 'every'],
  [/\bsegundos?\b/g, 'seconds'],
  [/\bminutos?\b/g, 'minutes'],
  [/\bhoras?\b/g, 'hours'],
  [/\bd[ií]as?\b/g, 'days'],
  [/\bsemanas?\b/g, 'weeks'],
  [/\bmes(?:es)?\b/g, 'months'],
  [/\ba[nñ]os?\b/g, 'years'],
  [/\bsesi[oó]n(?:es)?\b|\bvisitas?\b/g, 'sessions'],
  [/\bmil[ií]metros?\b/g, 'mm'],
];

/** Enough English for figures to be read; "una semana" is a week, as "a week" is. */
function inEnglishUnits(text: string): string {
  let plain = text.toLowerCase();
  for (const [pattern, replacement] of SPANISH) plain = plain.replace(pattern, replacement);
  return plain.replace(/\ba (second|minute|hour|day|week|month|year)s\b/g, 'a $1');
}

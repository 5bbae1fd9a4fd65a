import { foldedWords } from '../knowledge/tokens.ts';

export type SmallTalk =
  | 'greeting'
  | 'thanks'
  | 'goodbye'
  | 'acknowledgement'
  | 'identity'
  | 'abilities'
  | 'wellbeing'
  | 'complaint';

/** Asked or complained of in a sentence of its own; read on folded words joined by single spaces. */
const SENTENCES: readonly (readonly [SmallTalk, RegExp])[] = [
  [
    'identity',
    /\bwho are you\b|\bwhat( exactly)? are you( exactly| anyway)?$|\bare you (a |an )?(real|human|person|robot|bot|machine|ai|computer|doctor|nurse|chatbot)\b|\b(am i|is this) (talking|speaking|chatting|texting)?( to| with)? ?(a |an )?(real person|human|robot|bot|person|ai|machine|computer)\b|\bwhat's your name\b|\bwhats your name\b|\byour name\b$/,
  ],
  [
    'abilities',
    /\bwhat (can|do) you (do|know|answer|help)( with| me with| for me| about| here)?$|\bhow (can|do) you help( me| us)?$|\bwhat can i ask( you)?( about)?$|\bhow does this (chat |bot |page )?works?$|\bwhat is this( chat| page)?$/,
  ],
  [
    'complaint',
    /^((well|ok|no|sorry|but|and) )*(you|this|that|it)('re|'s| is| are| was)? ((so|just|really|totally) )?(useless|stupid|dumb|rubbish|terrible|awful|no help|not helpful|unhelpful|wrong|garbage)$|^((well|ok|no|sorry|but) )*((you|this|that|it) )?((really|still) )?(didn't|didnt|did not|doesn't|doesnt) (really )?(answer|help)( me| my question)?$|^(not helpful|wrong|useless)$/,
  ],
];

const SO = '(?:so|very|really|all|ever so|super|most|quite|too)';
const MUCH = `(?:a (?:lot|bunch|mill|million|ton)|heaps|loads|again|kindly|indeed|${SO}? ?much(?: indeed)?)`;
const GOOD =
  '(?:good|great|perfect|cool|nice|awesome|wonderful|lovely|brill|brilliant|ace|class|smashing|champion|fantastic|excellent|amazing|super|sweet|fab|grand|helpful|useful|clear|fine|reassuring|interesting|kind)';
const TOLD =
  '(?:help|helping|info|information|answers?|answering|time|advice|explanation|explaining|tips?|telling me|letting me know|clearing (?:that|it) up|being (?:here|there|honest|patient)|everything|all|that|this|it)';
const WISHED =
  '(?:one|day|morning|afternoon|evening|night|weekend|week|time|rest of (?:your|the) day|dia|tarde|noche)';

/** What small talk is built of; folded words without apostrophes. */
const PARTS: Readonly<
  Record<
    'thanks' | 'goodbye' | 'wellbeing' | 'greeting' | 'acknowledgement' | 'filler',
    readonly string[]
  >
> = {
  thanks: [
    `(?:many |a million |big |ok )?(?:thanks|thanx|thnx|thx|tks|thank (?:you|u)|thankyou|thanku|tysm|ty|cheers|ta|gracias)(?: ${MUCH})*(?: to you)?`,
    `for (?:the |your |all |all the |all your )?(?:${GOOD} )?${TOLD}`,
    '(?:much|greatly|really) appreciated',
    `(?:i )?(?:do |really |very much )?appreciate (?:it|that|this|you|(?:your|the|all your|all the) ${TOLD})`,
    `youve been (?:${SO} )?(?:a )?(?:great |big |real )?(?:${GOOD}|help)`,
  ],
  goodbye: [
    '(?:bye|goodbye|good bye|cya|ttyl|adios|ciao|toodles|hasta luego|laters)(?: for now| now| then)?',
    '(?:ill )?(?:see|catch|talk to|speak to) (?:you|ya)(?: all)?(?: later| soon| then| around| tomorrow| there| next time| next week|(?: on)? \\w+day)?',
    '(?:talk|speak) (?:soon|later)|take care|good ?night|all the best|best wishes|same to you|you too|until next time|later',
    `have (?:a|an) (?:very )?(?:${GOOD} )?${WISHED}|enjoy (?:your|the) ${WISHED}`,
  ],
  wellbeing: [
    `(?:how are (?:you|things|we)|hows it going|how is it going|hows things|whats up|sup|que tal|how do you do)(?: doing)?(?: today)?`,
  ],
  greeting: [
    '(?:hi|hey|hello|hiya|heya|yo|howdy|greetings|hola)',
    '(?:is )?(?:anyone|anybody|someone|somebody)(?: (?:there|here|home|around|about))+',
    '(?:good )?(?:morning|afternoon|evening)|good day|buen[oa]s(?: dias| tardes| noches)?',
  ],
  acknowledgement: [
    `(?:thats|that is|that was|its|this is|this was|sounds|all|now thats) (?:${SO} )?(?:${GOOD}|sorted|done|set|it)`,
    `(?:(?:its|it was|that was|thats|youre|youve been) )?(?:(?:a|an|of|such a) )?(?:great|good|big|huge|real|massive|enormous|immense) help(?: to me)?`,
    `(?:${GOOD}|glad) to (?:know|hear)`,
    '(?:that|this|it|which)(?: all| really| certainly)? (?:helps?|helped|reassures?|reassured|calms|settles|eases|puts|sets|answers|answered|clears|cleared|explains|explained|makes|made|does|did|will)(?: sense| it| that| everything| do| help| me| up| my questions?| my (?:mind|nerves|worries)| at (?:rest|ease))*',
    `(?:thats|thatll be|that will be|this is|its)? ?(?:just )?(?:all|everything|it|exactly what|just what|what) i (?:needed|wanted|had|need|want|was after|was looking for)(?: to (?:know|ask|hear))?`,
    '(?:thats|thatll be|that will be|thats about) (?:all|everything|it|enough)',
    '(?:nothing|no) (?:else|more|other|further)(?: questions?)?|no(?: more| other| further)? questions|no (?:worries|problem|bother|need)|never ?mind|forget it|dont worry',
    '(?:i |ive )?(?:got it|gotcha|get it|understood|understand|noted|see|fair enough|makes sense)',
    `im (?:all )?(?:good|done|set|fine|sorted|happy)|(?:ill|i will) (?:leave it there|let you go|be off|think about it)`,
    `(?:great|good) stuff|(?:kind|nice|good|sweet) of you|${GOOD}|ok|okay|okey|alright|all right|right|vale|perfecto|phew|wow`,
  ],
  filler: [
    '(?:oh|ah|ooh|aw|well|yes|yeah|yep|yup|sure|no|nope|nah|lol|haha|hmm?|so|and|but|then|anyway|anyways|now|just|really|again|also|for (?:now|today|that)|today|dear|indeed|a lot|loads|very much|muchas|mil|there|all|both|bot|team|everyone|everybody|mate|pal|love|friend|guys|folks|sir|madam|maam|doc|doctor|man|buddy|i (?:just )?(?:wanted|want|have) to say|just (?:wanted )?to say|you (?:all|guys)|it|very|me)',
  ],
};

/** The one that a message is answered as comes first. */
const ORDER = ['thanks', 'goodbye', 'wellbeing', 'greeting', 'acknowledgement'] as const;
/** Longest small talk, in words. */
const LONGEST = 20;

const patterns = Object.fromEntries(
  Object.entries(PARTS).map(([name, parts]) => [
    name,
    new RegExp(`(?:${parts.join('|')})(?= |$)`, 'y'),
  ]),
) as Readonly<Record<keyof typeof PARTS, RegExp>>;

/** Small talk when the message is nothing else; "thanks, but how long?" is a question. */
export function smallTalkOf(utterance: string): SmallTalk | undefined {
  const words = foldedWords(utterance);
  if (words.length === 0 || words.length > LONGEST) return undefined;
  const said = words.join(' ');
  if (words.length <= 12) {
    for (const [kind, pattern] of SENTENCES) if (pattern.test(said)) return kind;
  }
  const kinds = partsOf(said.replaceAll("'", ''));
  const kind = ORDER.find((name) => kinds?.has(name));
  // "Ok?" and "makes sense?" ask whether it does.
  return kind === 'acknowledgement' && utterance.trimEnd().endsWith('?') ? undefined : kind;
}

/**
 * The kinds of parts a text is wholly made of; undefined where something is left over. Where it
 * can be cut in several ways, the first to reach each place counts.
 */
function partsOf(said: string): ReadonlySet<keyof typeof PARTS> | undefined {
  const reached = new Map<number, ReadonlySet<keyof typeof PARTS>>([[0, new Set()]]);
  for (let at = 0; at < said.length; at += 1) {
    const kinds = reached.get(at);
    if (!kinds) continue;
    for (const [name, pattern] of Object.entries(patterns) as [keyof typeof PARTS, RegExp][]) {
      pattern.lastIndex = at;
      if (!pattern.test(said)) continue;
      const next = Math.min(said.length, pattern.lastIndex + 1);
      if (!reached.has(next)) reached.set(next, new Set([...kinds, name]));
    }
  }
  return reached.get(said.length);
}

export function smallTalkText(kind: SmallTalk, clinicName: string, language: 'en' | 'es'): string {
  if (language === 'es') return SPANISH[kind];
  switch (kind) {
    case 'greeting':
      return `Hello! I answer questions about dry needling from ${clinicName}'s articles. What would you like to know?`;
    case 'wellbeing':
      return "Thanks for asking. I'm an automated assistant, ready for your questions about dry needling.";
    case 'thanks':
      return "You're welcome. Ask me anything else about dry needling.";
    case 'goodbye':
      return 'Take care. You can come back with a question at any time.';
    case 'acknowledgement':
      return 'Good. Ask me anything else about dry needling.';
    case 'identity':
      return `I'm an automated assistant, not a person. I answer questions about dry needling from ${clinicName}'s articles and show where each sentence comes from.`;
    case 'abilities':
      return 'I can answer questions about dry needling: what it is, what it feels like, side effects, who should avoid it, and care afterwards. I show the source of each sentence. I cannot diagnose, book visits or see your records.';
    case 'complaint':
      return `I'm sorry that was not what you needed. Try asking in other words, or ask ${clinicName} directly.`;
  }
}

const ENGLISH_ONLY =
  'Por ahora solo respondo preguntas en inglés, a partir de los artículos de la clínica.';
const SPANISH: Record<SmallTalk, string> = {
  greeting: `Hola. Soy un asistente automático. ${ENGLISH_ONLY}`,
  wellbeing: `Gracias por preguntar. Soy un asistente automático. ${ENGLISH_ONLY}`,
  thanks: 'De nada. Puede hacer otra pregunta cuando quiera.',
  goodbye: 'Cuídese. Puede volver con otra pregunta cuando quiera.',
  acknowledgement: 'Bien. Puede hacer otra pregunta cuando quiera.',
  identity: `Soy un asistente automático, no una persona. ${ENGLISH_ONLY}`,
  abilities: `Respondo preguntas sobre la punción seca y muestro la fuente. ${ENGLISH_ONLY}`,
  complaint: 'Siento no haber ayudado. Pregunte con otras palabras o directamente a la clínica.',
};

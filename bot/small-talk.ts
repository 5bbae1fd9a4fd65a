import { tokenize } from '../knowledge/tokens.ts';

export type SmallTalk =
  | 'greeting'
  | 'thanks'
  | 'goodbye'
  | 'identity'
  | 'abilities'
  | 'wellbeing'
  | 'complaint';

/** Words that may surround small talk without making it a question. */
const FILLER =
  /\b(hi|hey|hello|hiya|yo|there|ok|okay|oh|ah|well|great|perfect|cool|nice|awesome|wonderful|super|so|much|very|a|lot|bunch|everyone|all|again|and|for|the|your|you|help|now|then|that's|thats|good|lol|haha|got|it|info|answer|answers|information|just|wanted|to|say|bot|team|sir|maam|doc|doctor|have|day|one|nice|buen[oa]s|dias|tardes|noches|muchas|mil|que|tal|morning|afternoon|evening|this|was|is|helpful|really|appreciate|appreciated)\b/g;

/** Read on folded words joined by single spaces. */
const PATTERNS: readonly (readonly [SmallTalk, RegExp])[] = [
  [
    'identity',
    /\bwho are you\b|\bwhat( exactly)? are you( exactly| anyway)?$|\bare you (a |an )?(real|human|person|robot|bot|machine|ai|computer|doctor|nurse|chatbot)\b|\b(am i|is this) (talking|speaking|chatting|texting)?( to| with)? ?(a |an )?(real person|human|robot|bot|person|ai|machine|computer)\b|\bwhat's your name\b|\bwhats your name\b|\byour name\b$/,
  ],
  [
    'abilities',
    /\bwhat (can|do) you (do|know|answer|help)( with| me with| for me| about| here)?$|\bhow (can|do) you help( me| us)?$|\bwhat can i ask( you)?( about)?$|\bhow does this (chat |bot |page )?works?$|\bwhat is this( chat| page)?$/,
  ],
  [
    'wellbeing',
    /^(hi |hey |hello )?(how are you|how's it going|hows it going|what's up|whats up|sup)( doing)?( today)?$/,
  ],
  [
    'complaint',
    /^((well|ok|no|sorry|but|and) )*(you|this|that|it)('re|'s| is| are| was)? ((so|just|really|totally) )?(useless|stupid|dumb|rubbish|terrible|awful|no help|not helpful|unhelpful|wrong|garbage)$|^((well|ok|no|sorry|but) )*((you|this|that|it) )?((really|still) )?(didn't|didnt|did not|doesn't|doesnt) (really )?(answer|help)( me| my question)?$|^(not helpful|wrong|useless)$/,
  ],
  [
    'thanks',
    /\b(thanks|thank you|thankyou|thx|thnx|ty|tysm|cheers|much appreciated|appreciate it|gracias)\b/,
  ],
  [
    'goodbye',
    /\b(bye|goodbye|good bye|see you|see ya|cya|later|take care|good night|goodnight|adios)\b/,
  ],
  [
    'greeting',
    /^(hi|hey|hello|hiya|yo|howdy|good (morning|afternoon|evening|day)|greetings|hola|buenas|buenos dias)\b/,
  ],
];

/** Small talk when the message is nothing else; "thanks, but how long?" is a question. */
export function smallTalkOf(utterance: string): SmallTalk | undefined {
  const words = tokenize(utterance).map(({ word }) => word);
  if (words.length === 0 || words.length > 16) return undefined;
  const said = words.join(' ');
  for (const [kind, pattern] of PATTERNS) {
    if (!pattern.test(said)) continue;
    if (
      kind === 'identity' ||
      kind === 'abilities' ||
      kind === 'complaint' ||
      kind === 'wellbeing'
    ) {
      return words.length <= 12 ? kind : undefined;
    }
    const rest = said
      .replace(new RegExp(pattern.source, 'g'), ' ')
      .replace(new RegExp(PATTERNS.at(-2)?.[1].source ?? '', 'g'), ' ')
      .replace(FILLER, ' ')
      .trim();
    if (rest === '') return kind;
  }
  return undefined;
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
  identity: `Soy un asistente automático, no una persona. ${ENGLISH_ONLY}`,
  abilities: `Respondo preguntas sobre la punción seca y muestro la fuente. ${ENGLISH_ONLY}`,
  complaint: 'Siento no haber ayudado. Pregunte con otras palabras o directamente a la clínica.',
};

import { foldText } from '../../knowledge/tokens.ts';
import { askedAsAvoid } from '../../retrieval/query.ts';

/** What kind of answer a question waits for. */
export type QuestionType =
  | 'duration'
  | 'count'
  | 'frequency'
  | 'size'
  | 'person'
  | 'place'
  | 'venue'
  | 'reason'
  | 'list'
  | 'difference'
  | 'whether'
  | 'definition'
  | 'open';

/** First match wins, so the narrow ones come first. Read on folded words joined by single spaces. */
const QUESTION: readonly (readonly [QuestionType, RegExp])[] = [
  [
    'frequency',
    /\bhow (often|frequent\w*)\b|\b(times|visits|sessions) (a|per|each) (week|month)\b/,
  ],
  [
    'size',
    /\bhow (far|deep|thick|thin|long are the needle|big|wide)\b|\b(gauge|depth|millimet\w*)\b/,
  ],
  [
    'duration',
    /\bhow (long|soon|quick\w*|fast|much time)\b|\bhow many (\w+ )?(hours|days|weeks|months|minutes)\b|\bwhen (can|will|should|do|does|is|did)\b|\b(till|until) when\b|\blast(s|ing)?\b|\bwhen was\b/,
  ],
  ['count', /\bhow (many|much)\b|\bnumber of\b|\b(one|1|single) (visit|session|treatment)\b/],
  [
    'list',
    /\bwho (all )?(should|shouldn't|shouldnt|can't|cant|cannot|can not|must|may|might|ought|needs?) (not|n't|avoid|skip|stay|have|get|be|rule)\b|\bwho (is|are) (it )?(not|unsuitable|excluded|ruled)\b|\bwhat (do|should|must|can) (i|we|they|you|patients?|people) (not |need to |have to |avoid |do |bring|wear|expect|ask)/,
  ],
  ['person', /\bwho\b|\bwhose\b/],
  [
    'difference',
    /\b(differ\w*|versus|vs|compare\w*|comparison|same as|rather than|instead of|or is it)\b|\bbetter\b.*\b(than|or)\b|\bwhich (one )?(is|goes|gives|suits|fits)\b/,
  ],
  ['reason', /\bwhy\b|\bhow come\b|\bwhat (causes?|makes?|is the reason)\b/],
  [
    'list',
    /\bwhat are\b|\bwhat (\w+ )?(conditions|symptoms|signs|risks|benefits|things|steps|types|kinds|side effects)\b|\b(list|name) (the|all|some)\b|\bwhich (\w+ )?(conditions|people|patients|areas|muscles|body|signs|symptoms|risks)\b|\bdownsides?\b|\bpros and cons\b|\bkinds of\b/,
  ],
  [
    'definition',
    /\bwhat('s|s| is| are)? (exactly |actually )?(is )?(a|an|this|it|dry|the|needling)\b|\bwhat does .{1,40}\b(mean|stand for)\b|^(explain|define|describe|tell me about|meaning of)\b|\bwhat .{0,40}\bcalled\b/,
  ],
  [
    'venue',
    /\bwhere (is|are|can|could|do|does|would|will|should|might)\b.*\b(performed|done|carried out|held|offered|provided|given|take place|takes place|happen\w*|treated|seen|(go|come|attend) (for|to)|have it|get it)\b|\bwhat (sort|kind|type) of (room|place|building|setting)\b|\bwhich (room|building|setting)\b/,
  ],
  ['place', /\bwhere\b|\bwhich (part|parts|area|areas|muscle|muscles|spot|spots)\b/],
  ['open', /^(and |but |so |ok |then )*how (do|does|is|are|can|could|would|will|did)\b/],
  [
    'whether',
    /^(and |but |so |ok |also )*(is|are|was|can|could|do|does|did|will|would|should|shall|has|have|may|might|isn't|aren't|doesn't|any|ok|okay|safe|allowed)\b|\b(is it|can i|should i|am i|could i|will it|would it|does it)\b/,
  ],
];

export function questionTypeOf(question: string): QuestionType {
  const words = foldText(question);
  for (const [type, pattern] of QUESTION) if (pattern.test(words)) return type;
  return 'open';
}

const REFUSES =
  /\b(not|n't|never|avoid\w*|cannot|cant|shouldnt|shouldn't|can't|don't|dont|stay away|rule\w* out|off limits|unsuitable|unsafe|excluded?|caution|skip|no)\b/i;

/** Whether a text speaks of what must not, cannot or should not be. */
export function refuses(text: string): boolean {
  return REFUSES.test(text);
}

const AVOIDS =
  /\b(what|anything|things|stuff|activities|which)( [\w']+){0,5} (avoid|skip|steer clear|stay away|stay off|keep off|lay off|not (to )?(be )?do(ing)?|off limits)\b/;

/** "What should I avoid?" and "what shouldn't I do?", which "how do I avoid a bruise" is not. */
export function asksWhatToAvoid(question: string): boolean {
  return AVOIDS.test(foldText(askedAsAvoid(question)));
}

const HURTS =
  /\b(is|was|are|were|will|would|does|do|did|can|could|gonna|going to|how) (be |it |this |that |they |the |these |those |needles? |dry |needling |treatment |session |procedure |having |getting |done |going to |gonna |b |so |very |super |really |too |much |bad(ly)? |actually |meant to |supposed to )*(hurt|hurts|hurting|painful|sting|stings)\b/;
const EASES =
  /\b(help|helps|ease|eases|easing|reliev\w+|relief|against|treat\w*|lower\w*|less(en\w*)?|reduc\w+|effective|work\w*|used)\b/i;
/** Of what it feels like. */
const FEELS = /\b(painful|painless|discomfort|uncomfortable|hurts?|sting\w*|sharp|ache|cramp)\b/i;

/** Whether it is asked if the treatment itself hurts: the pain it is for is another. */
export function asksIfItHurts(question: string): boolean {
  const asked = foldText(question);
  return HURTS.test(asked) && !EASES.test(asked);
}

/** Whether a text says that the treatment helps pain, and nothing of what it feels like. */
export function saysItEases(text: string): boolean {
  return /\bpain\b/i.test(text) && EASES.test(text) && !FEELS.test(text);
}

const UNIT = String.raw`(seconds?|minutes?|hours?|days?|weeks?|months?|years?|morning|trimester|century|\d{4}s)`;
const NUMBER = String.raw`(\d+|one|two|three|four|five|six|seven|eight|nine|ten|few|several|couple|once|twice)`;
const OFFERED: Partial<Record<QuestionType, RegExp>> = {
  duration: new RegExp(
    `\\b${NUMBER}\\b[^.]{0,25}\\b${UNIT}\\b|\\b\\d{4}s\\b|\\bshort-lived\\b|\\btemporar`,
    'i',
  ),
  count: new RegExp(`\\b${NUMBER}\\b`, 'i'),
  frequency: new RegExp(`\\b(once|twice|times|every|per)\\b[^.]{0,25}\\b${UNIT}\\b`, 'i'),
  size: /\b\d+([-\u2013 ]to[ -]|[-\u2013])?\d* ?(mm|cm|gauge|millimet)|\bgauge\b/i,
  person:
    /\b(therapists?|physiotherapists?|chiropractors?|doctors?|physicians?|practitioners?|professionals?|acupuncturists?|trainers?|osteopaths?|pregnan\w*|people|patients|individuals|those|anyone)\b/i,
  reason:
    /\b(because|due to|caused? by|causes?|since|as a result|reason|triggers?|triggering|so that|develop|leads? to|linked|comes? from)\b/i,
  difference:
    /\b(unlike|whereas|while|differ\w*|compared|than|on the other hand|instead|not the same|both)\b/i,
  venue:
    /\b(offices?|clinics?|cent(er|re)s?|hospitals?|rooms?|facilit(y|ies)|gyms?|settings?|at home|outpatient)\b/i,
  place:
    /\b(in|at|near|around|along) (the|a|your)\b|\b(neck|back|shoulder|chest|hip|knee|ribs?|jaw)\b/i,
};

/** Whether a sentence offers the kind of thing the question waits for; undefined where any may. */
export function offers(type: QuestionType, sentence: string): boolean | undefined {
  return OFFERED[type]?.test(sentence);
}

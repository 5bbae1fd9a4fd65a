import { foldText } from '../knowledge/tokens.ts';

/** Decisions about one's own care that no article and no bot makes. */
export type OwnCare = 'dose' | 'medicine' | 'diagnosis' | 'treatment' | 'painkiller';

const DRUG =
  '(gabapentin|pregabalin|lyrica|antidepressants?|muscle relaxers?|statins?|metformin|steroids?|eliquis|apixaban|xarelto|rivaroxaban|warfarin|coumadin|plavix|clopidogrel|methotrexate|opioids?|oxycodone|codeine|tramadol|prednisone|insulin|ibuprofen|advil|motrin|nurofen|tylenol|acetaminophen|paracetamol|panadol|aspirin|aleve|naproxen|painkillers?|pain relievers?|pills?|tablets?|capsules?|meds|medicines?|medication)';

/** Read on folded words joined by single spaces. */
const PATTERNS: readonly (readonly [OwnCare, RegExp])[] = [
  [
    'dose',
    new RegExp(
      String.raw`\b(how many (mg|milligrams?)|how many ${DRUG}|how much ${DRUG}|how (?:much|many)(?: \w+)? (?:salts?|magnesium|arnica|cbd|turmeric|vitamins?|supplements?|creatine|electrolytes?)|(what|which|right|safe|max|maximum|daily|highest|the|a) dose|doses|dose of|dosage|dosing|\d+ ?mg|milligrams?|double up on|max(imum)? (\w+ )?${DRUG}|how often (can|should|do|may) i (take|have) (\w+ )?${DRUG}|(\d+|one|two|three|four|five|six|eight|more|extra) (\w+ )?${DRUG} (per|a|each|every) (day|hour|night))\b`,
    ),
  ],
  [
    'medicine',
    new RegExp(
      String.raw`\b(take|taking|swallow|have|pop) (\w+ )?(\w+ )?${DRUG}\b.{0,25}\b(before|beforehand|on the (day|morning)|an hour|prior|the (day|morning|night) (of|before))\b|\bshould i (take|swallow|have|pop)\b.{0,15}\b${DRUG}\b.{0,25}\bbefore\b|\b(stop|quit|skip|pause|hold|come off|go off|get off|cut back|miss|restart)\b.{0,25}\b(my|his|her|taking|the|(?:tomorrow|tonight|today)'?s) ?(\w+ )?(${DRUG}|blood thinners?|warfarin|coumadin|eliquis|xarelto|plavix|aspirin|anticoagulants?|antibiotics?|antidepressants?|insulin|prescription|methotrexate|heparin|rivaroxaban|apixaban|clopidogrel)\b|\b(prescribe|prescription for|refill|write me)\b`,
    ),
  ],
  [
    'diagnosis',
    /\b(what's|whats|what is) wrong with (me|my)\b|\bwhat (do|could|might) i have\b(?! to\b)|\bdiagnos\w* (me|my|what)\b|\bdo i have (a |an )?(tear|cancer|infection|clot|fracture|hernia\w*|sciatica|trigger point|pneumothorax)\b|\b(looks?|look) (like )?(cancer|infected)\b|\bis (this|it) (cancer|broken|torn)\b|\b(have i got|do i have|has (he|she) got|is (it|this|that))( just)? (a |an |my )?(carpal tunnel|sciatica|arthritis|fibromyalgia|trigger point|muscle knot|pinched nerve|trapped nerve|slipped disc|hernia|tear|fracture|clot|plantar fasciitis|frozen shoulder|tennis elbow|tendinitis|bursitis|migraine|lump|cyst|tumou?r)( syndrome)?( or\b|$)|\bmy (mri|x ray|xray|ct|scan|blood test|labs?) (says?|shows?|showed|came back)\b/,
  ],
  [
    'treatment',
    /\b(do|should|will) i (need|get|have|have to get) (\w+ )?(surgery|an operation|an mri|an x ray|a scan|an injection|a cortisone shot)\b/,
  ],
];

const NAMED_DRUG = new RegExp(String.raw`\b${DRUG}\b`);
/** Asks for an amount of what was named before, and of nothing else. */
const AMOUNT =
  /\bhow (many|much|often)( (of )?(those|them|these|it|each))?( (max|tops|then|safely))?( (a|per|each|every|in|at|for) (a |one |any |\d+ ?)?(day|night|hours?|time|once|go|week|adult|child)| (is|are|would be) (it|ok|okay|safe|fine|allowed|right|too|the (most|limit))| (can|could|should|may|do|would) \w+ (take|have|give|use|swallow)( (those|them|these|it|in|per|a (day|night|week)|at|each|every)\b|$)|$)/;

/** `before`: what the person said last, which may name the medicine that this asks an amount of. */
export function ownCareOf(utterance: string, before = ''): OwnCare | undefined {
  const said = foldText(utterance);
  const known = PATTERNS.find(([, pattern]) => pattern.test(said))?.[0];
  const isMoreOfIt = AMOUNT.test(said) && NAMED_DRUG.test(foldText(before));
  return known ?? (isMoreOfIt ? 'dose' : undefined);
}

export function ownCareText(kind: OwnCare, reach: string): string {
  switch (kind) {
    case 'dose':
      return `I can't give doses. A pharmacist or your doctor can, and the packet says the most that is safe. ${reach}`;
    case 'medicine':
      return `I can't advise on starting, changing or stopping a medicine. Do not stop or skip one unless the person who prescribed it tells you to. ${reach}`;
    case 'painkiller':
      return `After what you told me, I won't name a painkiller. Ask a pharmacist or your doctor before you take one. ${reach}`;
    case 'diagnosis':
      return `I can't tell what a symptom, a scan or a mark means for you. A clinician who can examine you can. ${reach}`;
    case 'treatment':
      return `I can't say which treatment you need. That is for you and a clinician who knows your case. ${reach}`;
  }
}

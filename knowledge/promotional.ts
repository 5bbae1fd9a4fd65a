import { splitSentences } from './sentences.ts';

/** Longer blocks are not promotions, whatever they begin with. */
const LONGEST_PROMOTION = 220;
const PROMOTION =
  /^(?:also read|read (?:also|next|more)|related(?: (?:articles?|posts?|readings?|contents?|links?|stories))?|see also|recommended(?: (?:reading|articles?))?|you (?:may|might) also (?:like|enjoy)|more (?:articles|posts|from (?:us|our|the))|keep reading|up next|don['\u2019]t miss|further articles)\s*(?:[:\u2014\u2013-]|$)/i;
const FURNITURE =
  /^(?:share(?: this)?(?: article| post| page)?|tweet|print|pin it|skip to (?:main )?content|subscribe|sign up (?:for|to) (?:our|the) newsletter|back to top|(?:copyright )?(?:\u00a9|\(c\)) ?\d{4}.*|all rights reserved\.?|advertisements?|sponsored(?: content)?|cookie (?:policy|settings)|leave a (?:comment|reply)|posted in .{1,60}|filed under:? .{1,120}|share (?:on|via) .{1,30}|tags?: .{1,120})$/i;

/** "Home | About | Contact": three or more short names, no sentence among them. */
const MENU = /^[^|.!?]{1,25}(?: \| [^|.!?]{1,25}){2,}$/;

/** Sections that are about the business and not about the subject. */
const BUSINESS_SECTION =
  /^(?:why choose (?:us\b|our\b|\p{Lu}[\p{L}'\u2019]+(?: \p{Lu}[\p{L}'\u2019]+)*\??$)|contact us|get in touch|about us|about our (?:clinic|team|practice)|meet (?:the|our) team|our locations?|book (?:now|online|an? (?:appointment|session|visit)|your (?:appointment|session|visit))|schedule (?:an?|your) (?:appointment|visit|consultation|session)|(?:subscribe|newsletter)\b.{0,40})[?!.\s]*$/iu;

const NAMED_BUSINESS =
  /(?:^|[\s(])(?!(?:Physical|Sports|Manual|Massage|Occupational|Dry|Mental|Public|Primary|Chinese|Speech|Heat|Ice|Cold|In|The|A|An|Your|Our|This|That|Unlike|Like|For|With|And|Many|Most|Some|American|National|International|World|Traditional|Western)\s)\p{Lu}[\p{L}&'\u2019-]+(?: (?:\p{Lu}[\p{L}&'\u2019-]+|&|and|of)){0,4}? (?:Physical Therapy|Physiotherapy|Physio|Clinics?|Chiropractic|Rehab(?:ilitation)?|Wellness|Therapy|Acupuncture|Health(?:care)?|Medical|Cent(?:er|re)s?|Spine|Sports Medicine|Osteopathy|Practice|Studio|Institute|Associates|Group|Performance|Fitness|Massage)\b/u;
const AT_BUSINESS =
  /(?:^|[.!?] )(?:Here )?[Aa]t (?:the )?\p{Lu}[\p{L}&'\u2019-]+(?: (?:\p{Lu}[\p{L}&'\u2019-]+|&|and|of))*,? (?:we|our)\b/u;
const VOICE = /\b(?:we|our|ours|us|we['\u2019](?:re|ll|ve|d))\b/i;
const CONTACT =
  /\S+@\S+\.\w+|\bwww\.|https?:|\d{3}[-. )]\s?\d{3,4}|\b(?:book|call|subscribe|sign up|newsletter|parking)\b/i;
const OUR_STAFF =
  /\bour (?:[\p{L}-]+,? (?:and )?){0,3}?(?:team|clinics?|staff|therapists?|physiotherapists?|practitioners?|specialists?|experts?|providers?|services?|doctors?|chiropractors?|acupuncturists?|studio|practice|cent(?:er|re))\b/iu;
const SELLING = [
  /\bspeciali[sz](?:e|es|ed|ing)\b/i,
  OUR_STAFF,
  /\b(?:we|clinic|therapy|team|cent(?:er|re)|practice|wellness|physio) (?:also |proudly )?(?:offers?|provides?|delivers?)\b/i,
  /\b(?:expert|world-class|top-quality|exceptional|compassionate|high-quality|personal) (?:guidance|care|team|treatment|service)\b/i,
  /\b(?:state-of-the-art|cutting-edge|award-winning|top-rated|leading|premier|innovative|trusted)\b/i,
  /\b(?:committed|commitment|dedicated|passionate|proud(?:ly)?)\b/i,
  /\b(?:custom(?:i[sz]ed)?|personali[sz]ed|tailored|individuali[sz]ed) (?:[\p{L}-]+ )?(?:plans?|care|treatments?|programs?|approach)\b/iu,
  /\bhelp(?:s|ed|ing)? (?:you|our|individuals|patients|people|clients|\p{L}+ reclaim)\b/iu,
  /\b(?:reclaim|perform (?:at )?your best|live pain-free|pain-free life|your goals|active lifestyles?)\b/i,
  /\b(?:book|schedule|appointments?|consultations?)\b/i,
  /\b(?:years of experience|conveniently located|new patients|serving|locations)\b/i,
];

/** Speaks of a condition, an emergency or the reader's own doctor: advice, however it is worded. */
const ADVICE =
  /\b(?:if|when|unless|until|should you|before (?:you|treatment|your)|after (?:treatment|your)|straight away|right away|at once|as soon as|promptly|same day|911|112|999|000|urgent|immediately|(?:chest|severe|sharp|new|worsening) pain|your (?:own )?(?:doctor|gp|physician|provider|practitioner|therapist|healthcare|health care|insurer|insurance|pharmacist|surgeon|midwife)|(?:a|an|the) (?:doctor|gp|physician|provider|nurse|hospital|insurer))\b/i;
/** In the order itself or in the sentence before it: "Fever can mean an infection. Call us." */
const ALARM =
  /\b(?:emergenc\w+|breath\w*|chest|bleed\w*|faint\w*|dizz\w*|numb\w*|fever|redness|infect\w*|swell\w*|swollen|severe|worse\w*|symptoms?|unwell|side effects?|reactions?|pregnan\w*|blood thinn\w*)\b/i;
const ORDERS =
  /^(?:so |then |simply |please |don['\u2019]t (?:wait|hesitate)[ ,\p{L}]*? |to (?:get started|book|learn more),? ?(?:please )?)?(?:call|contact|book|schedule|reach out|get in touch|visit|click|tap|sign up|request|make an appointment|learn more|give us a call|send us|email|come (?:and )?(?:see|visit)|join us|start your journey|take the (?:first|next) step)\b/iu;
const SELLS_NOW =
  /\b(?:us|our|today|now|here|online|free consultation|appointment|website|newsletter|\d{3}[-. )]\s?\d{3,4})\b/i;
const INVITES =
  /^(?:are you |still |feeling |so,? )?(?:ready|looking|wanting|curious|interested|eager|tired of|want)\b(?: to| for| in)?\b.{3,140}\?$/i;

export function isPromotion(text: string): boolean {
  return text.length <= LONGEST_PROMOTION && PROMOTION.test(text);
}

export function isFurniture(text: string): boolean {
  return FURNITURE.test(text) || MENU.test(text);
}

export function isBusinessSection(heading: string): boolean {
  return BUSINESS_SECTION.test(heading);
}

/** "Ready to …?" where it stands alone; with advice under it, it is a heading like any other. */
export function isInvitation(text: string): boolean {
  return INVITES.test(text);
}

/** "Book online today." An order that names a condition, or follows on one, is advice and stays. */
export function isCallToAction(sentence: string, before = ''): boolean {
  if (!ORDERS.test(sentence) || !SELLS_NOW.test(sentence)) return false;
  return !ADVICE.test(sentence) && !ALARM.test(sentence) && !ALARM.test(before);
}

/**
 * A paragraph in which a business speaks of itself: it has a name, says "we" or "our", and sells (at
 * least two different sales phrases), in two of its three sentences or more. Less is doubtful.
 */
export function salesTalk(text: string): 'certain' | 'doubtful' | null {
  const hasName = isNamed(text);
  const hasVoice = VOICE.test(text);
  const phrases = SELLING.filter((phrase) => phrase.test(text)).length;
  if (hasName && hasVoice && phrases >= 2) {
    const sentences = sentencesOf(text);
    const own = sentences.filter(
      (one) => isNamed(one) || VOICE.test(one) || SELLING.some((phrase) => phrase.test(one)),
    );
    return own.length * 3 >= sentences.length * 2 ? 'certain' : 'doubtful';
  }
  if (hasVoice && OUR_STAFF.test(text) && phrases >= 3) return 'doubtful';
  return hasName && phrases >= 4 ? 'doubtful' : null;
}

/** Any sign that a business speaks of itself: its name, "we", a way to reach it. */
export function speaksOfBusiness(text: string): boolean {
  return isNamed(text) || VOICE.test(text) || CONTACT.test(text) || isOnlyCallsToAction(text);
}

function isNamed(text: string): boolean {
  return AT_BUSINESS.test(text) || NAMED_BUSINESS.test(text);
}

/** Whether every sentence of a block only calls to action. */
export function isOnlyCallsToAction(text: string): boolean {
  const sentences = sentencesOf(text);
  return (
    sentences.length > 0 &&
    sentences.every((one, i) => isCallToAction(one, sentences[i - 1]) || isInvitation(one))
  );
}

function sentencesOf(text: string): string[] {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end));
}

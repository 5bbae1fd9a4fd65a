import type { Clinic } from '../knowledge/clinic.ts';
import { foldedWords } from '../knowledge/tokens.ts';

/** What the articles cannot answer because it is the clinic's own business. */
export type DeskTopic =
  | 'price'
  | 'hours'
  | 'booking'
  | 'location'
  | 'records'
  | 'billing'
  | 'staff'
  | 'insurer'
  | 'referral'
  | 'person';

interface DeskPattern {
  readonly topic: DeskTopic;
  readonly asks: RegExp;
  /** Where the articles do have something to say. */
  readonly unless?: RegExp;
}

/** Read on folded words joined by single spaces; first match wins. */
const PATTERNS: readonly DeskPattern[] = [
  {
    topic: 'person',
    asks: /\b(talk|speak|chat|connect|transfer|put)( me)?( \w+)? (to|with|through) (a |an |the |some|your |(?:one|any|some) of (?:the|your) )?(real |live |actual |human )?(person|people|human|someone|somebody|agent|receptionist|staff|therapists?|physios?|physiotherapists?|pts?|practitioners?|clinicians?|doctors?|nurses?|manager|front desk|clinic|operator|representative)\b|\b(call|ring|phone|text) me( back)?\b|\b(real|live|actual) (person|human)\b.*\b(want|need|please)\b|^(human|agent|operator|representative|receptionist)( please)?$|\b(want|need|get me) (a )?(real |live )?(person|human|agent|receptionist)\b/,
    unless: /\b(should i|do i (need|have) to)( \w+)? (talk|speak)\b/,
  },
  {
    topic: 'insurer',
    asks: /\b(medicare|medicaid|champva|oscar health|molina|wellcare|ambetter|highmark|medibank|simplyhealth|aviva|laya|vhi|sun life|manulife|the va (pay|cover)s?|blue cross|blue shield|bcbs|aetna|cigna|united ?health\w*|uhc|humana|kaiser|tricare|anthem|bupa|axa|vitality|nhs|workers? comp\w*|hsa|fsa|flex(ible)? spending|in network|out of network|preauthori\w*|prior authori\w*|deductible|cpt|billing codes?)\b|\b(take|accept) (my |our |this |that )?(insurance|plan|health plan)\b/,
  },
  {
    topic: 'referral',
    asks: /\b(need|require|necessary)\b.{0,30}\breferral\b|\breferral\b.{0,12}\b(need|needed|required|necessary)\b|\b(referral|letter|order|script|sign off|permission)\b.{0,10}\b(from|by) ((my|a|the|our|own|family|\w+) ){0,3}(gp|dr|doctor|surgeon|consultant|physician|specialist)\b|\b(gp|dr|doctor|surgeon|consultant|physician)( first)? (have to|has to|need to|needs to|must|got to)( \w+)? (send|refer|sign|write)\b|\b(gp|dr|doctor|surgeon|consultant|physician) (wrote|gave|sent)( me)? (an? |the )?(\w+ )?(order|referral|letter|script)\b|\b(must|does|will|should) (my|the|a) (family |own )?(gp|dr|doctor|physician)( first)?( have to| need to)? (send|refer|sign|write)\b|\bself refer\w*\b/,
    unless: /\b(insur\w*|plan|tablets?|pills?|painkillers?)\b/,
  },
  {
    topic: 'price',
    asks: /\b(price|prices|priced|pricing|fee|fees|discount|discounts|deposit|copay|co pay|membership|memberships|voucher|sliding scale|(?<!\b(insur\w*|plans?|cover\w*)\b.*)out of pocket(?!.*\b(insur\w*|plans?|cover\w*)\b)|self pay|cash (price|rate))\b|\b(how much|what|wat|whats|what's)\b.{0,40}\b(cost|costs|charge|charges|set me back|run me)\b|\bhow much (is|for|are) (it|a|an|one|the|each|your)\b|\b(cost|costs) (of|for|per)\b|\bhow (expensive|cheap)\b|\b(sell|have|do|offer|buy|any) (\w+ )?packages?\b|\bhow much (do|will|would) i (pay|owe)\b|\b(what's|whats|what is) the damage (for|on|per|if)\b|\bballpark\b|\b(pay|paying) cash\b/,
    unless:
      /\b(a|the) price to pay\b(?! for)|\bat (any|what) price\b|\bhow much (water|time|soreness|pain|ibuprofen|tylenol|acetaminophen)\b|\bhow much (is|are) (the|a) (risks?|chances?|soreness|pain|bruising)\b/,
  },
  {
    topic: 'hours',
    asks: /\b(opening|business|office|clinic) hours\b|\b(what|wat) time\b.{0,20}\b(open|close|shut|start|closing|opening)\b|\b(are|r) (you|u|they|yall)( guys)? (open|closed)\b|\b(open|closed|close|shut) (on|4|for|over|this|at|late|early|today|tomorrow|sat\w*|sun\w*|mon\w*|weekends?|holidays?)\b|\bwhen (do|are|r) (you|u|they) (open|close|closed)\b|\bhours (on|for|today)\b|\b(do|are) you (see|treat|take|seeing|taking|work|working|there|around)\b.{0,30}\b(evenings?|mornings|weekends?|saturdays?|sundays?|after (five|six|seven|5|6|7)|before (seven|eight|7|8)|lunch)\b/,
    unless: /\bopen wounds?\b/,
  },
  {
    topic: 'records',
    asks: /\b(send|copy|copies|release|fax|email|forward|transfer|print)\b.{0,40}\b(records?|notes|chart|x rays?|scans?|reports?|medical file|results|paperwork from|sick note|doctors? note)\b|\b(get|need|access)\b.{0,40}\b(records?|notes|chart|x rays?|scans?|(?<!to )reports?|medical file|paperwork from|sick note|doctors? note)\b|\b(my|scan|test|blood|x ray|mri) results\b|\b(in|on) (your|the) (system|file|records)\b|\b((write|wrote|written)( down)? (about|on)|put( down)? about) (me|my)\b|\b(change|update) my (address|phone|number|email|details|name|insurance)\b/,
    unless: /\b(bring|what happens|how long)\b/,
  },
  {
    topic: 'billing',
    asks: /\b(charged|overcharged|refund|invoice|receipt|itemi[sz]ed|my bill|the bill|payment plan|billed|billing|apple pay|google pay|credit cards?|debit card|paypal|venmo|pay (by|with|online|later)|how (do|can) i pay|do you charge|charge (me )?(if|for)|no show)\b/,
    unless: /\b(bring|insurance (companies )?cover)\b/,
  },
  {
    topic: 'booking',
    asks: /\b(book|schedule|reschedule|cancel|confirm|rebook)\b.{0,25}\b(appt|appts|appointments?|slots?|booking|visit|session|me (in|for|on)|my (next|\w+day))\b|\b(make|get|move|change|push|squeeze|fit) ((me|my|our|a|an|another|the|this|first|next|new|earlier|later|sooner|in|for|\w+day) )*(appt|appts|appointments?|slots?|booking)\b|\b(move|change|push) (my|our|the) (\w+ )?(visit|session)\b|\b(move|change|push|shift|switch|swi(t|c)h|swap|swop) (my|our|the) (\d+ ?([ap]m)?|\w+day|morning|afternoon|evening) (to|for|till|until)\b|\b(squeeze|fit|get|push) me (in|for|on)\b|\b(move|change) my (next|\w+day)\b|\b(book|schedule) (me|online|it|one|something)\b|\bbook (for|on) (\w+day|tomorrow|next)\b|\bhow (do|can) i book\b|\b(running|gonna be|going to be|i'll be|be) (\w+ ){0,3}late\b|\b(wait ?list|next (opening|available|availability)|walk ins?|any (openings|availability|slots|gaps)|(got|have|is there|there) (a|any) (gap|space|spot|window) (this|next|on|for|tomorrow|today|later|at)\b|availability|earliest appointment)\b|\bwhen is (my|your|the) (next |first )?(free |open )?(appt|appointment|session|visit|slot)\b|\bmove (it|mine|this) (to|till|until)\b|\b(cancel|reschedule|rebook) (today|tomorrow|tonight|this|next|my|it|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*)\b|\bhow (far ahead|far in advance|early|soon) (do|can|should|must) i book\b|\b(free|open) slots?\b/,
    unless:
      /\b(should i|do i (need|have) to|do i keep|is it (ok|safe)|pregnan\w*|fever|infection|flu|sick|antibiotics?)\b/,
  },
  {
    topic: 'location',
    asks: /\bwhere (are|r) (you|u|yall)\b(?! (supposed|meant|needl\w*|put\w*|treat\w*|sore))|\bwhere('s| is) (the|your) (clinic|office|place|building|entrance)\b|\b(your|the clinic's|clinic) (address|location|phone|phone number|email)\b|\bphone number\b|\bwhat('s|s| is) your website\b|\b(parking|where (do|can) i park|directions|what floor|which floor|bus (stops?|line|route)|which bus|nearest (station|train|bus|subway)|wheelchair (access\w*|ramp)|elevator|step free|is there (a|an) (lift|ramp|elevator|car park))\b|\bhow (do|can) i (get there|find you|get to (you|the clinic)|reach you|contact you)\b/,
    unless: /\bwhere (do|does|are) (the|they|you) (needle|put|stick)\b/,
  },
  {
    topic: 'staff',
    asks: /\b(which|who) of your\b|\byour (own )?(therapists?|therapist's|staff|practitioners?|physios?|doctors|team)\b|\b(does|is) \w+ still (work|there|with you)\b|\bwho (will|would|is going to|is gonna|would be) (be )?(treat|treating|needle|needling|see|seeing|do|doing) (me|mine|my|it)\b|\b(female|male|woman|lady|man) (therapist|practitioner|physio|doctor|provider)\b|\bis (dr|doctor) \w+\b|\bwho (owns|runs|manages) (the|your|this)\b/,
  },
];

/** Words from which a message with a question in it is a story, which names a lift or a fee in passing. */
const STORY = 18;
/** Words of a question that says by itself what it asks. */
const WHOLE_QUESTION = 6;
/** Asked for in statements too: "Please cancel my Friday. How long will I be sore?" */
const REQUESTED: readonly DeskTopic[] = ['person', 'booking'];

export function deskTopicOf(utterance: string): DeskTopic | undefined {
  const said = foldedWords(utterance);
  const topic = topicIn(said.join(' '));
  if (!topic || said.length < STORY || REQUESTED.includes(topic)) return topic;
  const questions = (utterance.match(/[^.!?\n]+\?/g) ?? []).map(foldedWords);
  const isAsked = questions.some((words) => topicIn(words.join(' ')) !== undefined);
  const saysWhat = (questions.at(-1) ?? []).length >= WHOLE_QUESTION;
  return isAsked || !saysWhat ? topic : undefined;
}

function topicIn(said: string): DeskTopic | undefined {
  return PATTERNS.find(({ asks, unless }) => asks.test(said) && !unless?.test(said))?.topic;
}

const SUBJECT: Record<DeskTopic, string> = {
  price: 'prices',
  hours: 'opening hours',
  booking: 'bookings',
  location: 'the place and how to get there',
  records: 'records and documents',
  billing: 'bills and payments',
  staff: 'who works at the clinic',
  insurer: 'a certain insurer or plan',
  referral: 'referrals',
  person: '',
};

/**
 * The desk's own fact where the clinic has filled it in; otherwise who can say. Without a topic it is
 * the desk's by what it is like, not by its words (`Likeness.desk`).
 */
export function deskText(topic: DeskTopic | undefined, clinic: Clinic): string {
  if (!topic) return `That is one for the clinic's team. ${reachText(clinic)}`;
  if (topic === 'person') return `Of course. ${reachText(clinic)}`;
  const facts: Partial<Record<DeskTopic, string | null>> = {
    price: clinic.prices,
    hours: clinic.hours,
    booking: clinic.booking && `You can book here: ${clinic.booking}`,
    location: [clinic.address, clinic.parking].filter(Boolean).join(' ') || null,
    insurer: clinic.insurance,
  };
  const fact = facts[topic];
  if (fact) return `${fact.replace(/([^.!?])$/, '$1.')} ${reachText(clinic)}`;
  return `I can't help with ${SUBJECT[topic]}: the clinic's team can. ${reachText(clinic)}`;
}

/** How to reach a person; never an empty placeholder. */
export function reachText({ name, phone, booking }: Clinic): string {
  const clinic = name ?? 'the clinic';
  if (phone) return `Please call ${clinic} at ${phone}.`;
  if (booking) return `You can reach ${clinic} here: ${booking}`;
  return `Please ask ${clinic} directly.`;
}

import { type DeskTopic, deskText, deskTopicOf, reachText } from '../../bot/desk.ts';
import type { Clinic } from '../../knowledge/clinic.ts';
import { EMPTY_CLINIC, FULL_CLINIC } from '../support/clinic.ts';

const ASKED: readonly (readonly [string, DeskTopic])[] = [
  ['How much is one visit?', 'price'],
  ['what does it cost per session', 'price'],
  ['any discounts for teachers', 'price'],
  ["what's the damage for an hour", 'price'],
  ['ballpark for three visits', 'price'],
  ['paying cash, is it less', 'price'],
  ['do you sell packages', 'price'],
  ['When do you open?', 'hours'],
  ['are you open on saturday', 'hours'],
  ['what time do you close tonight', 'hours'],
  ['do you see people in the evenings', 'hours'],
  ['Can I book a session for Monday?', 'booking'],
  ['I need to cancel my appointment', 'booking'],
  ['can I book for Monday?', 'booking'],
  ['move my session to friday', 'booking'],
  ['reschedule my visit please', 'booking'],
  ["I'm running 10 minutes late", 'booking'],
  ['can I make an appointment', 'booking'],
  ['can you squeeze me in today', 'booking'],
  ['is there a gap on Tuesday', 'booking'],
  ['Where are you located?', 'location'],
  ['is there parking', 'location'],
  ['which bus stops near the clinic', 'location'],
  ['what is your phone number', 'location'],
  ['Can you send my records to my GP?', 'records'],
  ['did my x-ray results come back', 'records'],
  ['I need a copy of the report', 'records'],
  ['I was charged twice', 'billing'],
  ['can I pay by card later, or do I get a receipt', 'billing'],
  ['do you have a female therapist', 'staff'],
  ['does Maria still work there', 'staff'],
  ['Do you take Medicare?', 'insurer'],
  ['are you in network with Aetna', 'insurer'],
  ['do you accept my insurance', 'insurer'],
  ['is Highmark any good with you', 'insurer'],
  ['does the VA cover any of it', 'insurer'],
  ['Is a referral needed?', 'referral'],
  ['must I bring a note, I have an order from my orthopaedic surgeon', 'referral'],
  ['does a doctor have to refer me', 'referral'],
  ['swap my 11am for 2pm please', 'booking'],
  ['shift our Thursday to Monday', 'booking'],
  ['I want to talk to a human', 'person'],
  ['could I speak with one of your physios', 'person'],
  ['Does my doctor have to write something first?', 'referral'],
  ['can someone call me back', 'person'],
  ['agent', 'person'],
];

/** Stories that do ask for it, in their question or beside it. */
const STORIES: readonly (readonly [string, DeskTopic])[] = [
  [
    'I have been coming since the spring and my shoulder is so much better than it was. Could you tell me what the fee is for a single visit these days?',
    'price',
  ],
  [
    'Please cancel my appointment on Friday, my daughter has a school play and I promised her. How long will I be sore when I come the week after?',
    'booking',
  ],
  [
    'I would like to know the fee. I am on a pension and my daughter says that places like yours have a lower one for people like me.',
    'price',
  ],
];

/** What the articles do answer, in words that sound like the desk's. */
const NEAR_MISSES: readonly string[] = [
  'do insurers need a referral before they cover it',
  'can my doctor refer me to somebody who does it',
  'if I stop halfway, is there a price to pay next week',
  'is there a price to pay in soreness if I skip the rest',
  'My flat is on the fifth floor and the elevator has been broken since May, so I carry everything up the stairs myself. How long after a session should I wait before I lift things again?',
  'They charge a fee at my gym for a missed class, and leg day is Thursday whatever happens. Would it be unwise to train the day after I was needled?',
  'Does insurance usually pay for needling?',
  'is it covered by health plans in general',
  'What should I bring to my first visit?',
  'How long does a visit take?',
  'how long would I be lying there',
  'How much water do I need once I am home?',
  'how much time does it need',
  'how much soreness is normal',
  'How many sessions do I need to see results?',
  'how soon do people get results',
  'will I get sore after the session',
  'Does it make you tired after a session?',
  'can I move my arm after the session',
  'how often can I get a session',
  'should I talk to a doctor first',
  'when should I speak to a doctor about soreness',
  'Do I need to report side effects?',
  'what do you put on my skin before',
  'where are you supposed to feel it',
  'where do the needles go',
  'Is it ok with an open wound?',
  'Should I cancel my appointment if I have a fever?',
  'Who is allowed to do dry needling?',
  'what training do they need',
  'how much is the risk',
  'Do I need a check-up before my appointment?',
  'is it covered, or is it out of pocket',
  'out of pocket, or does a health plan pay?',
];

describe('deskTopicOf', () => {
  it.each([...ASKED, ...STORIES])('passes "%s" on as %s', (utterance, topic) => {
    expect(deskTopicOf(utterance)).toBe(topic);
  });

  it.each(NEAR_MISSES)('leaves "%s" to the articles', (utterance) => {
    expect(deskTopicOf(utterance)).toBeUndefined();
  });
});

describe('deskText', () => {
  const topics = [...new Set(ASKED.map(([, topic]) => topic))];

  it.each<[DeskTopic, keyof Clinic]>([
    ['price', 'prices'],
    ['hours', 'hours'],
    ['booking', 'booking'],
    ['location', 'address'],
    ['location', 'parking'],
    ['insurer', 'insurance'],
  ])("says the clinic's own fact on %s (%s)", (topic, key) => {
    const fact = FULL_CLINIC[key];
    expect(fact).toBeTruthy();
    expect(deskText(topic, FULL_CLINIC)).toContain(fact);
  });

  it.each(topics)('says how to reach the clinic on %s, filled in or not', (topic) => {
    expect(deskText(topic, FULL_CLINIC)).toContain('+1 555 010 0199');
    expect(deskText(topic, EMPTY_CLINIC)).toContain('ask the clinic directly');
  });

  it.each(topics)('leaves no hole where the clinic has said nothing (%s)', (topic) => {
    expect(deskText(topic, EMPTY_CLINIC)).not.toMatch(/null|undefined|\s{2}|:\s*\.|with :/);
  });

  it('closes a fact that was written without a stop', () => {
    expect(deskText('hours', { ...EMPTY_CLINIC, hours: 'Monday to Friday 8 to 6' })).toMatch(
      /^Monday to Friday 8 to 6\. /,
    );
  });
});

describe('reachText', () => {
  it('names the number before the booking page', () => {
    expect(reachText(FULL_CLINIC)).toBe('Please call Elm Street Physio at +1 555 010 0199.');
    expect(reachText({ ...FULL_CLINIC, phone: null })).toContain('https://clinic.example/book');
  });
});

import {
  asksIfItHurts,
  asksWhatToAvoid,
  offers,
  questionTypeOf,
  saysItEases,
  type QuestionType,
} from '../../../bot/answering/question-type.ts';

const ASKED: readonly (readonly [string, QuestionType])[] = [
  ['How often should I come in?', 'frequency'],
  ['is three visits a week too much', 'frequency'],
  ['how deep does it go', 'size'],
  ['What gauge is the needle?', 'size'],
  ['How long will my calf ache?', 'duration'],
  ['When can I swim again?', 'duration'],
  ['how many days off the bike', 'duration'],
  ['how soon is it working', 'duration'],
  ['How many needles do they use?', 'count'],
  ['is one visit enough', 'count'],
  ['Who is allowed to do this?', 'person'],
  ['Dry needling versus a massage?', 'difference'],
  ['is it better than cupping or worse', 'difference'],
  ['Why did my leg jump?', 'reason'],
  ['how come I am so sleepy', 'reason'],
  ['What causes a knot?', 'reason'],
  ['What are the risks?', 'list'],
  ['Which conditions does it help?', 'list'],
  ['pros and cons please', 'list'],
  ['what is a twitch', 'definition'],
  ['explain referred pain', 'definition'],
  ['Where do they put them?', 'place'],
  ['where does the needle go', 'place'],
  ['Where can I have it done?', 'venue'],
  ['where would I be seen', 'venue'],
  ['what sort of room is it', 'venue'],
  ['Can I drive home?', 'whether'],
  ['and is a bath allowed', 'whether'],
  ['safe with a pacemaker?', 'whether'],
  ['tell them my calf is tight', 'open'],
  ['', 'open'],
  ['\u{1f9b5}\u{1f9b5}', 'open'],
];

describe('questionTypeOf', () => {
  it.each(ASKED)('reads "%s" as %s', (question, type) => {
    expect(questionTypeOf(question)).toBe(type);
  });

  it('does not mind capitals, accents and punctuation', () => {
    expect(questionTypeOf('  H\u00d3W LONG\u2026 does it take??  ')).toBe('duration');
  });
});

describe('offers', () => {
  it.each<[QuestionType, string, string]>([
    ['duration', 'The ache is gone in two days.', 'The ache is mild.'],
    ['count', 'Most people come four times.', 'Most people come again.'],
    ['frequency', 'Come once a week.', 'Come when you like.'],
    ['size', 'The needle is 40 mm long.', 'The needle is long.'],
    ['person', 'A trained therapist does it.', 'It is done in a quiet room.'],
    ['reason', 'It aches because the muscle is tired.', 'It aches.'],
    ['place', 'The needle goes in the calf, at the knee.', 'The needle is thin.'],
    ['venue', 'It is done in a clinic.', 'It is done in the calf.'],
  ])('finds what a question of %s waits for', (type, with_, without) => {
    expect(offers(type, with_)).toBe(true);
    expect(offers(type, without)).toBe(false);
  });

  it('has no opinion where any sentence may answer', () => {
    expect(offers('open', 'The needle is thin.')).toBeUndefined();
    expect(offers('whether', 'Yes, you may.')).toBeUndefined();
  });
});

describe('asksIfItHurts', () => {
  it.each([
    'Does it hurt?',
    'will it be painful',
    'is it gonna b super painful',
    'how painful is it',
    'is having the needling done painful',
    'Do the needles sting?',
  ])('hears "%s"', (question) => {
    expect(asksIfItHurts(question)).toBe(true);
  });

  it.each([
    'does it help my painful shoulder',
    'my knee hurts, what can you do',
    'Can it treat a painful hip?',
    'what is it good for',
  ])('does not hear "%s"', (question) => {
    expect(asksIfItHurts(question)).toBe(false);
  });
});

describe('saysItEases', () => {
  it('tells the pain that a treatment is for from what it feels like', () => {
    expect(saysItEases('The treatment may be effective against pain.')).toBe(true);
    expect(saysItEases('Relief of pain usually outweighs the short discomfort.')).toBe(false);
    expect(saysItEases('It should not be painful.')).toBe(false);
    expect(saysItEases('A cold pack helps with swelling.')).toBe(false);
  });
});

describe('asksWhatToAvoid', () => {
  it.each([
    'What should I avoid after it?',
    'anything I should steer clear of tomorrow',
    'which exercises do I skip',
    'things not to do after needling',
    "What shouldn't I do?",
    'what can\u2019t we do that day',
  ])('hears it in "%s"', (question) => {
    expect(asksWhatToAvoid(question)).toBe(true);
  });

  it.each(['How can I avoid a bruise?', 'What helps after it?', 'Can I skip a session?'])(
    'does not in "%s"',
    (question) => {
      expect(asksWhatToAvoid(question)).toBe(false);
    },
  );
});

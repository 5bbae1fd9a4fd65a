import { type SmallTalk, smallTalkOf, smallTalkText } from '../../bot/small-talk.ts';

const SAID: readonly (readonly [string, SmallTalk])[] = [
  ['Hello', 'greeting'],
  ['hey', 'greeting'],
  ['Good morning team!', 'greeting'],
  ['hi there \u{1f44b}', 'greeting'],
  ['Hola', 'greeting'],
  ['hi, is anybody there?', 'greeting'],
  ['How are you?', 'wellbeing'],
  ["hey what's up", 'wellbeing'],
  ['Thanks!', 'thanks'],
  ['ok great, thank you so much for your help', 'thanks'],
  ['thx', 'thanks'],
  ['Gracias', 'thanks'],
  ['muchas gracias', 'thanks'],
  ['Hola, buenos d\u00edas', 'greeting'],
  ['buenas tardes', 'greeting'],
  ['cheers pal, very kind of you', 'thanks'],
  ['ok super, thank you for clearing that up, have a lovely weekend', 'thanks'],
  ['no more questions, thanks again', 'thanks'],
  ['brill, cheers', 'thanks'],
  ['ta a mill', 'thanks'],
  ['I really appreciate the advice', 'thanks'],
  ['bye', 'goodbye'],
  ["right, that's all I wanted to know, see you on Friday", 'goodbye'],
  ['take care now', 'goodbye'],
  ['good evening, how are you today?', 'wellbeing'],
  ['cheers, which puts my mind at ease', 'thanks'],
  ['that was a huge help to me', 'acknowledgement'],
  ['huge help, goodbye', 'goodbye'],
  ['got it', 'acknowledgement'],
  ['ah ok, makes sense', 'acknowledgement'],
  ['great, that answers my question', 'acknowledgement'],
  ["never mind, I'm all sorted", 'acknowledgement'],
  ['ok thanks, bye', 'thanks'],
  ['Have a nice day, see you', 'goodbye'],
  ['Are you a robot?', 'identity'],
  ['who are you', 'identity'],
  ['am I talking to a real person', 'identity'],
  ["what's your name?", 'identity'],
  ['What can you do?', 'abilities'],
  ['how does this bot work', 'abilities'],
  ['how does this work', 'abilities'],
  ['what can I ask', 'abilities'],
  ['that was not helpful', 'complaint'],
  ['you are useless', 'complaint'],
  ["you're so useless", 'complaint'],
  ['not helpful', 'complaint'],
  ["that didn't answer my question", 'complaint'],
];

const QUESTIONS: readonly string[] = [
  'thanks, but how long will it ache?',
  'Hi, does the needle hurt?',
  'hello can I swim tomorrow',
  'thank you, and what about my calf?',
  'good morning, is bruising normal',
  'bye the way is a bath ok',
  'What are you putting into the muscle?',
  'what are you supposed to wear for it',
  'What can you do for a stiff hip?',
  'what do you do with the used needles',
  'How can you help my tennis elbow?',
  'is it awful for people who faint easily',
  'what if stretching did not help',
  "massage didn't help, would this",
  "my old physio said rest and it didn't help",
  'is the name of the muscle piriformis',
  'is it normal to be sore later',
  'later that day can I run',
  'what is a trigger point',
  'great, and the next morning',
  'ok so no swelling then',
  'got it, but is ice fine',
  'thanks for that, one more: does it leave marks',
  'makes sense?',
  'does that settle down',
  'what helps',
  'is that all',
  'yes',
  'no',
  'it helps my neck',
  'see you said two days, why',
];

describe('smallTalkOf', () => {
  it.each(SAID)('hears "%s" as %s', (utterance, kind) => {
    expect(smallTalkOf(utterance)).toBe(kind);
  });

  it.each(QUESTIONS)('leaves "%s" to be answered', (utterance) => {
    expect(smallTalkOf(utterance)).toBeUndefined();
  });

  it('hears nothing in what has no words', () => {
    for (const utterance of ['', '   ', '\u{1f44d}', '\u200b\u200b', '?!', '\ud800']) {
      expect(smallTalkOf(utterance)).toBeUndefined();
    }
  });
});

describe('smallTalkText', () => {
  const kinds = [...new Set(SAID.map(([, kind]) => kind))];

  it.each(kinds)('has words for %s in both languages', (kind) => {
    const english = smallTalkText(kind, 'Elm Street Physio', 'en');
    const spanish = smallTalkText(kind, 'Elm Street Physio', 'es');
    expect(english.length).toBeGreaterThan(20);
    expect(spanish.length).toBeGreaterThan(20);
    expect(spanish).not.toBe(english);
  });

  it('says that it is no person when asked', () => {
    expect(smallTalkText('identity', 'the clinic', 'en')).toContain('not a person');
    expect(smallTalkText('identity', 'the clinic', 'es')).toContain('no una persona');
  });

  it("uses the clinic's name", () => {
    expect(smallTalkText('greeting', 'Elm Street Physio', 'en')).toContain('Elm Street Physio');
  });
});

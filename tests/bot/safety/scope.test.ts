import { screen, withWeak } from '../../../bot/safety/screen.ts';
import { listen } from '../../../bot/safety/listen.ts';
import { MARKERS } from '../../../bot/safety/markers.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();
const statuses = (utterance: string, concept: string) =>
  listen(utterance, rules).hits.flatMap((hit) => (hit.concept === concept ? [hit.status] : []));
const levelOf = (utterance: string) => withWeak(screen(utterance, [], rules)).level;

describe('the context words', () => {
  it('are all written down', () => {
    expect(MARKERS.filter((marker) => rules.concepts.get(marker)?.scope !== 'marker')).toEqual([]);
  });
});

describe('1. a denial', () => {
  it('cancels one hit, never the message', () => {
    expect(statuses('not short of breath but my chest hurts', 'breathless')).toEqual(['denied']);
    expect(levelOf('not short of breath but my chest hurts')).toBe('emergency');
  });

  it('reaches five words and a list, and stops at a new subject', () => {
    expect(levelOf('no fever, chills, rash or chest pain')).toBe('none');
    expect(levelOf('no fever, my chest hurts')).toBe('emergency');
    expect(levelOf('sin fiebre ni dolor de pecho')).toBe('none');
    expect(levelOf('no me duele el pecho')).toBe('none');
    expect(levelOf('no me duele el pecho ni me falta el aire')).toBe('none');
    expect(levelOf('no me duele el pecho, me falta el aire')).toBe('emergency');
  });

  it('may follow what it denies', () => {
    expect(levelOf('Chest pain? No.')).toBe('none');
    expect(levelOf('stroke was ruled out: slurred speech ruled out')).toBe('none');
  });
});

describe('2. a negation that is the symptom', () => {
  it.each([
    "can't breathe",
    'cannot catch my breath',
    'unable to feel my legs',
    "he won't wake up",
    'no puedo respirar',
  ])('is no denial: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('emergency');
  });
});

describe('3. words that look like a denial', () => {
  it.each([
    'not only does my chest hurt',
    'no doubt this is chest pain',
    "I'm not sure if it is chest pain",
    'nobody told me chest pain could start today',
    'chest pain is not going away',
    'No, my chest hurts',
  ])('deny nothing: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('emergency');
  });
});

describe('4. denied for the past, reported for now', () => {
  it.each([
    'I never had chest pain until tonight',
    'no chest pain yesterday but now there is',
    'never had chest pain like this',
  ])('is present: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('emergency');
  });
});

describe('5. a symptom that is over', () => {
  it('leaves an emergency urgent', () => {
    expect(levelOf('I had chest pain after the session but it went away')).toBe('urgent');
    expect(levelOf('my chest hurt for an hour yesterday. All gone now.')).toBe('urgent');
  });

  it('stays as it was when it is back, or only hoped to end', () => {
    expect(levelOf('the chest pain went away and came back')).toBe('emergency');
    expect(levelOf('I hope the chest pain gets better')).toBe('emergency');
    expect(levelOf("chest pain hasn't gone")).toBe('emergency');
  });

  it('is there where something has "gone" so', () => {
    expect(levelOf('blotchy all over and my chest has gone wheezy')).toBe('emergency');
    expect(levelOf('the wheezing has gone')).toBe('urgent');
  });

  it('is told from another that is over', () => {
    expect(levelOf('my chest hurts and my headache is gone')).toBe('emergency');
  });

  it('lowers stroke signs and an overdose not at all', () => {
    expect(levelOf('half my face drooped but it is gone now')).toBe('emergency');
    expect(levelOf('I took too many pills last night but I feel fine now')).toBe('emergency');
  });

  it('ends an urgent sign', () => {
    expect(levelOf('my fingers were tingling after it but that stopped by itself')).toBe('none');
  });
});

describe('6. somebody else', () => {
  it('counts in full', () => {
    expect(levelOf('my neighbour cannot breathe')).toBe('emergency');
  });

  it('counts for nothing in a family history', () => {
    expect(levelOf('my grandfather died of a heart attack thirty years ago')).toBe('none');
    expect(levelOf('heart attacks run in my family, it runs in the family')).toBe('none');
  });
});

describe('7. long ago', () => {
  it('needs a remote marker and no now-marker', () => {
    expect(levelOf('I had chest pain ten years ago')).toBe('none');
    expect(levelOf('I had chest pain ten years ago and now again')).toBe('emergency');
  });

  it.each([
    'had a punctured lung in 2015 and my chest hurts when I breathe',
    "had a punctured lung in 2015, I'm fine now but my chest hurts when I breathe",
    'my chest hurts when I breathe in, I had a pneumothorax ten years ago',
    'years ago I had a stroke, my face is drooping',
    'my dad had a heart attack in 2009 and my chest hurts',
    'tuve un neumotórax hace unos cinco años, me falta el aire',
    'mi padre murió de un infarto hace años y me duele el pecho',
  ])('does not reach what is told in the present: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('emergency');
  });

  it.each([
    'my brother got a blood clot in 2011 and he is grand now',
    'she had a concussion in high school, all clear since',
    'a friend keeled over at a clinic in 2017, we laugh about it now',
    'a mi prima se le pinchó un pulmón hace como cinco años',
  ])('is not undone by being well now: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('none');
  });

  it('is undone by not being well now', () => {
    expect(levelOf('I fainted ten years ago and I am not well now, I fainted')).toBe('urgent');
  });
});

describe('8. a question or an "if"', () => {
  it.each([
    'what are the signs of a collapsed lung',
    'can dry needling cause chest pain?',
    'what should I do if I faint?',
    'how often do people get chest pain',
    '¿qué hago si me falta el aire?',
    'the leaflet says side effects include fainting',
    "my uncle read that needling burst somebody's lung, is that so",
    'in the movie a man could not breathe',
  ])('is quiet: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('none');
  });

  it.each([
    'can dry needling cause chest pain? mine started an hour ago',
    'is it normal to have chest pain after dry needling?',
    'what are the signs of a collapsed lung? I feel short of breath',
    'could this chest pain be from the needles',
    'could the chest pain be from the needles',
    'Is breathlessness normal after dry needling?',
    'how long does the chest pain last',
    'How long does breathlessness last after needling?',
    'what helps with the shortness of breath',
    'what can I take for the chest tightness',
    'how do I get rid of the breathlessness',
    'does the chest pain go away on its own',
    'when will the chest pain wear off',
    'should I expect chest pain afterwards',
    'does anyone else get chest pain',
    'do you think chest pain is from the needles',
    'is it stress giving me chest pain',
    'can I take ibuprofen for the chest pain',
    'can I drive with shortness of breath',
    'does chest pain mean something is wrong',
    'you told me to ring if I got chest pain and I have',
    '¿cuánto dura la falta de aire?',
    '¿cuándo se quita la dificultad para respirar?',
    '¿qué puedo tomar para la falta de aire?',
  ])('is a report when it is about the person now: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('emergency');
  });
});

describe('a word that may mean something else', () => {
  it.each([
    'is it normal to have palpitations after dry needling',
    'I have a fever, should I still come in tomorrow',
    'my husband has had numb fingers, can he drive',
    'why am I having heavy bleeding from my shoulder',
    'we have a patient having a seizure by the desk',
  ])('means the sign where it is said to be had: "%s"', (utterance) => {
    expect(screen(utterance, [], rules).level).not.toBe('none');
  });

  it('counts for nothing inside an "if"', () => {
    const { level, weak } = screen('if one of them has a seizure during it what then', [], rules);
    expect({ level, weak: weak.length }).toEqual({ level: 'none', weak: 0 });
  });
});

describe('9. two denials', () => {
  it('are one where it has several words, and each its own where the same is said again', () => {
    expect(statuses('free of chest pain', 'chest-pain')).toEqual(['denied']);
    expect(statuses('not a bit of breathlessness', 'breathless')).toEqual(['denied']);
    expect(statuses('not hot not numb not swollen', 'weak-or-numb')).toEqual(['denied']);
    expect(statuses('no rash no fever, throat closing up', 'anaphylaxis-named')).toContain(
      'present',
    );
  });

  it('make no suppression', () => {
    expect(statuses('it is not that there is no chest pain', 'chest-pain')).toEqual(['present']);
    expect(levelOf('not pregnant and not on blood thinners')).toBe('none');
  });
});

describe('10. self-harm', () => {
  it('takes no denial but plain ones', () => {
    expect(levelOf('I would never hurt myself')).toBe('none');
    expect(levelOf("I'm not suicidal but I can't cope")).toBe('urgent');
    expect(levelOf("it's not that I want to die, I just want to kill myself")).toBe('emergency');
  });

  it.each([
    'this pain is killing me',
    "I'm dying to know what it costs",
    'bored to death in your waiting room',
  ])('is not heard in a figure of speech: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('none');
  });
});

describe('11. being worse once', () => {
  it.each([
    'why am I in a worse way after needling',
    'I was achier the morning after, is that how it goes',
    'still a bit sore after 2 days',
    'cómo es que me siento peor tras la sesión',
  ])('is expected for two days: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('none');
  });

  it.each([
    'it hurts more each day since the needles',
    'five days on and my neck is still sore',
    'far more pain than before I had my session',
    "I haven't slept since the session because of the pain",
  ])('is urgent when it lasts, climbs or cannot be borne: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('urgent');
  });
});

describe('12. a complaint to be treated', () => {
  it.each([
    'my toes tingle when I sit, would needling be any use',
    'electric pain down my thigh when I sit, can you treat that',
    'lumps in my trapezius, can needles get rid of them',
  ])('is no event after needling: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('none');
  });

  it.each([
    'my toes tingle since your needles',
    'I suddenly cannot lift my foot, would needles help',
  ])('is one when it is new: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('urgent');
  });
});

describe('13. Spanish', () => {
  it('takes "no puedo" and "no consigo" for symptoms, not denials', () => {
    expect(levelOf('no me puedo levantar, tengo un vértigo terrible')).toBe('emergency');
    expect(levelOf('no consigo llenar el pecho de aire')).toBe('emergency');
  });

  it('denies every member of a list', () => {
    expect(levelOf('ni fiebre ni escalofríos')).toBe('none');
    expect(levelOf('no tengo mareo ni tengo fiebre')).toBe('none');
  });
});

describe('a question of the staff about policy', () => {
  it.each([
    'what is our protocol when a client goes faint',
    'our procedure for a client who has chest pain after needling',
    'where do we keep used-needle bins',
    '¿dónde se tiran las agujas usadas?',
    '¿cuál es el protocolo cuando un paciente no respira?',
    "I'm making a poster about stroke signs: face drooping, slurred speech",
    'soy recepcionista, ¿qué le digo a quien llama con dolor en el pecho?',
  ])('reports nothing: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('none');
  });

  it.each([
    'a client has chest pain',
    'a caller says he cannot breathe',
    'someone has collapsed in the waiting room and is not breathing',
    'what is our protocol, a client has collapsed and will not wake up',
    'what is the policy, man in room 3 has slurred speech',
    'cuál es el protocolo, la paciente tiene dolor en el pecho',
    'qué protocolo seguimos, el paciente no respira',
    "I'm doing an essay and I can't breathe",
    'my chest hurts, I was putting up a poster',
  ])('is a report where somebody is in need: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('emergency');
  });

  it('counts what stands before a question apart from it', () => {
    expect(levelOf('I pricked my finger on a used needle, what is our procedure')).toBe('urgent');
  });
});

describe('an idiom', () => {
  it('is not put together from two clauses', () => {
    expect(levelOf('crushing pain in my chest, day two')).toBe('emergency');
    expect(levelOf('everything aches after chest day')).toBe('none');
  });
});

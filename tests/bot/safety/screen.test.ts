import * as fc from 'fast-check';
import { joined, screen, triggersOf, type Earlier, withWeak } from '../../../bot/safety/screen.ts';
import { LEVELS, loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();
const levelOf = (utterance: string, past: readonly Earlier[] = []) =>
  withWeak(screen(utterance, past, rules)).level;
const user = (text: string): Earlier => ({ from: 'user', text });
const bot = (text: string): Earlier => ({ from: 'bot', text });

describe('joined', () => {
  it('keeps a caution and a fact that only other words of the same message tell', () => {
    const said = screen('que puis-je prendre contre la douleur', [], rules);
    const put = screen('I take blood thinners, what can I take for the pain', [], rules);
    const both = joined(said, put);
    expect(said.level).toBe('none');
    expect(both).toMatchObject({ level: 'caution', language: said.language, rules: put.rules });
    expect([...both.mentions]).toContain('blood-thinner');
    expect(both.triggers.every(({ start, end }) => start === 0 && end === 0)).toBe(true);
  });

  it('never lowers a level', () => {
    const said = screen('I cannot breathe since the session', [], rules);
    expect(joined(said, screen('hello', [], rules))).toMatchObject({ level: said.level });
  });
});

describe('screen', () => {
  it.each(['no puedo respirar bien desde la sesión', 'no puedo despertar a mi marido'])(
    'takes "%s" for no wish to die',
    (utterance) => {
      const { level, rules: heard } = screen(utterance, [], rules);
      expect(level).toBe('emergency');
      expect(heard).not.toContain('em.suicide');
    },
  );

  it('takes no word of our articles and no rare word for a slip of two letters', () => {
    expect(levelOf('pistoning in and out')).toBe('none');
    expect(levelOf('the tap is tickling me')).toBe('none');
  });

  it.each([
    'ayer comí camarón, mi cuñado también, nomás pregunto por la cita',
    'fue como una montaña rusa de feria',
    'tengo el túnel carpiano de toda la vida, es la vecina quien pregunta',
    'el hueco de la escalera es estrecho y el hielo resbala',
  ])('takes no Spanish word for a slip of another: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('none');
  });

  it('knows the forms of a Spanish word and its slips', () => {
    expect(levelOf('estoy escupiendo sangre desde anoche')).toBe('emergency');
    expect(levelOf('me duele el pehco y no puedo respirr')).toBe('emergency');
  });

  it('puts a dropped g back', () => {
    expect(levelOf("his face is droppin on one side and he's slurrin")).toBe('emergency');
  });

  it('points at the words that fired', () => {
    const utterance = 'Hi 👋 — my chest really hurts, what now?';
    const [first] = screen(utterance, [], rules).triggers;
    expect(first?.rule).toBe('em.cardiac');
    expect(utterance.slice(first?.start, first?.end)).toBe('chest really hurts');
    expect(first?.version).toBe(rules.byId.get('em.cardiac')?.version);
  });

  it('puts the most serious rule first and logs the others', () => {
    const utterance = 'I take Eliquis, my hand is tingling since and my chest hurts';
    const { rules: ids } = withWeak(screen(utterance, [], rules));
    expect(ids[0]).toBe('em.cardiac');
    expect(ids).toEqual(expect.arrayContaining(['ur.nerve', 'ca.blood_thinner']));
  });

  it.each([
    ['the breathing got worse and I cannot catch my breth', 'emergency'],
    ['CANT BREATHE', 'emergency'],
    ['icantbreathe', 'emergency'],
    ['i caaaant breeeathe', 'emergency'],
    ['ch3st pain', 'emergency'],
    ['cp n sob since 2day', 'emergency'],
    ['my chest 😭 hurts 😭 so bad', 'emergency'],
    ['me falta el aire', 'emergency'],
    ['no puedo respírar', 'emergency'],
    ['on warfrin, ok 2 come?', 'caution'],
    ['im taking rivaroxiban', 'caution'],
    ['i cant breath rite now', 'emergency'],
  ])('reads through typing: "%s" is %s', (utterance, level) => {
    expect(levelOf(utterance)).toBe(level);
  });

  it.each([
    'the price of bread',
    'I love the breeze',
    'heat wave',
    'a chess game',
    'my friend Bruce',
  ])('takes no common word for a slip: "%s"', (utterance) => {
    expect(levelOf(utterance)).toBe('none');
  });

  it('remembers facts about the person for the whole conversation', () => {
    const past = [user('I have bad kidneys and I take Plavix'), bot('Thanks.')];
    const { mentions } = screen('what can I take for soreness?', past, rules);
    expect([...mentions].sort()).toEqual(['blood-thinner', 'kidney']);
  });

  it('keeps the fact of a caution that our earlier reply gave, whoever heard it', () => {
    const safety = { level: 'caution', rules: ['ca.blood_thinner'], open: [] } as const;
    const past = [
      { from: 'user', text: 'I bleed for ages since the heart people started me on something' },
      { from: 'bot', text: 'Before having dry needling ...', reply: { kind: 'answer', safety } },
    ] as const;
    const { mentions } = screen('what can I take for soreness?', past, rules);
    expect([...mentions]).toContain('blood-thinner');
  });

  it('says which language to answer in', () => {
    expect(screen('me duele la cabeza', [], rules).language).toBe('es');
    expect(screen('my head hurts', [], rules).language).toBe('en');
    expect(screen('ok', [user('hola, me duele la espalda')], rules).language).toBe('es');
  });
});

describe('screen in a conversation', () => {
  it.each(['yes', 'yeah', 'a little', 'i think so', 'sí', 'un poco', 'yes since lunch'])(
    'takes "%s" for a report of what we asked about',
    (answer) => {
      expect(levelOf(answer, [user('I feel odd'), bot('Are you short of breath?')])).toBe(
        'emergency',
      );
    },
  );

  it('lets a bare no close nothing but the question', () => {
    expect(levelOf('no', [user('I feel odd'), bot('Are you short of breath?')])).toBe('none');
  });

  it('takes the one option that is pointed at', () => {
    const asked = [user('it looks funny'), bot('Which is it: hives, or trouble breathing?')];
    expect(levelOf('the second one', asked)).toBe('emergency');
    expect(levelOf('the first', asked)).toBe('urgent');
  });

  it('hears nothing in a yes to an offer', () => {
    const past = [user('hello'), bot('Would you like to know the signs of a collapsed lung?')];
    expect(levelOf('yes please', past)).toBe('none');
  });

  it('adds up symptoms over turns', () => {
    const past = [user('my skin is hot and red around the hole'), bot('Thank you.')];
    expect(screen('now she is confused too', past, rules).rules).toContain('em.sepsis');
  });

  it('keeps an emergency open while other things are asked', () => {
    const past = [
      user('my chest hurts'),
      bot('Call now.'),
      user('where do you park?'),
      bot('At the back.'),
    ];
    const screened = screen('and what does it cost?', past, rules);
    expect(screened).toMatchObject({ level: 'none', open: ['em.cardiac'] });
  });

  it('keeps self-harm open against a bare no', () => {
    const past = [user('I want to die'), bot('Are you safe right now?')];
    expect(screen('no', past, rules)).toMatchObject({ level: 'emergency', rules: ['em.suicide'] });
    const denied = [user('I want to die'), bot('Are you thinking of hurting yourself?')];
    expect(levelOf('no', denied)).toBe('emergency');
    expect(screen('how much is a visit', [...denied, user('no'), bot('ok')], rules).open).toEqual([
      'em.suicide',
    ]);
  });

  it('lets a no end the bleeding, and leaves it urgent', () => {
    const past = [user("the cut won't stop bleeding"), bot('Is it still bleeding?')];
    expect(screen('no', past, rules)).toMatchObject({ level: 'urgent' });
    expect(screen('thanks', [...past, user('no'), bot('Good.')], rules).open).toEqual([]);
  });

  it('closes on a plain statement of safety', () => {
    const past = [
      user('I want to die'),
      bot('Call now.'),
      user('paramedics are here'),
      bot('Good.'),
    ];
    expect(screen('thank you', past, rules).open).toEqual([]);
  });

  it('trusts what an earlier reply of ours left open', () => {
    const safety = { level: 'none', rules: [], open: ['em.stroke'] } as const;
    const past: Earlier[] = [{ from: 'bot', text: 'Hello', reply: { kind: 'smalltalk', safety } }];
    expect(screen('hi', past, rules).open).toEqual(['em.stroke']);
  });
});

describe('screen, whatever is around the words', () => {
  const plain = [
    ['I have chest pain', 'emergency'],
    ['I cannot breathe', 'emergency'],
    ['I passed out', 'urgent'],
    ['my tongue feels swollen', 'emergency'],
    ['I want to end my life', 'emergency'],
    ['I have been taking warfarin', 'caution'],
  ] as const;

  it.each(plain)('keeps the level of "%s"', (utterance, level) => {
    const variants = [
      utterance.toUpperCase(),
      `hi, ${utterance}`,
      `"${utterance}"`,
      `${utterance}!!!`,
      `sorry to bother you but ${utterance}`,
      `${utterance} 🙏🙏`,
      `what are your hours? ${utterance}`,
    ];
    for (const variant of variants) expect([variant, levelOf(variant)]).toEqual([variant, level]);
  });

  it.each([
    ['chest pain', 'emergency'],
    ['trouble breathing', 'emergency'],
    ['a seizure', 'emergency'],
  ])('counts %s of anyone, and not when it is denied', (symptom, level) => {
    expect(levelOf(`I have ${symptom}`)).toBe(level);
    expect(levelOf(`my husband has ${symptom}`)).toBe(level);
    expect(levelOf(`my neighbor has ${symptom}`)).toBe(level);
    expect(levelOf(`I have no ${symptom.replace('a ', '')}`)).toBe('none');
  });

  it.each(['breathe', 'throat', 'swelling', 'bleeding', 'needle'])(
    'bears two letters swapped in "%s"',
    (word) => {
      const sentence =
        "can't breathe, my throat is swelling, bleeding heavily, a needle broke off in me";
      for (let at = 1; at < word.length - 2; at += 1) {
        const slip = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
        expect(levelOf(sentence.replace(word, slip))).toBe('emergency');
      }
    },
  );

  it('never throws, and every span lies in the utterance', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        "can't breathe ",
        'no ',
        'chest pain',
        ' if ',
        '\u0301',
        '\ud83d',
        '？',
        '. ',
        'İ',
        'ﬁ',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(piece, { maxLength: 4 }),
        (pieces, before) => {
          const utterance = pieces.join('');
          const screened = screen(utterance, [user(before.join('')), bot('Is it worse?')], rules);
          expect(LEVELS).toContain(screened.level);
          for (const { start, end } of screened.triggers) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeLessThanOrEqual(utterance.length);
            expect(start).toBeLessThanOrEqual(end);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('still fires with anything after a full stop', () => {
    const noise = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((text) => text.replace(/\p{L}|\p{N}/gu, '*'));
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        expect(levelOf(`${before} I cannot breathe. ${after}`)).toBe('emergency');
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['prose', 'I had dry needling on my back and it was fine and then I went for a walk. '],
    ['symptoms', "no chest pain my chest hurts can't breathe bleeding not numb if "],
    ['one letter', 'a'],
    ['one word', 'not '],
    ['gibberish', 'qxzv wjkp vbnq zzrt '],
    ['brackets', '((((...???'],
    ['accents', 'e\u0301\u0301\u0301'],
  ])('finishes 30,000 characters of %s', (_, unit) => {
    const utterance = unit.repeat(Math.ceil(30_000 / unit.length));
    const started = performance.now();
    screen(utterance, [], rules);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('triggersOf', () => {
  it('names what the words fired, and what a model raised without a place in them', () => {
    const screened = screen('I take warfarin', [], rules);
    const found = triggersOf(['em.pneumothorax', ...screened.rules], screened, rules);
    expect(found.map(({ rule }) => rule)).toEqual(['em.pneumothorax', 'ca.blood_thinner']);
    expect(found[0]).toMatchObject({ level: 'emergency', start: 0, end: 0, by: 'model' });
    expect(found[0]?.version).toBe(rules.byId.get('em.pneumothorax')?.version);
    expect(triggersOf(screened.rules, screened, rules)).toEqual(screened.triggers);
  });
});

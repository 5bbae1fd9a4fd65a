import { remarkable, undenied } from '../../../bot/safety/undenied.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();

describe('undenied', () => {
  it.each([
    ['my arm aches, no rash, no fever', 'my arm aches,'],
    ["it isn't hot, isn't swollen and I feel well", 'and I feel well'],
    ['me duele un poco, no tengo fiebre', 'me duele un poco,'],
    ['No swelling. Can I swim?', 'Can I swim?'],
    ['no me duele el pecho ni me falta el aire, solo sueño', 'solo sueño'],
  ])('leaves of "%s" what denies no sign', (text, left) => {
    expect(undenied(text, rules)).toBe(left);
  });

  it.each([
    'no answer when I shake him, no breath on the mirror',
    "I can't feel my foot",
    'she went down and has not come round',
    'no siento la pierna',
    '',
  ])('takes nothing from "%s", where the denial may be the symptom', (text) => {
    expect(undenied(text, rules)).toBe(text);
  });

  it('keeps what is reported beside a denial', () => {
    expect(undenied("it isn't hot but I cannot breathe", rules)).toBe('but I cannot breathe');
  });
});

describe('remarkable', () => {
  it.each([
    "I've a small bruise on my arm from the needles",
    'A mosquito bite on my shin itches',
    'is it normal to be sorer the next day',
    'is feeling worse the day after to be expected',
    'me salió un moretón chiquito en el brazo',
  ])('leaves nothing of "%s"', (text) => {
    expect(remarkable(text, rules)).toBe('');
    expect(undenied(text, rules)).toBe(text);
  });

  it('leaves what is said beside it, and what denies no sign', () => {
    expect(remarkable('a tiny bruise, no rash, and my hand went weak', rules)).toBe(
      'and my hand went weak',
    );
  });

  it.each([
    'it was a small bruise and is now as big as a plate',
    'the tiny bruise keeps growing',
    'lumps like mosquito bites all over my back since the session',
    'is it normal to be much worse the next day',
    'is it normal to be sorer the next day, and a week later still',
  ])('takes nothing from "%s"', (text) => {
    expect(remarkable(text, rules)).toBe(text);
  });
});

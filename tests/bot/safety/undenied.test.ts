import { undenied } from '../../../bot/safety/undenied.ts';
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

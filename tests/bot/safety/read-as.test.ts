import { readAs } from '../../../bot/safety/read-as.ts';
import { traitsOf } from '../../../bot/safety/traits.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();

describe('readAs', () => {
  it('reads Spanish word by word in English, accents or not', () => {
    expect(readAs('desde ayer me duele mucho la pierna', rules)).toBe(
      'since yesterday me hurts much the leg',
    );
    expect(readAs('no puedo respirar bien', rules)).toContain('breathe');
  });

  it('leaves English as it is, with the words that it shares with Spanish', () => {
    const text = 'come once, no sale, my son has a pie';
    expect(readAs(text, rules)).toBe(text);
  });

  it('reads capitals throughout as small letters, and no other text', () => {
    expect(readAs('GREAT SERVICE, 10/10', rules)).toBe('great service, 10/10');
    expect(readAs('¡NO PUEDO RESPIRAR BIEN!', rules)).toContain('breathe');
    expect(readAs('I do NOT faint', rules)).toBe('I do NOT faint');
  });
});

describe('the traits of a Spanish text', () => {
  it('has the stems of its words and of what they mean', () => {
    const { stems } = traitsOf('desde ayer me duele mucho la pierna', rules);
    expect(stems).toEqual(expect.arrayContaining(['pierna', 'leg', 'duele', 'hurts']));
  });
});

import { readFileSync } from 'node:fs';
import { inEnglish, SPANISH_ENGLISH_FILE } from '../../knowledge/spanish-english.ts';
import { isSpanishWord } from '../../knowledge/spanish-words.ts';

describe('inEnglish', () => {
  it('puts each Spanish word into English and leaves the order, the marks and the rest', () => {
    expect(inEnglish('Me duele el PECHO, ¿qué hago? (Pérez)')).toBe(
      'me hurts the chest, ¿that do? (Pérez)',
    );
  });

  it.each([
    ['corazon', 'heart'],
    ['corazón', 'heart'],
    ['pincharme', 'needled'],
    ['dormirme', 'sleep'],
    ['brazito', 'arm'],
    ['cansadísima', 'tired'],
  ])('knows "%s" as "%s"', (spanish, english) => {
    expect(inEnglish(spanish)).toBe(english);
  });

  it('knows common words only in forms that are Spanish', () => {
    const file = readFileSync(SPANISH_ENGLISH_FILE, 'utf8');
    const forms = [...file.matchAll(/\[(.+)\]/g)].flatMap(([, list]) =>
      list!.split(', ').map((form) => form.replaceAll('"', '')),
    );
    const odd = forms.filter((form) => !form.endsWith('*') && !isSpanishWord(form));
    expect(forms.length).toBeGreaterThan(2_000);
    // Text-speak, names of medicines and borrowed words.
    expect(odd.length / forms.length).toBeLessThan(0.05);
  });
});

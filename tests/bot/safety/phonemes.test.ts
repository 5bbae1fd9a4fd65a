import { soundsOf } from '../../../bot/safety/phonemes.ts';
import { soundsBetween } from '../../../bot/safety/sounds-between.ts';

const between = (one: string, other: string) => soundsBetween(soundsOf(one), soundsOf(other), 9);

describe('soundsOf', () => {
  it.each([
    ['payn', 'pain'],
    ['seveer', 'severe'],
    ['itchee', 'itchy'],
    ['nocked', 'knocked'],
    ['infekshun', 'infection'],
    ['unconshus', 'unconscious'],
    ['fevvur', 'fever'],
    ['fysio', 'physio'],
    ['blud', 'blood'],
    ['stroak', 'stroke'],
  ])('is one for %s and %s', (typed, meant) => {
    expect(soundsOf(typed)).toBe(soundsOf(meant));
  });

  it('keeps a vowel before two consonants short', () => {
    expect(soundsOf('hopped')).not.toBe(soundsOf('hoped'));
  });
});

describe('soundsBetween', () => {
  it('is nothing for a word and itself, and the same in either direction', () => {
    expect(between('breathe', 'breathe')).toBe(0);
    expect(between('breev', 'breathe')).toBe(between('breathe', 'breev'));
  });

  it('is less for sounds that are mistaken for one another', () => {
    expect(between('breff', 'breath')).toBeLessThan(between('bresk', 'breath'));
    expect(between('carnt', 'cant')).toBeLessThan(between('clant', 'cant'));
  });

  it('refuses words that are longer than any', () => {
    expect(() => between('ba'.repeat(30), 'ba')).toThrow(RangeError);
  });
});

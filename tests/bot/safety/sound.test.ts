import { soundKey } from '../../../bot/safety/sound.ts';

describe('soundKey', () => {
  it.each([
    ['elikwis', 'eliquis'],
    ['kumadin', 'coumadin'],
    ['pradaksa', 'pradaxa'],
    ['zarelto', 'xarelto'],
    ['klopidogrell', 'clopidogrel'],
    ['hydroxyclorokwin', 'hydroxychloroquine'],
    ['zintrom', 'síntrom'],
  ])('is one for %s and %s', (typed, meant) => {
    expect(soundKey(typed)).toBe(soundKey(meant));
    expect(soundKey(typed)).not.toBe('');
  });

  it('tells words of other consonants apart', () => {
    expect(soundKey('heparin')).not.toBe(soundKey('warfarin'));
  });

  it('is empty where too little is left to tell a word by', () => {
    expect(soundKey('pain')).toBe('');
    expect(soundKey('needle')).toBe('');
  });
});

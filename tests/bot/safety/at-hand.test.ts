import { isAtHand } from '../../../bot/safety/at-hand.ts';

describe('isAtHand', () => {
  it.each([
    'cardiac arrest on the stairs, bring the defibrillator',
    'lady fitting in the waiting room',
    'where do we keep the First-Aid box?',
    'someone fainted in Room 3',
    'please come quickly',
    'need a doctor in here please',
  ])('hears that something is happening: %s', (utterance) => {
    expect(isAtHand(utterance)).toBe(true);
  });

  it.each([
    '',
    'this week is suffocating, any slot on Friday?',
    'is there room for one more',
    'my doctor says it is fine',
    'does it help with numb toes',
  ])('hears nothing of the kind in "%s"', (utterance) => {
    expect(isAtHand(utterance)).toBe(false);
  });
});

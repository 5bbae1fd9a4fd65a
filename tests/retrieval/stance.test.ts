import { areApart, type Axis, stancesIn } from '../../retrieval/stance.ts';

function grade(axis: Axis, text: string): number | undefined {
  return stancesIn(text).find((stance) => stance.axis === axis)?.grade;
}

describe('stancesIn', () => {
  it.each<[Axis, number, string]>([
    ['permission', 3, 'Children should not use the sauna.'],
    ['permission', 3, 'Swimmers with a cold should avoid the pool.'],
    ['permission', 2, 'Talk to your doctor before you dive.'],
    ['permission', 2, 'Diving may not be suitable for everyone.'],
    ['permission', 2, 'The pool should be avoided by, or may not suit, people with a cold.'],
    ['permission', 1, 'The pool is safe for beginners.'],
    ['invasive', 3, 'The scan is an invasive test.'],
    ['invasive', 2, 'The scan is minimally invasive.'],
    ['invasive', 1, 'The scan is non-invasive.'],
    ['occurrence', 3, 'Blisters are common.'],
    ['occurrence', 1, 'Blisters are rare.'],
    ['pain', 3, 'The massage is painful.'],
    ['pain', 1, 'The massage should not be painful.'],
    ['evidence', 3, 'There is limited evidence for it.'],
    ['evidence', 1, 'Stretching is evidence-based.'],
    ['requirement', 3, 'Training is required to teach.'],
    ['requirement', 1, 'No special training is required to teach.'],
  ])('grades %s %i: %s', (axis, expected, text) => {
    expect(grade(axis, text)).toBe(expected);
  });

  it.each<[Axis, string]>([
    ['invasive', 'It lowers the need for drugs or invasive procedures.'],
    ['occurrence', 'The sauna is commonly used for sore legs.'],
    ['pain', 'It eases pain in the back.'],
    ['evidence', 'Some trials found strong evidence, while others found limited evidence.'],
    ['permission', 'The pool is warm.'],
  ])('takes no stance on %s from %s', (axis, text) => {
    expect(grade(axis, text)).toBeUndefined();
  });
});

describe('areApart', () => {
  it('tells asking first from leaving it alone, and compares one axis only', () => {
    expect(areApart({ axis: 'permission', grade: 3 }, { axis: 'permission', grade: 2 })).toBe(true);
    expect(areApart({ axis: 'permission', grade: 2 }, { axis: 'permission', grade: 2 })).toBe(
      false,
    );
    expect(areApart({ axis: 'pain', grade: 3 }, { axis: 'evidence', grade: 1 })).toBe(false);
  });
});

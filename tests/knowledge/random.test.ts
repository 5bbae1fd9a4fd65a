import { randomFrom, shuffled } from '../../knowledge/random.ts';

describe('randomFrom', () => {
  it('gives the same numbers in [0, 1) for one seed, and others for another', () => {
    const ten = (seed: number) => Array.from({ length: 10 }, randomFrom(seed));
    expect(ten(7)).toEqual(ten(7));
    expect(ten(7)).not.toEqual(ten(8));
    expect(ten(7).every((number) => number >= 0 && number < 1)).toBe(true);
  });
});

describe('shuffled', () => {
  it('gives each number below the count once', () => {
    const order = shuffled(50, randomFrom(1));
    expect(order).not.toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(shuffled(0, randomFrom(1))).toEqual([]);
  });
});

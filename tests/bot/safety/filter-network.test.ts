import {
  chancesFor,
  chancesOf,
  fitNetwork,
  halved,
  type Sample,
} from '../../../bot/safety/filter-network.ts';
import type { Product } from '../../../knowledge/reading.ts';
import { randomFrom } from '../../../knowledge/random.ts';

const WIDTH = 512;

/** As TensorFlow does it, without TensorFlow, which does not load inside the test runner. */
const product: Product = (rows, width, { weights, bias }) => {
  const size = bias.length;
  const found = new Float32Array((rows.length / width) * size);
  for (let row = 0; row * width < rows.length; row += 1) {
    for (let filter = 0; filter < size; filter += 1) {
      let sum = bias[filter]!;
      for (let i = 0; i < width; i += 1)
        sum += rows[row * width + i]! * weights[i * size + filter]!;
      found[row * size + filter] = sum;
    }
  }
  return found;
};

const random = randomFrom(5);
const word = () => Float32Array.from({ length: WIDTH }, () => 2 * random() - 1);
const words = Array.from({ length: 40 }, word);
const telling = word();

/** Eight words, of which a telling text has one that tells. */
function sample(isTelling: boolean, rest: Partial<Sample> = {}): Sample {
  const states = new Float32Array(8 * WIDTH);
  for (let at = 0; at < 8; at += 1) {
    states.set(words[Math.floor(words.length * random())]!, at * WIDTH);
  }
  if (isTelling) states.set(telling, Math.floor(8 * random()) * WIDTH);
  return {
    states: halved(states),
    known: Float32Array.of(1),
    stems: [],
    stemValue: 3,
    class: isTelling ? 2 : 0,
    ...rest,
  };
}

const shape = { stems: 1, classes: 3 };
const options = { filters: 8, epochs: 40 };

describe('fitNetwork', () => {
  const samples = Array.from({ length: 240 }, (_, i) => sample(i % 2 === 0));
  const network = fitNetwork(samples, shape, product, options);

  it('learns which token tells, wherever in a text it stands, and of which class it is', () => {
    const unseen = Array.from({ length: 60 }, (_, i) => sample(i % 2 === 0));
    const right = unseen.filter((each) => chancesFor(network, each, product)[each.class]! > 0.5);
    expect(right.length).toBeGreaterThanOrEqual(57);
  });

  it('gives chances that sum to 1, little to a class that it has not met', () => {
    const chances = chancesFor(network, sample(true), product);
    expect(chances).toHaveLength(3);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
    expect(chances[1]).toBeLessThan(0.2);
  });

  it('learns from a stem where the tokens tell nothing', () => {
    const stemmed = Array.from({ length: 240 }, (_, i) =>
      sample(false, { class: i % 2 === 0 ? 1 : 0, stems: i % 2 === 0 ? [0] : [] }),
    );
    const learned = fitNetwork(stemmed, shape, product, { filters: 2, epochs: 200 });
    const text = sample(false);
    const without = chancesFor(learned, text, product)[1]!;
    const withStem = chancesFor(learned, { ...text, stems: [0] }, product)[1]!;
    expect(withStem).toBeGreaterThan(without + 0.1);
  });

  it('refuses features of another length than it was learned for', () => {
    const features = new Float32Array(3);
    expect(() => chancesOf(network.classes, features, [], 0)).toThrow(RangeError);
  });

  it('gives the same weights each time', () => {
    const few = samples.slice(0, 70);
    const once = fitNetwork(few, shape, product, { filters: 4, epochs: 2 });
    expect(fitNetwork(few, shape, product, { filters: 4, epochs: 2 })).toEqual(once);
  });
});

describe('halved', () => {
  it('keeps each number to within a hundredth of itself', () => {
    const values = Float32Array.of(0, 1, -2.345, 94.8, -1e-4);
    const bits = Uint32Array.from(halved(values), (half) => half << 16);
    for (const [at, value] of new Float32Array(bits.buffer).entries()) {
      expect(Math.abs(value - values[at]!)).toBeLessThanOrEqual(Math.abs(values[at]!) / 100);
    }
  });
});

import { fitNetwork, halved, type Sample, scoresOf } from '../../../bot/safety/filter-network.ts';
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
    isRaised: isTelling,
    isEmergency: isTelling,
    rule: isTelling ? 2 : 0,
    importance: 1,
    ...rest,
  };
}

const shape = { stems: 1, rules: 2 };
const options = { filters: 8, epochs: 40 };

describe('fitNetwork', () => {
  const samples = Array.from({ length: 240 }, (_, i) => sample(i % 2 === 0));
  const network = fitNetwork(samples, shape, product, options);

  it('learns which token tells, wherever in a text it stands', () => {
    const unseen = Array.from({ length: 60 }, (_, i) => sample(i % 2 === 0));
    const right = unseen.filter((each) =>
      scoresOf(network, each, product).every((told) => told > 0 === each.isRaised),
    );
    expect(right.length).toBeGreaterThanOrEqual(57);
  });

  it('points to the rule that was written on such texts', () => {
    const { filters, ofRules } = network;
    const states = Float32Array.from(telling);
    const peaks = product(states, WIDTH, filters).map((value) => Math.max(0, value));
    const told = ofRules.map(
      (weights) => peaks.reduce((sum, peak, i) => sum + peak * weights[i]!, 0) + weights.at(-1)!,
    );
    expect(told).toHaveLength(2);
    expect(told[1]).toBeGreaterThan(told[0]!);
  });

  it('learns from a stem where the tokens tell nothing', () => {
    const stemmed = Array.from({ length: 240 }, (_, i) =>
      sample(false, { isRaised: i % 2 === 0, stems: i % 2 === 0 ? [0] : [] }),
    );
    const learned = fitNetwork(stemmed, shape, product, { filters: 2, epochs: 200 });
    const text = sample(false);
    const [without] = scoresOf(learned, text, product);
    const [withStem] = scoresOf(learned, { ...text, stems: [0] }, product);
    expect(withStem).toBeGreaterThan(without + 0.5);
  });

  it('leans towards what counts more, where nothing tells', () => {
    const even = Array.from({ length: 120 }, (_, i) =>
      sample(false, { isRaised: i % 2 === 0, importance: i % 2 === 0 ? 9 : 1 }),
    );
    const [told] = scoresOf(fitNetwork(even, shape, product, options), sample(false), product);
    expect(told).toBeGreaterThan(0);
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

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Domain, domainText, loadDomain } from '../../../retrieval/embeddings/domain.ts';
import { learnDomain, type Question } from '../../../retrieval/embeddings/learn-domain.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

function question(text: string, ...vector: number[]): Question {
  const length = Math.hypot(...vector);
  return { text, vector: Float32Array.from(vector, (value) => value / length) };
}

const ANSWERED = [
  question('is soreness normal', 1, 0.1, 0),
  question('how long does soreness last', 0.9, 0.2, 0.1),
  question('does it bruise', 0.8, 0, 0.3),
  question('can it bruise badly', 0.9, 0, 0.4),
];
const OTHERS = [
  question('what is the price', 0.1, 1, 0),
  question('price of a visit', 0.2, 0.9, 0),
  question('soreness cream price', 0.4, 0.8, 0.1),
];

describe('Domain', () => {
  const { learned, othersLeftOut } = learnDomain(ANSWERED, OTHERS);
  const domain = new Domain(learned);
  const scoreOf = ({ text, vector }: Question) => domain.score(vector, text);

  it('scores what is answered above what is not, by the vector', () => {
    expect(scoreOf(question('zebra', 0.95, 0.1, 0.1))).toBeGreaterThan(0);
    expect(scoreOf(question('zebra', 0.1, 0.95, 0))).toBeLessThan(0);
  });

  it('scores by the words where the vectors are the same', () => {
    const [sore, price] = ['will it bruise', 'the price'].map((text) =>
      scoreOf(question(text, 0.5, 0.5, 0.1)),
    );
    expect(sore).toBeGreaterThan(price ?? Infinity);
  });

  it('tells each example by heart, nearly', () => {
    for (const example of ANSWERED) expect(scoreOf(example)).toBeGreaterThan(0.7);
    for (const example of OTHERS) expect(scoreOf(example)).toBeLessThan(-0.7);
  });

  it('says little of what is like nothing it has seen', () => {
    expect(Math.abs(scoreOf(question('quantum', -1, -1, -1)))).toBeLessThan(0.3);
  });

  it('tells how each of the others scores by a domain learned without it', () => {
    const last = OTHERS.length - 1;
    const example = OTHERS[last];
    if (!example) throw new RangeError('expected others');
    expect(othersLeftOut).toHaveLength(OTHERS.length);
    expect(othersLeftOut[last]).toBeGreaterThan(scoreOf(example));
  });

  it('takes a question of no words', () => {
    expect(Number.isFinite(domain.score(new Float32Array(3), ''))).toBe(true);
  });
});

describe('loadDomain', () => {
  const { learned } = learnDomain(ANSWERED, OTHERS);

  it('reads back what was written', async () => {
    await inTempFolder(async (folder) => {
      const file = join(folder, 'domain.json');
      writeFileSync(file, domainText(learned));
      const [{ text, vector }] = ANSWERED as [Question];
      const read = loadDomain(file).score(vector, text);
      expect(read).toBeCloseTo(new Domain(learned).score(vector, text), 5);
    });
  });

  it.each([
    ['is missing', undefined, /cannot be read/],
    ['is damaged', '{"axes":', /cannot be read/],
    [
      'has parts that do not belong together',
      JSON.stringify({ ...JSON.parse(domainText(learned)), stemsOf: [] }),
      /belong together/,
    ],
  ])('names a file that %s', async (_, content, named) => {
    await inTempFolder(async (folder) => {
      const file = join(folder, 'domain.json');
      if (content !== undefined) writeFileSync(file, content);
      expect(() => loadDomain(file)).toThrow(named);
      expect(() => loadDomain(file)).toThrow(/domain\.json/);
    });
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Domain, domainText, loadDomain } from '../../../retrieval/embeddings/domain.ts';
import { type Encoded, learnDomain } from '../../../retrieval/embeddings/learn-domain.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

type Question = Encoded<{ readonly text: string }>;

function question(text: string, ...vector: number[]): Question {
  const length = Math.hypot(...vector);
  return { text, vector: Float32Array.from(vector, (value) => value / length) };
}

const ANSWERED = [
  { ...question('is soreness normal', 1, 0.1, 0), sections: ['sore'] },
  { ...question('how long does soreness last', 0.9, 0.2, 0.1), sections: ['sore', 'times'] },
  { ...question('does it bruise', 0.8, 0, 0.3), sections: ['bruise'] },
  { ...question('can it bruise badly', 0.9, 0, 0.4), sections: [] },
];
const OTHERS = [
  { ...question('what is the price', 0.1, 1, 0), isDesk: true },
  { ...question('price of a visit', 0.2, 0.9, 0), isDesk: null },
  { ...question('soreness cream price', 0.4, 0.8, 0.1), isDesk: false },
];

describe('Domain', () => {
  const { learned, leaveOut } = learnDomain(ANSWERED, OTHERS);
  const domain = new Domain(learned);
  const compare = ({ text, vector }: Question) => domain.compare(vector, text);
  const scoreOf = (asked: Question) => compare(asked).answered;

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

  it('tells the desk’s from what else is not answered', () => {
    const desk = compare(question('the price please', 0.1, 1, 0)).desk;
    expect(desk).toBeGreaterThan(compare(question('soreness cream', 0.4, 0.8, 0.1)).desk);
    expect(desk).toBeGreaterThan(compare(question('is soreness normal', 1, 0.1, 0)).desk);
  });

  it('tells how near the questions of each section are', () => {
    const { sections } = compare(question('will it bruise', 0.8, 0, 0.3));
    expect([...sections.keys()]).toEqual(['sore', 'times', 'bruise']);
    expect(sections.get('bruise')).toBeGreaterThan(sections.get('times') ?? Infinity);
    expect(sections.get('sore')).toBeGreaterThan(sections.get('times') ?? Infinity);
  });

  it('tells what a domain learned without an example says of it', () => {
    const last = OTHERS.length - 1;
    const example = OTHERS[last];
    if (!example) throw new RangeError('expected others');
    const told = leaveOut(ANSWERED.length + last);
    const { learned: without } = learnDomain(ANSWERED, OTHERS.slice(0, last));
    const alone = new Domain(without).compare(example.vector, example.text);
    expect(told.answered).toBeGreaterThan(scoreOf(example));
    expect(Math.sign(told.answered)).toBe(Math.sign(alone.answered));
    expect(told.desk).toBeGreaterThan(compare(example).desk);
  });

  it('takes a question of no words', () => {
    expect(Number.isFinite(domain.compare(new Float32Array(3), '').answered)).toBe(true);
  });
});

describe('loadDomain', () => {
  const { learned } = learnDomain(ANSWERED, OTHERS);

  it('reads back what was written', async () => {
    await inTempFolder(async (folder) => {
      const file = join(folder, 'domain.json');
      writeFileSync(file, domainText(learned));
      const [{ text, vector }] = ANSWERED as [Question, ...unknown[]];
      const read = loadDomain(file).compare(vector, text);
      const wrote = new Domain(learned).compare(vector, text);
      expect(read.answered).toBeCloseTo(wrote.answered, 5);
      expect(read.desk).toBeCloseTo(wrote.desk, 5);
      expect([...read.sections.keys()]).toEqual([...wrote.sections.keys()]);
      for (const [key, near] of read.sections)
        expect(near).toBeCloseTo(wrote.sections.get(key) ?? -1, 5);
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

import * as fc from 'fast-check';
import { type FieldStems, LexicalIndex } from '../../retrieval/lexical.ts';

const FIELDS = ['heading', 'question', 'asked', 'body', 'title'] as const;
/** Weight and b of each field, as retrieval/README.md states them. */
const WEIGHT = { heading: 1.5, question: 1, asked: 0.8, body: 1, title: 0.4 };
const B = { heading: 0.5, question: 0.5, asked: 0.75, body: 0.75, title: 0.5 };
const K1 = 1.2;

/** The formula, read off the paper one chunk and one stem at a time. */
function naiveScore(
  corpus: readonly FieldStems[],
  chunk: FieldStems,
  weights: ReadonlyMap<string, number>,
): number {
  let score = 0;
  for (const [stem, weight] of weights) {
    let frequency = 0;
    for (const field of FIELDS) {
      const total = corpus.reduce((sum, other) => sum + other[field].length, 0);
      if (total === 0) continue;
      const relativeLength = chunk[field].length / (total / corpus.length);
      const count = chunk[field].filter((word) => word === stem).length;
      frequency += (WEIGHT[field] * count) / (1 - B[field] + B[field] * relativeLength);
    }
    const holders = corpus.filter((other) => FIELDS.some((field) => other[field].includes(stem)));
    const idf = Math.log(1 + (corpus.length - holders.length + 0.5) / (holders.length + 0.5));
    score += (weight * idf * frequency * (K1 + 1)) / (K1 + frequency);
  }
  return score;
}

const stem = fc.constantFrom('knee', 'ice', 'pack', 'warm', 'rest');
const field = fc.array(stem, { maxLength: 6 });
const chunk = fc.record({
  heading: field,
  question: field,
  asked: field,
  body: field,
  title: field,
});
const corpus = fc.array(chunk, { minLength: 1, maxLength: 8 });

const EMPTY: FieldStems = { heading: [], question: [], asked: [], body: [], title: [] };

describe('LexicalIndex', () => {
  it('scores as the formula says', () => {
    const weights = fc.dictionary(stem, fc.double({ min: 0.1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(corpus, weights, (chunks, weights) => {
        const query = new Map(Object.entries(weights));
        const scores = new LexicalIndex(chunks).search(query);
        for (const [number, chunk] of chunks.entries()) {
          expect(scores.get(number) ?? 0).toBeCloseTo(naiveScore(chunks, chunk, query), 9);
        }
      }),
    );
  });

  it('never has a negative idf, and none above that of an unknown stem', () => {
    fc.assert(
      fc.property(corpus, stem, (chunks, stem) => {
        const index = new LexicalIndex(chunks);
        expect(index.idf(stem)).toBeGreaterThanOrEqual(0);
        expect(index.idf(stem)).toBeLessThanOrEqual(index.idf('unheard'));
      }),
    );
  });

  it('counts a word by the field it stands in', () => {
    const chunks = FIELDS.map((field) => ({
      ...Object.fromEntries(FIELDS.map((other) => [other, ['rest']])),
      [field]: ['knee'],
    })) as unknown as FieldStems[];
    const scores = new LexicalIndex(chunks).search(new Map([['knee', 1]]));
    const byField = Object.fromEntries(FIELDS.map((field, i) => [field, scores.get(i) ?? 0]));
    const { heading = 0, question = 0, asked = 0, body = 0, title = 0 } = byField;
    expect(heading).toBeGreaterThan(body);
    expect(question).toBe(body);
    expect(body).toBeGreaterThan(asked);
    expect(asked).toBeGreaterThan(title);
    expect(title).toBeGreaterThan(0);
  });

  it('scores a short body above a long one with the same word', () => {
    const short = { ...EMPTY, body: ['knee', 'rest'] };
    const long = { ...EMPTY, body: ['knee', 'rest', 'ice', 'pack', 'warm', 'rest', 'ice'] };
    const scores = new LexicalIndex([long, short]).search(new Map([['knee', 1]]));
    expect(scores.get(1)).toBeGreaterThan(scores.get(0) as number);
  });

  it('finds nothing by stems it does not hold', () => {
    const index = new LexicalIndex([{ ...EMPTY, body: ['knee'] }]);
    expect(index.has('knee')).toBe(true);
    expect(index.has('elbow')).toBe(false);
    expect(index.search(new Map([['elbow', 1]]))).toEqual(new Map());
  });

  it('holds nothing when there are no chunks', () => {
    const index = new LexicalIndex([]);
    expect(index.search(new Map([['knee', 1]]))).toEqual(new Map());
    expect(Number.isFinite(index.idf('knee'))).toBe(true);
  });
});

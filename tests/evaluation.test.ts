import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { BUNDLED_ARTICLES } from '../bot/bot.ts';
import { saysFacts } from './evaluation/score.ts';
import { loadEvaluationSet } from './evaluation/set.ts';
import { estimateOf, mean, quantile, readingGrade, shareOf } from './evaluation/statistics.ts';
import { read } from './support/read.ts';

describe('shareOf', () => {
  it('gives the interval of Wilson (1927)', () => {
    // 8 of 10: the worked example of Newcombe 1998, method 3, rounds to .490 and .943.
    const { share, low, high } = shareOf(8, 10);
    expect(share).toBe(0.8);
    expect(low).toBeCloseTo(0.49, 3);
    expect(high).toBeCloseTo(0.943, 3);
  });

  it('stays wide where nothing or everything was found', () => {
    expect(shareOf(0, 20).low).toBeCloseTo(0, 12);
    expect(shareOf(0, 20).high).toBeCloseTo(0.161, 3);
    expect(shareOf(20, 20).low).toBeCloseTo(0.839, 3);
    expect(shareOf(20, 20).high).toBeCloseTo(1, 12);
    expect(shareOf(0, 0)).toEqual({ found: 0, of: 0, share: 0, low: 0, high: 1 });
  });

  it('holds the share within the interval, and the interval within [0, 1]', () => {
    const counts = fc
      .tuple(fc.nat(500), fc.nat(500))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b, 1)] as const);
    fc.assert(
      fc.property(counts, ([found, of]) => {
        const { share, low, high } = shareOf(found, of);
        expect(low).toBeLessThanOrEqual(share + 1e-12);
        expect(high).toBeGreaterThanOrEqual(share - 1e-12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(shareOf(found * 4, of * 4).high - shareOf(found * 4, of * 4).low).toBeLessThan(
          high - low,
        );
      }),
    );
  });
});

describe('estimateOf', () => {
  it('gives a mean the interval that theory gives it, the same every time', () => {
    const values = Array.from({ length: 400 }, (_, at) => at % 2);
    // 0.5, give or take 1.96 standard errors of 0.5 / 20.
    const { value, low, high } = estimateOf(values, mean);
    expect(value).toBe(0.5);
    expect(Math.abs(low - 0.451)).toBeLessThan(0.006);
    expect(Math.abs(high - 0.549)).toBeLessThan(0.006);
    expect(estimateOf(values, mean)).toEqual({ value, low, high });
  });

  it('has no width where all values are one, and no value where there are none', () => {
    expect(estimateOf([3, 3, 3], mean)).toEqual({ value: 3, low: 3, high: 3 });
    expect(estimateOf([], mean).value).toBeNaN();
  });
});

describe('quantile', () => {
  it('finds the value in the middle and at the ends, in any order', () => {
    const values = [9, 1, 8, 2, 7, 3, 6, 4, 5];
    expect(quantile(values, 0.5)).toBe(5);
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 1)).toBe(9);
    expect(quantile([4], 0.95)).toBe(4);
    expect(quantile([], 0.5)).toBeNaN();
    expect(values[0]).toBe(9);
  });

  it('compares numbers, not their digits', () => {
    expect(quantile([100, 20, 3], 0)).toBe(3);
  });
});

describe('readingGrade', () => {
  it('is the formula of Kincaid (1975)', () => {
    // 6 words, 1 sentence, 6 syllables.
    expect(readingGrade('The cat sat on the mat.')).toBeCloseTo(0.39 * 6 + 11.8 - 15.59, 6);
  });

  it('reads past markers', () => {
    expect(readingGrade('The cat sat on the mat [1][2].')).toBe(
      readingGrade('The cat sat on the mat.'),
    );
  });

  it('rises with longer words and longer sentences', () => {
    const plain = readingGrade('The cat sat. The dog ran.');
    expect(readingGrade('The cat sat and the dog ran and the bird flew.')).toBeGreaterThan(plain);
    expect(
      readingGrade('Physiotherapists recommend hydration. Inflammation diminishes.'),
    ).toBeGreaterThan(12);
    expect(readingGrade('')).toBe(0);
  });
});

describe('saysFacts', () => {
  it('wants one alternative of every fact and nothing of what must not be said', () => {
    const facts = [['24 ?(to|-) ?48'], ['ice', 'heat']];
    expect(saysFacts('Sore for 24\u201348 hours; use HEAT.', facts, [])).toBe(true);
    expect(saysFacts('Sore for 24\u201348 hours.', facts, [])).toBe(false);
    expect(saysFacts('Sore for 24 to 48 hours; use heat.', facts, ['hours'])).toBe(false);
  });
});

describe('our evaluation set', () => {
  const { questions, unanswerable, conversations } = loadEvaluationSet();
  /** By file name without its ending, as gold names them. */
  const articles = new Map(
    readdirSync(BUNDLED_ARTICLES).map((file) => [
      file.replace(/\.md$/, ''),
      read(readFileSync(join(BUNDLED_ARTICLES, file), 'utf8'), file),
    ]),
  );

  it('has as many rows as its README says, each with an id of its own', () => {
    expect([questions.length, unanswerable.length, conversations.length]).toEqual([250, 150, 80]);
    const ids = [...questions, ...unanswerable, ...conversations].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks nothing twice', () => {
    const asked = [...questions, ...unanswerable].map(({ question }) => question.toLowerCase());
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('names gold sections that are there', () => {
    const gold = [
      ...questions.flatMap((question) => question.gold),
      ...conversations.flatMap(({ turns }) => turns.flatMap((turn) => turn.gold)),
    ];
    const missing = gold.filter(
      ({ article, section }) =>
        !articles.get(article)?.sections.some(({ path }) => path.at(-1) === section),
    );
    expect(gold.length).toBeGreaterThan(500);
    expect(missing).toEqual([]);
  });

  it('has facts that can be read as patterns, and that the gold sections say', () => {
    const textOf = (article: string, heading: string) => {
      const { sections = [], text = '' } = articles.get(article) ?? {};
      const section = sections.find(({ path }) => path.at(-1) === heading);
      return section ? text.slice(section.start, section.end) : '';
    };
    const unsaid = questions.filter(({ gold, facts }) => {
      const said = gold.map(({ article, section }) => textOf(article, section)).join('\n');
      return !saysFacts(said, facts, []);
    });
    expect(unsaid.map(({ id }) => id)).toEqual([]);
  });
});

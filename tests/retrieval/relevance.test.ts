import * as fc from 'fast-check';
import type { Article } from '../../knowledge/article.ts';
import { chunkArticle } from '../../knowledge/chunk.ts';
import type { Hit } from '../../retrieval/hit.ts';
import { QueryReader } from '../../retrieval/query.ts';
import { weigh } from '../../retrieval/relevance.ts';
import { stemsOf } from '../../retrieval/terms.ts';
import { read } from '../support/read.ts';

const article = read(
  '# Packs\n\n## Heat\n\nA wheat pack soothes a stiff shoulder.\n\n## Cold\n\nIce numbs a bruise.',
  'packs.md',
);
const corpus = { isKnown: (stem: string) => stemsOf(article.text).includes(stem) };
const reader = new QueryReader(
  { shorthand: {}, same: [['bruise', 'contusion']], hinges: [], kinds: {} },
  new Map(),
  new Map(),
);

/** A hit on each section, the sentences of which are all this like the question. */
function hitsOn(article: Article, ...cosines: readonly number[]): Hit[] {
  return chunkArticle(article)
    .slice(0, cosines.length)
    .map((chunk, i) => {
      const section = article.sections[chunk.section];
      if (!section) throw new RangeError(`no section ${chunk.section}`);
      const cosine = cosines[i] ?? 0;
      const scores = { lexical: 1, dense: cosine, topic: cosine, echo: 0, asked: 0 };
      return { chunk, article, section, score: 1, scores, similarities: [cosine], echoes: [0] };
    });
}

function confidenceIn(question: string, ...cosines: number[]): number {
  return weigh(reader.read(question), hitsOn(article, ...cosines), corpus).confidence;
}

describe('weigh', () => {
  it('has no confidence where nothing was found', () => {
    const evidence = weigh(reader.read('wheat pack'), [], corpus, 1);
    expect(evidence).toMatchObject({ dense: 0, foreign: 1, confidence: 0 });
  });

  it.each(['hjkl', 'zxcv qwop'])('has no confidence in letters that are no words: %s', (text) => {
    expect(confidenceIn(text, 0.9)).toBe(0);
    expect(confidenceIn(`${text} helicopter`, 0.9)).toBeGreaterThan(0);
  });

  it('rises with the likeness of the best sentence', () => {
    const confidences = [-1, -0.2, 0, 0.4, 0.9].map((cosine) => confidenceIn('wheat pack', cosine));
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(new Set(confidences).size).toBe(5);
    expect(confidenceIn('wheat pack', 0.1, 0.7)).toBe(confidenceIn('wheat pack', 0.7, 0.1));
  });

  it('falls with words that stand nowhere in the articles', () => {
    const evidence = (text: string) => weigh(reader.read(text), hitsOn(article, 0.5), corpus);
    expect(evidence('wheat pack').foreign).toBe(0);
    expect(evidence('turquoise helicopter').foreign).toBe(1);
    // Neither is about the hit, but one is about something the articles know.
    expect(evidence('ice').confidence).toBeGreaterThan(evidence('helicopter').confidence);
    const mixed = evidence('wheat helicopter');
    expect(mixed.foreign).toBeGreaterThan(0);
    expect(mixed.foreign).toBeLessThan(1);
    expect(mixed.confidence).toBeLessThan(evidence('wheat pack').confidence);
  });

  it('knows a word by its other name', () => {
    const evidence = weigh(reader.read('contusion'), hitsOn(article, 0.5, 0.5), corpus);
    expect(evidence.foreign).toBe(0);
  });

  it('rises with how much the question is of the sort that is answered', () => {
    const confidences = [-0.5, -0.3, 0, 0.4, 1].map(
      (domain) => weigh(reader.read('wheat pack'), hitsOn(article, 0.5), corpus, domain).confidence,
    );
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(new Set(confidences).size).toBe(5);
  });

  it('takes a question for a usual one where no domain was learned', () => {
    const without = confidenceIn('wheat pack', 0.5);
    const given = (domain: number) =>
      weigh(reader.read('wheat pack'), hitsOn(article, 0.5), corpus, domain).confidence;
    expect(without).toBeGreaterThan(given(0));
    expect(without).toBeLessThan(given(0.5));
  });

  it('forgives a long story what it would not forgive a short question', () => {
    const story = 'stiff shoulder helicopter ladder painting neighbour garden Tuesday';
    const evidence = weigh(reader.read(story), hitsOn(article, 0.3), corpus);
    const short = weigh(reader.read('shoulder helicopter'), hitsOn(article, 0.3), corpus);
    expect(evidence.foreign).toBeGreaterThan(short.foreign);
    expect(evidence.confidence).toBeGreaterThan(short.confidence);
  });

  it('stays within [0, 1] for any question', () => {
    const words = fc.array(fc.constantFrom('wheat', 'pack', 'zebra', 'the', '🤔', 'after', '7'));
    const cosine = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(words, fc.array(cosine, { maxLength: 2 }), (words, cosines) => {
        const query = reader.read(words.join(' '));
        const evidence = weigh(query, hitsOn(article, ...cosines), corpus);
        for (const share of [evidence.foreign, evidence.confidence]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

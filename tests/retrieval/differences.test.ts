import * as fc from 'fast-check';
import { type Article, quoteOf } from '../../knowledge/article.ts';
import {
  type Difference,
  differencesIn,
  differencesSchema,
  type Stated,
} from '../../retrieval/differences.ts';
import type { Snapshot } from '../../retrieval/snapshot.ts';
import { differingArticles } from '../support/differing-articles.ts';
import { read } from '../support/read.ts';
import { wordRetriever } from '../support/word-retriever.ts';

async function snapshotOf(articles: readonly Article[]): Promise<Snapshot> {
  return (await wordRetriever(articles)).snapshot;
}

function quote({ articles, chunks }: Snapshot, { chunk: number, sentence }: Stated): string {
  const chunk = chunks[number];
  const article = articles.find(({ slug }) => slug === chunk?.article);
  const span = chunk?.sentences[sentence];
  if (!article || !span) throw new RangeError('a side names no sentence');
  return quoteOf(article, span);
}

/** What two articles that say these sentences under a heading differ on. */
async function between(one: string, other: string, heading = 'What to know'): Promise<string[]> {
  const { differences } = await snapshotOf([
    read(`# First\n\n## ${heading}\n\n${one}\n\n## More\n\nShoes stay outside.\n`, 'one.md'),
    read(`# Second\n\n## ${heading}\n\n${other}\n\n## More\n\nLockers have keys.\n`, 'other.md'),
  ]);
  return differences.map(({ kind, about }) => `${kind}: ${about}`);
}

describe('differencesIn', () => {
  it.each([
    ['A swimming lesson costs $20.', 'A swimming lesson costs $35.', 'money'],
    ['The pool opens at 9 am.', 'The pool opens at 7 am.', 'clock'],
    ['Do the heel raises three times a day.', 'Do the heel raises twice a week.', 'rate'],
    ['Hold the plank for 20 seconds.', 'Hold the plank for two minutes.', 'time'],
    ['A judo class takes 30 minutes.', 'The whole judo class takes 90 minutes.', 'time'],
    ['Drink 8 glasses after the run.', 'Drink 3 glasses after the run.', 'count glass'],
    ['You need 2 visits for a crown.', 'You need 6 visits for a crown.', 'count visit'],
    ['The insole is 3 mm thick.', 'The insole is 10 mm thick.', 'length'],
    ['Skip cycling for two days.', 'Skip cycling for two weeks.', 'wait'],
    ['Blisters are rare.', 'Blisters are common.', 'occurrence'],
    ['The endoscopy is an invasive test.', 'The endoscopy is non-invasive.', 'invasive'],
    ['A diploma is required to coach.', 'A diploma is not required to coach.', 'requirement'],
    ['Take aspirin for the cramp.', 'Take naproxen for the cramp.', 'medicine'],
  ])('finds that %s is not %s', async (one, other, kind) => {
    const found = await between(one, other);
    expect(found.map((line) => line.split(':')[0])).toEqual([kind]);
  });

  it.each([
    [
      'the same amount',
      'Leave the ice on for 15-30 minutes.',
      'Leave the ice on for half an hour.',
    ],
    ['other words', 'The cast stays on for a week.', 'The cast stays on for 7 days.'],
    ['two things', 'Blisters are rare.', 'Sunburn is common.'],
    [
      'two kinds of harm',
      'This side effect is rare: fever.',
      'That side effect is common: sneezing.',
    ],
    ['two measures', 'The walk takes 20 minutes.', 'The walk is 900 cm long.'],
    ['two cases', 'Acute sprains take 2 weeks.', 'Chronic sprains take 9 weeks.'],
    ['a visit and what is left in place', 'A visit takes an hour.', 'The tape stays on for a day.'],
    ['an hour and a year', 'Jogging takes 20 minutes.', 'Jogging takes 2 years to learn.'],
    ['a question', 'Does yoga cost $20?', 'Yoga costs $35.'],
    ['a myth', 'It is a myth that 1 visit fixes a crown.', 'You need 6 visits for a crown.'],
    [
      'a weighing sentence',
      'Some call yoga evidence-based, while others do not.',
      'There is a lack of evidence for yoga.',
    ],
  ])('takes %s for no difference', async (_, one, other) => {
    expect(await between(one, other)).toEqual([]);
  });

  it('keeps apart what headings set against each other', async () => {
    const heading = 'Sauna vs. hammam';
    const one = 'A sauna session takes 10 minutes.';
    const other = 'A hammam session takes 50 minutes.';
    expect(await between(one, other, heading)).toEqual([]);
    expect(await between(one, other.replace('hammam', 'sauna'), heading)).toHaveLength(1);
  });

  it('never sets an article against itself', async () => {
    const { differences } = await snapshotOf([
      read(
        '# Pool\n\n## Prices\n\nA swimming lesson costs $20. A swimming lesson costs $35.',
        'a.md',
      ),
    ]);
    expect(differences).toEqual([]);
  });

  it('names each matter and puts the stricter side first', async () => {
    const snapshot = await snapshotOf(differingArticles());
    const told = snapshot.differences.map(({ about, sides }) => [
      about,
      ...sides.map((side) => quote(snapshot, side)),
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        [
          'session length',
          'A sauna session takes 10 to 15 minutes.',
          'A sauna session takes 45 minutes.',
        ],
        [
          'advice on fever',
          'have a fever',
          'Talk to a doctor before the sauna if you have a fever.',
        ],
        [
          'how common dizziness is',
          'Dizziness in the sauna is common.',
          'Dizziness in the sauna is rare.',
        ],
        [
          'pain relievers',
          'Ibuprofen can ease sore muscles after the sauna.',
          'Paracetamol can ease sore muscles after the sauna.',
        ],
      ]),
    );
    expect(told).toHaveLength(6);
  });

  it('says the same again for the same corpus, and survives being written', async () => {
    const snapshot = await snapshotOf(differingArticles());
    expect(differencesIn(snapshot, snapshot.matrix)).toEqual(snapshot.differences);
    const written: unknown = JSON.parse(JSON.stringify(snapshot.differences));
    expect(differencesSchema.parse(written)).toEqual(snapshot.differences);
  });

  it('cites sentences of two articles, in [0, 1], surest first, whatever they say', async () => {
    const sentence = fc
      .tuple(
        fc.constantFrom('The tape', 'A session', 'Blisters', 'Runners', 'Yoga'),
        fc.constantFrom(
          'takes',
          'lasts',
          'should not last',
          'is rare for',
          'costs',
          'stays on for',
        ),
        fc.constantFrom('10 minutes', 'a few days', '$20', '3 visits', 'up to a week', 'two weeks'),
      )
      .map((parts) => `${parts.join(' ')}.`);
    const body = fc.array(sentence, { minLength: 1, maxLength: 8 }).map((all) => all.join(' '));
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 3 }), async (bodies) => {
        const snapshot = await snapshotOf(
          bodies.map((text, i) => read(`# Text ${i}\n\n## Part\n\n${text}`, `text-${i}.md`)),
        );
        const { differences, chunks } = snapshot;
        for (const { sides, about, likeness } of differences) {
          const [a, b] = sides.map(({ chunk }) => chunks[chunk]?.article);
          expect(a).not.toBe(b);
          for (const side of sides) expect(quote(snapshot, side)).not.toBe('');
          expect(about.trim()).not.toBe('');
          expect(likeness).toBeGreaterThanOrEqual(0);
          expect(likeness).toBeLessThanOrEqual(1);
        }
        const surest = (a: Difference, b: Difference): number => b.likeness - a.likeness;
        expect(differences.toSorted(surest)).toEqual(differences);
      }),
      { numRuns: 40 },
    );
  });
});

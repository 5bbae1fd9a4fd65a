import { onHinges } from '../../retrieval/hinge.ts';
import { read } from '../support/read.ts';
import { wordRetriever } from '../support/word-retriever.ts';

const TEXT = `## After a visit

Rest for an hour. Rinse the skin with alcohol wipes.

## Cold water

A cold swim is fine the next day. Swimming in the sea is not.
`;

describe('onHinges', () => {
  it('keeps only passages that name what the question turns on, under any of its names', async () => {
    const retriever = await wordRetriever([read(TEXT, 'water.md')], {
      hinges: [['swim', 'swimming', 'ocean']],
    });
    const { query, hits } = await retriever.retrieve('can I go in the ocean after a visit', 10);
    expect(hits.length).toBe(2);
    expect(onHinges(query, hits).map(({ section }) => section.path)).toEqual([['Cold water']]);
  });

  it('keeps nothing where no passage names it', async () => {
    const retriever = await wordRetriever([read(TEXT, 'water.md')], {
      hinges: [['sauna', 'hot tub']],
    });
    const { query, hits } = await retriever.retrieve('is a hot tub fine after a visit', 10);
    expect(hits.length).toBeGreaterThan(0);
    expect(onHinges(query, hits)).toEqual([]);
  });

  it('keeps everything where the question turns on nothing', async () => {
    const retriever = await wordRetriever([read(TEXT, 'water.md')], { hinges: [['sauna']] });
    const { query, hits } = await retriever.retrieve('how long should I rest', 10);
    expect(onHinges(query, hits)).toEqual(hits);
  });

  it('passes over what only shares a word', async () => {
    const hinges = [['alcohol', 'wine', '-alcohol wipe']];
    const retriever = await wordRetriever([read(TEXT, 'water.md')], { hinges });
    const { query, hits } = await retriever.retrieve('may I have wine after a visit', 10);
    expect(hits.length).toBeGreaterThan(0);
    expect(onHinges(query, hits)).toEqual([]);
  });

  it('lets a message name things in passing where it is like those that are answered, a story sooner', async () => {
    const retriever = await wordRetriever([read(TEXT, 'water.md')], { hinges: [['sauna']] });
    const story = `My neighbour swears by her sauna. ${'She goes on about it every single day. '.repeat(3)}How long should I rest?`;
    const { query, hits } = await retriever.retrieve(story, 10);
    expect(hits.length).toBeGreaterThan(0);
    expect(onHinges(query, hits, 0.6)).toEqual(hits);
    expect(onHinges(query, hits, 0.1)).toEqual([]);
    const short = await retriever.retrieve('how long should I rest before a sauna', 10);
    expect(onHinges(short.query, short.hits, 0.37)).toEqual([]);
    expect(onHinges(short.query, short.hits, 0.6)).toEqual(short.hits);
  });

  it('takes a name of several words only unbroken', async () => {
    const retriever = await wordRetriever([read(TEXT, 'water.md')], { hinges: [['hot tub']] });
    const { query } = await retriever.retrieve('is a hot day or a cold tub fine', 10);
    expect(query.hinges).toEqual([]);
  });
});

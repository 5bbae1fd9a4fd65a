import { choose } from '../../../bot/answering/choose.ts';
import { textOf } from '../../../bot/answering/statement.ts';
import { smallArticles } from '../../support/small-corpus.ts';
import { retrieverOf, wordRetriever } from '../../support/word-retriever.ts';

async function chosen(
  question: string,
  texts: readonly string[] = [],
  isWithheld: (text: string) => boolean = () => false,
): Promise<string[]> {
  const retriever = await (texts.length > 0
    ? retrieverOf(...texts)
    : wordRetriever(smallArticles()));
  const { query, hits } = await retriever.retrieve(question, 10);
  return choose(query, hits, retriever, isWithheld).map(textOf);
}

describe('choose', () => {
  it('starts with the sentence that answers', async () => {
    const [first] = await chosen('How long should I leave the pack on?');
    expect(first).toContain('fifteen minutes');
  });

  it('says at most six statements and eighty-five words', async () => {
    const places = [
      'red barn',
      'old mill',
      'wide lake',
      'stone bridge',
      'green hill',
      'white church',
    ];
    const more = [
      'by noon',
      'with two lines',
      'behind my uncle and his dog',
      'while gulls watch from a roof',
    ];
    const sentences = places.flatMap((place) =>
      more.map((rest) => `A kite flies over the ${place} ${rest}.`),
    );
    const said = await chosen('Where does a kite fly?', [`# Kites\n\n${sentences.join(' ')}`]);
    expect(said).toHaveLength(6);
    expect(said.join(' ').split(/\s+/).length).toBeLessThanOrEqual(85);
  });

  it('never says a sentence too long for an answer', async () => {
    const long = `A kite ${'and a line '.repeat(60)}fly high.`;
    expect(
      await chosen('Does a kite fly high?', [`# Kites\n\n${long} A kite can fly high in spring.`]),
    ).toEqual(['A kite can fly high in spring.']);
  });

  it('says what to avoid where that is asked, not what helps', async () => {
    const text =
      '# Kites\n\n## What should I do after a kite storm?\n\nAfter a kite storm a dry shed helps the kite.\n\n## What should I avoid after a kite storm?\n\nAfter a kite storm, avoid folding the kite.';
    expect(await chosen('What should I avoid after a kite storm?', [text])).toEqual([
      'After a kite storm, avoid folding the kite.',
    ]);
    const [first] = await chosen('What should I do after a kite storm?', [text]);
    expect(first).toBe('After a kite storm a dry shed helps the kite.');
  });

  it('does not say the same twice, whichever article says it', async () => {
    const said = await chosen('Where does a kite fly?', [
      '# Kites\n\nA kite flies over a dry field.',
      '# More kites\n\nA kite flies over a dry field.',
      '# Even more kites\n\nThe kite flies over the dry fields.',
    ]);
    expect(said).toHaveLength(1);
  });

  it('hears another article sooner than more of the same', async () => {
    const question = 'Can flying a kite in a storm hurt my hands?';
    const answer = '# Kites\n\n## Flying\n\nFlying a kite in a storm can hurt your hands.';
    const further = '## Lines\n\nA kite may hurt your hands, my aunt says.';
    expect(await chosen(question, [`${answer}\n\n${further}`])).toHaveLength(1);
    expect(await chosen(question, [answer, `# Wind\n\n${further}`])).toHaveLength(2);
  });

  it('reads in the order of the article', async () => {
    const said = await chosen('kite string tail colour', [
      '# Kites\n\n## How is a kite made?\n\nA kite has a tail of ribbon. Red is the best colour for a kite. Its kite string is made of cotton and colour fades on a kite string tail.',
    ]);
    const places = said.map((text) =>
      ['tail of', 'Red is', 'cotton'].findIndex((words) => text.includes(words)),
    );
    expect(places.length).toBeGreaterThan(1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('never says what is withheld, alone or in a list', async () => {
    const text =
      '# Kites\n\nFor a kite in a storm you need:\n\n- thick glue for the kite\n- a storm line\n\nA kite in a storm takes glue well. A kite in a storm pulls hard.';
    const withheld = await chosen('What does a kite in a storm need?', [text], (said) =>
      said.includes('glue'),
    );
    expect(withheld.length).toBeGreaterThan(0);
    expect(withheld.join(' ')).not.toContain('glue');
    expect((await chosen('What does a kite in a storm need?', [text])).join(' ')).toContain('glue');
  });

  it('says nothing from nothing', async () => {
    const retriever = await retrieverOf('# Kites\n\nA kite flies.');
    const { query } = await retriever.retrieve('kite', 10);
    expect(choose(query, [], retriever, () => false)).toEqual([]);
  });
});

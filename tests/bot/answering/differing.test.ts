import { composeAnswer } from '../../../bot/answering/quote.ts';
import type { Article } from '../../../knowledge/article.ts';
import type { HybridRetriever } from '../../../retrieval/retriever.ts';
import { brokenLaws, wordsIn } from '../../support/answer-laws.ts';
import { differingArticles } from '../../support/differing-articles.ts';
import { wordRetriever } from '../../support/word-retriever.ts';

describe('an answer on what articles put differently', () => {
  let retriever: HybridRetriever;
  let articles: ReadonlyMap<string, Article>;

  beforeAll(async () => {
    const list = differingArticles();
    articles = new Map(list.map((article) => [article.slug, article]));
    retriever = await wordRetriever(list);
  });

  async function ask(question: string, isWithheld?: (text: string) => boolean) {
    const { query, hits } = await retriever.retrieve(question, 10);
    const composed = composeAnswer(query, hits, retriever, isWithheld);
    if (!composed) throw new RangeError(`no answer to ${question}`);
    return composed;
  }

  it.each([
    [
      'how long does a sauna session take',
      'session length',
      /10 to 15 minutes \[\d\].*45 minutes \[\d\]/,
    ],
    ['how much is a sauna ticket', 'price of sauna ticket', /\$20 \[\d\].*\$35 \[\d\]/],
    ['when does the sauna open', 'time of sauna opens', /[97] am \[\d\].*[97] am \[\d\]/],
    [
      'how common is dizziness in the sauna',
      'how common dizziness is',
      /common \[\d\].*rare \[\d\]/,
    ],
  ])('says both sides first: %s', async (question, about, sides) => {
    const { text, citations, differences } = await ask(question);

    expect(text).toMatch(/^Sources differ: /);
    expect(text).toMatch(sides);
    expect(differences.map((difference) => difference.about)).toEqual([about]);
    expect(brokenLaws({ text, citations }, articles)).toEqual([]);
    expect(wordsIn(text)).toBeLessThanOrEqual(90);
    const cited = differences[0]?.sides.map((markers) =>
      markers.map((marker) => citations.find((one) => one.marker === marker)?.article),
    );
    expect(new Set(cited?.flat()).size).toBe(2);
  });

  it.each([
    'how long does the sauna take to help',
    'how long till I cool down after a sauna session',
    'will the sauna give me a fever',
    'does the sauna bring on a fever',
  ])('keeps out of what asks for something else: %s', async (question) => {
    expect((await ask(question)).differences).toEqual([]);
  });

  it('leads with the strictest where somebody may be harmed', async () => {
    const { text, differences } = await ask('can I use the sauna with a fever');
    expect(text).toMatch(
      /^Sources differ: you should avoid the sauna if you: have a fever \[1\]\[2\]; talk to a doctor before/i,
    );
    expect(differences).toEqual([{ about: 'advice on fever', sides: [[1, 2], [3]] }]);
  });

  it('does not say twice what a side has said', async () => {
    const { text } = await ask('how long does a sauna session take');
    expect(text.match(/45 minutes/g)).toHaveLength(1);
  });

  it('is silent where the question asks for something else', async () => {
    for (const question of [
      'where should I sit in the sauna',
      'are towels free',
      'what is a fever',
    ]) {
      expect((await ask(question)).differences).toEqual([]);
    }
  });

  it('is silent on what this person must not be given', async () => {
    const question = 'can I take ibuprofen for sore muscles after the sauna';
    expect((await ask(question)).differences).toHaveLength(1);
    const withheld = await ask(question, (text) => /ibuprofen/i.test(text));
    expect(withheld.differences).toEqual([]);
    expect(withheld.text).not.toMatch(/ibuprofen/i);
  });
});

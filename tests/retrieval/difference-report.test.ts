import { countDifferences, describeDifferences } from '../../retrieval/difference-report.ts';
import { differingArticles } from '../support/differing-articles.ts';
import { smallArticles } from '../support/small-corpus.ts';
import { wordRetriever } from '../support/word-retriever.ts';

describe('describeDifferences', () => {
  it('shows each matter with article, section and both quotes', async () => {
    const { snapshot } = await wordRetriever(differingArticles());
    const report = describeDifferences(snapshot).join('\n');

    expect(report).toContain(
      [
        'session length',
        '  - sauna.md > How long should I stay in the sauna?',
        '      “A sauna session takes 10 to 15 minutes.”',
        '    spa.md > How long do people stay?',
        '      “A sauna session takes 45 minutes.”',
      ].join('\n'),
    );
  });

  it('shows the lead-in of an item that only says with it what it says', async () => {
    const { snapshot } = await wordRetriever(differingArticles());
    expect(describeDifferences(snapshot).join('\n')).toContain(
      '“You should avoid the sauna if you:” “have a fever”',
    );
  });

  it('says nothing of articles that agree', async () => {
    const { snapshot } = await wordRetriever(smallArticles());
    expect(describeDifferences(snapshot)).toEqual([]);
  });
});

describe('countDifferences', () => {
  it('counts matters and pairs', async () => {
    const differing = await wordRetriever(differingArticles());
    expect(countDifferences(differing.snapshot)).toBe(
      'The articles differ on 6 matters (6 pairs of sentences)',
    );
    const agreeing = await wordRetriever(smallArticles());
    expect(countDifferences(agreeing.snapshot)).toBe('No difference between articles found');
  });
});

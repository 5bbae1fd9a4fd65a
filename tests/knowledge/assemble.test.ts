import { quoteOf } from '../../knowledge/article.ts';
import { read } from '../support/read.ts';

/** The sentences that go on from the one before them. */
function goingOn(text: string, fileName?: string): string[] {
  const article = read(text, fileName);
  return article.sections.flatMap(({ sentences }) =>
    sentences.filter(({ goesOn }) => goesOn).map((sentence) => quoteOf(article, sentence)),
  );
}

describe('a sentence goes on from the one before', () => {
  it('in its paragraph, in the next one and in the next item', () => {
    expect(
      goingOn(
        '# Cups\n\nCups are warm. They pull.\n\nThey leave marks:\n\n- round ones\n- red ones',
      ),
    ).toEqual(['They pull.', 'They leave marks:', 'round ones', 'red ones']);
  });

  it('in plain text too, whatever marks its items have', () => {
    const lines = [
      'Cupping Explained',
      '',
      'Cups are warm. They pull.',
      '',
      '1. Warm them.',
      '2. Wait.',
    ];
    expect(goingOn(lines.join('\n'), 'cups.txt')).toEqual(['They pull.', 'Warm them.', 'Wait.']);
  });

  it('in a row of a table', () => {
    expect(
      goingOn(
        '# Cups\n\n| Cup | Warm | Cold |\n| --- | --- | --- |\n| Glass | It pulls. | It falls. |',
      ),
    ).toEqual(['It pulls.', 'It falls.']);
  });

  it('not where a heading, a promotion or a footnote stood between them', () => {
    expect(goingOn('# Cups\n\nCups are warm.\n\n## Marks\n\nThey leave marks.')).toEqual([]);
    expect(goingOn('# Cups\n\nCups are warm.[3] They pull.')).toEqual([]);
    expect(
      goingOn(
        '# Cups\n\nCups are warm.\n\nCall us today to book your appointment!\n\nThey leave marks.',
      ),
    ).toEqual([]);
    expect(
      goingOn(
        '# Cups\n\nThey are warm.\n\nCups leave marks. Book your first visit with us today!\n\nThey pull.',
      ),
    ).toEqual([]);
  });
});

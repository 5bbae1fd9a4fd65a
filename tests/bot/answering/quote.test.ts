import * as fc from 'fast-check';
import { choose } from '../../../bot/answering/choose.ts';
import { composeAnswer } from '../../../bot/answering/quote.ts';
import type { Article } from '../../../knowledge/article.ts';
import { brokenLaws, wordsIn } from '../../support/answer-laws.ts';
import { read } from '../../support/read.ts';
import { smallArticles } from '../../support/small-corpus.ts';
import { wordRetriever } from '../../support/word-retriever.ts';

function bySlug(articles: readonly Article[]): Map<string, Article> {
  return new Map(articles.map((article) => [article.slug, article]));
}

async function compose(
  articles: readonly Article[],
  question: string,
  isWithheld: (text: string) => boolean = () => false,
) {
  const retriever = await wordRetriever(articles);
  const { query, hits } = await retriever.retrieve(question, 10);
  const composed = composeAnswer(query, hits, retriever, isWithheld);
  const parts = choose(query, hits, retriever, isWithheld).flatMap((statement) => statement.parts);
  return composed && { ...composed, parts };
}

async function quotesFrom(text: string, question: string, isWithheld?: (text: string) => boolean) {
  const composed = await compose([read(text, 'kites.md')], question, isWithheld);
  return { text: composed?.text, quotes: composed?.citations.map(({ quote }) => quote) };
}

async function answerFrom(sentence: string): Promise<string | undefined> {
  return (await compose([read(`# Kites\n\n${sentence}`, 'kites.md')], 'kite'))?.text;
}

/** Without NUL: a file with one is no text. */
const anyCharacters = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 6 })
  .map((text) => text.replaceAll('\0', '-'));
/** Any character there is, beside words that questions can hit. */
const word = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('kite', 'wind', 'line', 'field', 'storm', 'and', 'the', 'two'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: anyCharacters },
  {
    weight: 1,
    arbitrary: fc.constantFrom('[7]', '[1]', '"so."', '(e.g. tails)', '\u{1fa81}', 'e\u0301'),
  },
);
const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((list) => list.join(' '));
const sentence = fc
  .tuple(
    fc.constantFrom('A kite', 'This', 'The wind', 'They', '\u{1fa81} It'),
    words,
    fc.constantFrom('.', '?', '!', '."', '\u2026', '.)', ':', ''),
  )
  .map(([start, middle, stop]) => `${start} ${middle}${stop}`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 5 }).map((list) => list.join(' '));
const list = fc
  .tuple(fc.constantFrom('', 'You need:\n\n'), fc.array(sentence, { minLength: 1, maxLength: 8 }))
  .map(([leadIn, items]) => leadIn + items.map((item) => `- ${item}`).join('\n'));
const table = fc
  .array(fc.tuple(words, words), { minLength: 1, maxLength: 4 })
  .map(
    (rows) =>
      `| Kite | Wind |\n| --- | --- |\n${rows.map(([a, b]) => `| ${a} | ${b} |`).join('\n')}`,
  );
const heading = words.map((text) => `## ${text}?`);
const article = fc
  .array(fc.oneof(paragraph, list, table, heading), { minLength: 1, maxLength: 8 })
  .map((blocks) => `# Kites\n\nA kite flies in the wind.\n\n${blocks.join('\n\n')}\n`);

describe('composeAnswer', () => {
  it('cites every sentence, and says every citation, whatever the articles hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(article, { minLength: 1, maxLength: 2 }),
        words,
        async (texts, question) => {
          const articles = texts.map((text, i) => ({ ...read(text, `a${i}.md`), slug: `a${i}` }));
          const composed = await compose(articles, `kite ${question}`);
          if (!composed) return;
          expect(brokenLaws(composed, bySlug(articles))).toEqual([]);
          expect(wordsIn(composed.text)).toBeLessThanOrEqual(90);
          const sentences = composed.text.match(/(\[\d+\])+[.!?\u2026]?( |$)/g) ?? [];
          const leads = composed.parts.filter(({ slices }) => slices.length > 1);
          const joined = leads.length - new Set(leads.map(({ slices }) => slices[0]?.start)).size;
          expect(sentences.length).toBeLessThanOrEqual(composed.parts.length);
          expect(sentences.length).toBeGreaterThanOrEqual(composed.parts.length - joined);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('keeps the laws on plain questions too', async () => {
    const articles = smallArticles();
    for (const question of [
      'Does rolling hurt?',
      'which roller for beginners',
      'who should not use a pack?',
      'how cold is it',
    ]) {
      const composed = await compose(articles, question);
      expect(composed).toBeDefined();
      if (composed) expect(brokenLaws(composed, bySlug(articles))).toEqual([]);
    }
  });

  it('puts the marker before the stop', async () => {
    expect(await answerFrom('A kite flies in wind.')).toBe('A kite flies in wind [1].');
    expect(await answerFrom('A kite flies in wind!')).toBe('A kite flies in wind [1]!');
    expect(await answerFrom('A kite flies in wind\u2026')).toBe('A kite flies in wind [1]\u2026');
  });

  it('moves a full stop out of closing quotes, and leaves other stops in', async () => {
    expect(await answerFrom('A kite like this is called "dry."')).toBe(
      'A kite like this is called "dry" [1].',
    );
    expect(await answerFrom('A kite like this is called \u201cdry.\u201d')).toBe(
      'A kite like this is called \u201cdry\u201d [1].',
    );
    expect(await answerFrom('A kite makes you shout "Up!"')).toBe(
      'A kite makes you shout "Up!" [1].',
    );
    expect(await answerFrom('A kite flies well (in wind).')).toBe(
      'A kite flies well (in wind) [1].',
    );
  });

  it('does not let a number in square brackets pass for a marker', async () => {
    const table =
      '| Kite | Wind needed |\n| --- | --- |\n| Delta kite | [7] knots |\n| Box kite | strong |';
    expect(await answerFrom(table)).toContain('(7) knots');
  });

  it('cites the lead-in, and the list as one place', async () => {
    expect(
      await quotesFrom(
        '# Kites\n\nTo fly a kite you need:\n\n- a field\n- a wind',
        'What do you need to fly a kite?',
      ),
    ).toEqual({
      text: 'To fly a kite you need: a field; a wind [1][2].',
      quotes: ['To fly a kite you need:', 'a field\n- a wind'],
    });
  });

  it('cites neighbours in a paragraph as one place', async () => {
    expect(
      await quotesFrom(
        '# Kites\n\nA kite needs wind to fly. A kite flies best by the sea.',
        'Where does a kite fly?',
      ),
    ).toEqual({
      text: 'A kite needs wind to fly [1]. A kite flies best by the sea [1].',
      quotes: ['A kite needs wind to fly. A kite flies best by the sea.'],
    });
  });

  it('quotes nothing together that was taken apart', async () => {
    const { quotes } = await quotesFrom(
      '# Kites\n\nA kite needs wind to fly.[4] A kite flies best by the sea.',
      'Where does a kite fly?',
    );
    expect(quotes).toEqual(['A kite needs wind to fly.', 'A kite flies best by the sea.']);
  });

  it('never quotes what is withheld for lying between', async () => {
    const text =
      '# Kites\n\nA kite needs wind to fly. Bring a beer for the wind. A kite flies best by the sea.';
    const isWithheld = (said: string) => said.includes('beer');
    const { quotes } = await quotesFrom(text, 'Where does a kite fly?', isWithheld);
    expect(quotes).toEqual(['A kite needs wind to fly.', 'A kite flies best by the sea.']);
  });

  it('cites names in a list with what the list says of them, but not where that is withheld', async () => {
    const text =
      '# Kites\n\nA kite for a storm has these parts:\n\n- Tail: a long one.\n- Spar: a beer can will do.\n- Line: of waxed cotton.';
    const question = 'Which parts does a kite for a storm have?';
    const whole = await quotesFrom(text, question);
    expect(whole.quotes?.at(-1)).toBe(
      'Tail: a long one.\n- Spar: a beer can will do.\n- Line: of waxed cotton.',
    );
    const { quotes } = await quotesFrom(text, question, (said) => said.includes('beer'));
    expect(quotes?.join(' ')).not.toContain('beer');
    expect(quotes?.join(' ')).toContain('Spar');
  });

  it('cites a cell with the head of its row, and the head of its column', async () => {
    const table =
      '| Kind | Delta kite | Box kite |\n| --- | --- | --- |\n| Wind needed | A light breeze will do | A strong wind |';
    const { quotes } = await quotesFrom(`# Kites\n\n${table}`, 'Which wind does a box kite need?');
    expect(quotes).toContain('Wind needed | A light breeze will do | A strong wind');
  });

  it('says what leads into a list once', async () => {
    const items = [
      '- a line of waxed cotton, wound on a reel made of the oldest and driest wood you can find',
      '- a tail with seven silver ribbons, each as long as your arm and tied in pairs to the last one',
      '- a spar of bamboo, split by hand and kept under a flat stone for all of a winter',
    ];
    const { text } = await quotesFrom(
      `# Kites\n\nA storm kite has:\n\n${items.join('\n')}`,
      'What does a storm kite have: line of cotton, tail with ribbons, spar of bamboo?',
    );
    expect(text?.match(/A storm kite has/g)).toHaveLength(1);
    expect(text).toMatch(/^A storm kite has: a line .*; a tail .* \[1\]\[2\]\.$/);
  });

  it('gives a slice that is said twice one marker', async () => {
    const text =
      '# Kites\n\nFor a kite in a storm use these:\n\n- A storm line of waxed cotton, tied to the kite\n- wind gloves made for a kite in a storm\n- a storm kite tail with seven ribbons';
    const composed = await compose(
      [read(text, 'kites.md')],
      'What do I use for a kite in a storm?',
    );
    const slices = composed?.citations.map(({ start, end }) => `${start}-${end}`) ?? [];
    expect(slices.length).toBeGreaterThan(1);
    expect(new Set(slices).size).toBe(slices.length);
  });

  it('carries what the article says of itself', async () => {
    const text =
      '---\ntitle: Kites for all\npublisher: Kite club\norigin: 009_kites.txt\nreviewed: 2025-03-01\n---\n\n## Does a kite need wind?\n\nYes, a kite needs wind.\n';
    const composed = await compose([read(text, 'kites.md')], 'Does a kite need wind?');
    expect(composed?.citations[0]).toMatchObject({
      origin: '009_kites.txt',
      title: 'Kites for all',
      publisher: 'Kite club',
      section: 'Does a kite need wind?',
      reviewed: '2025-03-01',
    });
  });
});

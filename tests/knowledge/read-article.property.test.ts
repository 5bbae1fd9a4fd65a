import * as fc from 'fast-check';
import type { Article, Span } from '../../knowledge/article.ts';
import { chunkArticle } from '../../knowledge/chunk.ts';
import { Fault } from '../../knowledge/fault.ts';
import { describeFindings } from '../../knowledge/report.ts';
import { readArticle } from '../../knowledge/readers/index.ts';

/** Pieces that readers and cleaners react to, between arbitrary Unicode. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 7,
    arbitrary: fc.constantFrom(
      '\n',
      '\n\n',
      '\r\n',
      ' ',
      '  ',
      '- ',
      '• ',
      '1. ',
      '2) ',
      '# ',
      '## ',
      '| ',
      ' | ',
      '|\n|',
      '|---|---|\n',
      ': ',
      ':\n',
      '. ',
      '? ',
      '!',
      'Warm Packs',
      'warm packs',
      'Pneumothorax',
      'FAQs',
      'Also Read: X',
      'Table of Contents\n',
      'References\n',
      'By Ana Ruiz\n',
      'Getty Images',
      'Ready to start?',
      'Call us today!',
      'doi:10.1/x',
      '2019;3:4',
      'et al.',
      'healing7.',
      '[3]',
      '[^1]',
      '(',
      ')',
      '“',
      '”',
      '**',
      '_',
      '`',
      '~~~\n',
      '<!--\nasked: [a]\n-->\n',
      '<b>',
      '---\n',
      'title: x\n',
      '\u00a0',
      'โ',
      'â€™',
      '\ufeff',
      '\u200b',
      '🙂',
      '\t',
      'e.g. ',
      'Dr. ',
      '> ',
      '![x](y)',
      '[a](b)',
    ),
  },
);
const mess = fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join(''));

/** Words in any script, on one line. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
      fc.constantFrom('pack', 'Dr.', 'healing7.', 'Back:', 'it', 'Warm'),
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((list) => list.join(' ').replaceAll(/[\s|]+/gu, ' '));
/** The shapes of an article, filled with such words. */
const shape = fc.oneof(
  words.map((text) => `Pack ${text}.`),
  words.map((text) => `## ${text}`),
  words.map((text) => `Is ${text}?`),
  fc
    .tuple(words, fc.array(words, { minLength: 1, maxLength: 5 }))
    .map(([lead, items]) => `Bring ${lead}:\n${items.map((item) => `- Bag: ${item}`).join('\n')}`),
  fc
    .array(fc.tuple(words, words), { minLength: 1, maxLength: 4 })
    .map((rows) =>
      ['| Myth | Fact |', '|---|---|', ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join('\n'),
    ),
  words.map((text) => `  1. Warming Up\n     Then ${text}.\n  2. Cooling Down\n     And ${text}.`),
  words.map((text) => `Bring ${text}:`),
);
const article = fc
  .array(shape, { minLength: 1, maxLength: 12 })
  .map((shapes) => shapes.join('\n\n'));
// A NUL makes a file binary; it has a test of its own.
const document = fc.oneof(mess, article).map((text) => text.replaceAll('\0', ' '));

/** What is left of a string after a trip through UTF-8. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function tryRead(fileName: string, bytes: Uint8Array): Article | null {
  try {
    return readArticle(fileName, bytes);
  } catch (error) {
    if (error instanceof Fault && error.code === 'ARTICLES_UNREADABLE') return null;
    throw error;
  }
}

function expectSound(article: Article, raw: string): void {
  const { text } = article;
  const expectQuote = (span: Span | undefined, within: Span) => {
    if (!span) return;
    expect(span.start).toBeGreaterThanOrEqual(within.start);
    expect(span.end).toBeLessThanOrEqual(within.end);
    const quote = text.slice(span.start, span.end);
    expect(quote).toMatch(/\S/);
    expect(quote.trim()).toBe(quote);
    expect(wellFormed(quote)).toBe(quote);
  };
  let done = 0;
  for (const section of article.sections) {
    expect(section.start).toBeGreaterThanOrEqual(done);
    if (section.heading) {
      expectQuote(section.heading, section);
      expect(text.slice(section.heading.start, section.heading.end)).toBe(section.path.at(-1));
    }
    let last = section.heading?.end ?? section.start;
    for (const sentence of section.sentences) {
      expectQuote(sentence, section);
      expect(sentence.start).toBeGreaterThanOrEqual(last);
      last = sentence.end;
      for (const span of [sentence.label, sentence.leadIn, sentence.row, sentence.column])
        expectQuote(span, section);
    }
    expect(section.end).toBeGreaterThanOrEqual(last);
    done = section.end;
  }
  expect(done).toBeLessThanOrEqual(text.length);
  for (const { start, end } of article.findings) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(raw.length);
  }
  expect(chunkArticle(article).flatMap(({ sentences }) => sentences)).toEqual(
    article.sections.flatMap(({ sentences }) => sentences),
  );
  expect(describeFindings([article], []).length).toBeGreaterThan(0);
}

describe('readArticle', () => {
  it.each(['a.txt', 'a.md'])('fixes every offset of any document as %s', (fileName) => {
    fc.assert(
      fc.property(document, (source) => {
        const raw = wellFormed(source);
        const article = tryRead(fileName, new TextEncoder().encode(raw));
        if (article) expectSound(article, raw);
      }),
      { numRuns: 250 },
    );
  });

  it.each(['a.txt', 'a.md'])(
    'throws nothing but its fault on arbitrary bytes as %s',
    (fileName) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
          tryRead(fileName, bytes);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('reads the same file the same way twice', () => {
    fc.assert(
      fc.property(document, (source) => {
        const bytes = new TextEncoder().encode(wellFormed(source));
        expect(tryRead('a.txt', bytes)).toEqual(tryRead('a.txt', bytes));
      }),
    );
  });

  it('finishes with a file that is one long mess', () => {
    const messes = [
      '(',
      '“',
      '[1]',
      'A',
      'Aa ',
      'a. ',
      '| a ',
      '- a\n',
      'Aa\n',
      '1. Aa\n',
      'By Aa',
      'healing7. ',
      'Aa Aa, MD, is a ',
    ];
    for (const mess of messes) {
      const started = performance.now();
      tryRead('a.txt', new TextEncoder().encode(mess.repeat(30_000)));
      // A generous guard against what grows with the square of the length.
      expect(performance.now() - started).toBeLessThan(5_000);
    }
  });
});

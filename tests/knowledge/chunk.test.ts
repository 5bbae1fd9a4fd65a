import * as fc from 'fast-check';
import { CHUNK_LENGTH, chunkArticle } from '../../knowledge/chunk.ts';
import { quoteOf } from '../../knowledge/article.ts';
import { read } from '../support/read.ts';

const sentence = (i: number) =>
  `Sentence number ${i} of this section says that a pack stays warm for a while.`;
const many = (n: number) => Array.from({ length: n }, (_, i) => sentence(i)).join(' ');

describe('chunkArticle', () => {
  it('keeps a short section whole and does not cross into the next', () => {
    const article = read('# Packs\n\n## A\n\nOne. Two.\n\nThree.\n\n## B\n\nFour.', 'packs.md');
    const chunks = chunkArticle(article);
    expect(chunks.map((chunk) => quoteOf(article, chunk))).toEqual([
      'One. Two.\n\nThree.',
      'Four.',
    ]);
    expect(chunks.map(({ id, section }) => [id, section])).toEqual([
      ['packs#0', 0],
      ['packs#1', 1],
    ]);
  });

  it('splits a long section between sentences', () => {
    const article = read(`## A\n\n${many(30)}`, 'packs.md');
    const chunks = chunkArticle(article);
    expect(chunks.length).toBeGreaterThan(3);
    for (const chunk of chunks) {
      expect(chunk.end - chunk.start).toBeLessThanOrEqual(CHUNK_LENGTH);
      expect(quoteOf(article, chunk)).toMatch(/^Sentence .* while\.$/s);
    }
  });

  it('starts a new chunk for a list that fits only then with its lead-in', () => {
    const article = read(
      `## A\n\n${many(6)}\n\nBring these things:\n\n- ${sentence(1)}\n- ${sentence(2)}\n- ${sentence(3)}`,
      'packs.md',
    );
    const [first, second] = chunkArticle(article);
    expect(first?.sentences).toHaveLength(6);
    expect(second && quoteOf(article, second)).toMatch(/^Bring these things:\n\n- Sentence/);
    expect(second?.sentences).toHaveLength(4);
  });

  it('keeps at least the first item with the lead-in of a long list', () => {
    const items = Array.from({ length: 20 }, (_, i) => `- ${sentence(i)}`).join('\n');
    const article = read(`## A\n\n${many(8)}\n\nBring these things:\n\n${items}`, 'packs.md');
    const led = chunkArticle(article).find((chunk) => quoteOf(article, chunk).includes('Bring'));
    expect(led?.sentences.some(({ kind }) => kind === 'item')).toBe(true);
  });

  it('does not split an item or a row, and shows the head of the row', () => {
    const article = read(
      `## A\n\n${many(7)}\n\n- ${many(4)}\n\n| Pack | Lasts | Costs |\n|---|---|---|\n| Gel | an hour | little |`,
      'packs.md',
    );
    const chunks = chunkArticle(article);
    const blocks = chunks.map(
      ({ sentences }) =>
        new Set(sentences.filter(({ kind }) => kind !== 'prose').map(({ block }) => block)),
    );
    for (const [i, one] of blocks.entries())
      for (const other of blocks.slice(i + 1))
        expect([...one].some((block) => other.has(block))).toBe(false);
    expect(chunks.map((chunk) => quoteOf(article, chunk)).join('\n')).toContain(
      'Gel | an hour | little',
    );
  });

  it('puts every sentence into exactly one chunk, in order', () => {
    const block = fc.oneof(
      fc.nat(12).map((n) => many(n + 1)),
      fc.constant('## Heading'),
      fc.constant('Bring these:'),
      fc
        .nat(9)
        .map((n) => Array.from({ length: n + 1 }, (_, i) => `- Item: ${sentence(i)}`).join('\n')),
      fc.constant('| A | B |\n|---|---|\n| c | d |\n| e | f |'),
      fc.nat(900).map((n) => `${'x'.repeat(n + 1)}.`),
    );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), (blocks) => {
        const article = read(`Begin.\n\n${blocks.join('\n\n')}`, 'packs.md');
        const chunks = chunkArticle(article);
        expect(chunks.flatMap(({ sentences }) => sentences)).toEqual(
          article.sections.flatMap(({ sentences }) => sentences),
        );
        let done = 0;
        for (const chunk of chunks) {
          const section = article.sections[chunk.section];
          expect(chunk.start).toBeGreaterThanOrEqual(Math.max(done, section?.start ?? 0));
          expect(chunk.end).toBeLessThanOrEqual(section?.end ?? 0);
          const atoms = new Set(
            chunk.sentences.map(({ kind, block: at, start }) =>
              kind === 'prose' ? `s${start}` : at,
            ),
          );
          const isLedItem = chunk.sentences.some(
            ({ leadIn }) => leadIn && leadIn.start >= chunk.start,
          );
          if (atoms.size > (isLedItem ? 2 : 1))
            expect(chunk.end - chunk.start).toBeLessThanOrEqual(CHUNK_LENGTH);
          done = chunk.end;
        }
      }),
    );
  });
});

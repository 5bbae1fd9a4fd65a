import { type Statement, statementsOf, textOf } from '../../../bot/answering/statement.ts';
import type { Article } from '../../../knowledge/article.ts';
import { quoteOf } from '../../../knowledge/article.ts';
import { chunkArticle } from '../../../knowledge/chunk.ts';
import type { Hit } from '../../../retrieval/hit.ts';
import { read } from '../../support/read.ts';

function hitsOf(article: Article): Hit[] {
  return chunkArticle(article).map((chunk) => {
    const section = article.sections[chunk.section];
    if (!section) throw new RangeError('a chunk without a section');
    const similarities = chunk.sentences.map(() => 0);
    return {
      chunk,
      article,
      section,
      score: 1,
      scores: { lexical: 0, dense: 0, topic: 0, echo: 0, asked: 0 },
      similarities,
      echoes: similarities,
    };
  });
}

function statements(text: string, fileName = 'sample.md'): Statement[] {
  return hitsOf(read(text, fileName)).flatMap((hit) => statementsOf(hit));
}

/** "kind: text" of each statement. */
function said(text: string, fileName?: string): string[] {
  return statements(text, fileName).map((statement) => `${statement.kind}: ${textOf(statement)}`);
}

describe('statementsOf', () => {
  it('offers each sentence of prose by itself', () => {
    expect(said('# Kites\n\nA kite needs wind. Hold the line with both hands.')).toEqual([
      'sentence: A kite needs wind.',
      'sentence: Hold the line with both hands.',
    ]);
  });

  it.each(['This', 'It', 'They', 'However, it', 'For example, a kite', 'Such a kite'])(
    'says a sentence that starts with "%s" only with the one before',
    (opener) => {
      const leaning = `${opener} can lift a grown man.`;
      expect(said(`# Kites\n\nA big kite is strong. ${leaning}`)).toEqual([
        'sentence: A big kite is strong.',
        `sentence: A big kite is strong. ${leaning}`,
      ]);
    },
  );

  it('does not say a leaning sentence that opens its paragraph', () => {
    expect(said('# Kites\n\nA kite needs wind.\n\nThis is why fields are best.')).toEqual([
      'sentence: A kite needs wind.',
    ]);
  });

  it('does not lean on a sentence that leans itself', () => {
    const all = said('# Kites\n\nA big kite is strong. It pulls you along. They say so too.');
    expect(all).toHaveLength(2);
    expect(all.join()).not.toContain('They say so');
  });

  it('quotes both sentences of a leaning pair apart', () => {
    const pair = statements('# Kites\n\nA big kite is strong. It can lift a man.').at(-1);
    expect(pair?.parts.map(({ text }) => text)).toEqual([
      'A big kite is strong.',
      'It can lift a man.',
    ]);
    expect(pair?.parts.map(({ slices }) => slices.length)).toEqual([1, 1]);
  });

  it('reads a list with its lead-in', () => {
    expect(
      said('# Kites\n\nTo fly a kite you need:\n\n- a dry field\n- a steady wind\n- a long line'),
    ).toEqual(['list: To fly a kite you need: a dry field; a steady wind; a long line.']);
  });

  it('reads a list without a lead-in behind its heading', () => {
    expect(
      said('# Kites\n\n## What do I need for a kite?\n\n- a dry field\n- a steady wind'),
    ).toEqual(['list: What do I need for a kite: a dry field; a steady wind.']);
  });

  it('does not read two names alone for a list', () => {
    const text =
      '# Kites\n\n## Wind or sun?\n\n- Delta kite: it needs wind.\n- Sun kite: it does not.';
    expect(said(text).filter((one) => one.startsWith('list'))).toEqual([]);
  });

  it('does not list names that only count', () => {
    const text =
      '# Kites\n\nA kite is flown in these steps:\n\n- Step 1: you run.\n- Step 2: you let go.\n- Step 3: you pull.';
    expect(said(text).filter((one) => one.startsWith('list'))).toEqual([]);
  });

  it('never says alone that something follows', () => {
    expect(said('# Kites\n\nHere are some of the best places for a kite. A beach is one.')).toEqual(
      ['sentence: A beach is one.'],
    );
  });

  it('says an item with the clause that it finishes', () => {
    expect(
      said('# Kites\n\nDo not fly a kite if you:\n\n- Are tired: A kite pulls you along.'),
    ).toContain('item: Do not fly a kite if you: Are tired: A kite pulls you along.');
  });

  it('never says what is warned of without the warning', () => {
    const text =
      '# Kites\n\nA kite is best avoided near:\n\n- Storms: above all in the first warm weeks.\n- Power lines that cannot be seen.';
    for (const one of said(text)) expect(one).toMatch(/^\w+: A kite is best avoided near: /);
  });

  it('shortens a long list and says that there is more', () => {
    const items = Array.from({ length: 20 }, (_, i) => `- a spool of strong line number ${i + 1}`);
    const [list, ...others] = said(`# Kites\n\nThe shop sells:\n\n${items.join('\n')}`).filter(
      (text) => text.startsWith('list'),
    );
    expect(others).toEqual([]);
    expect(list).toMatch(/^list: The shop sells: a spool of strong line number 1; .*; and more\.$/);
    expect(list).not.toContain('number 20');
  });

  it('never says a fragment of a list alone', () => {
    const alone = statements(
      '# Kites\n\nYou need:\n\n- a dry field\n- wind from the sea side\n',
    ).filter(({ kind }) => kind === 'item');
    for (const statement of alone) expect(textOf(statement)).toMatch(/^You need: /);
  });

  it('says an item that is a sentence without its list', () => {
    expect(
      said(
        '# Kites\n\nRules:\n\n- Never fly a kite near a power line.\n- Keep clear of roads at all times.',
      ),
    ).toContain('item: Never fly a kite near a power line.');
  });

  it('says a later sentence of an item with the label of the item', () => {
    const text =
      '# Kites\n\nMind these:\n\n- Storms: A storm can come up fast. Bring the kite down at once.\n- Trees: Trees eat kites every day.';
    expect(said(text)).toContain('item: Storms: Bring the kite down at once.');
  });

  it('lists items by their labels', () => {
    const text =
      '# Kites\n\nMind these:\n\n- Storms: A storm can come up fast.\n- Trees: Trees eat kites every day.';
    expect(said(text)).toContain('list: Mind these: Storms; Trees.');
  });

  it('reads a table cell with its row and its column', () => {
    const table =
      '# Kites\n\n## Which kite?\n\n| Kite | Wind | Line |\n| --- | --- | --- |\n| Delta | light | thin |\n| Box | strong | thick |';
    const all = said(table);
    expect(all).toContain('row: Wind, Delta: light.');
    expect(all).toContain('row: Line, Box: thick.');
    expect(all).toContain('row: Delta. Wind: light. Line: thin.');
    expect(all).toContain('row: Box. Wind: strong. Line: thick.');
    expect(all.join()).not.toMatch(/Delta[^.]*(strong|thick)/);
  });

  it('never says a sentence that introduces a lost list', () => {
    const text =
      '# Kites\n\nA kite needs wind.\n\nBefore you start, check the following:\n\n## Where do I fly?\n\nFly on a beach.';
    expect(said(text)).toEqual(['sentence: A kite needs wind.', 'sentence: Fly on a beach.']);
  });

  it('never says a torn line', () => {
    const text =
      'Kites\n\nA kite needs wind. The line must be dry.\n\nFlying gear and other\n\nHold the line with both hands. Let go of nothing.\n';
    expect(said(text, 'kites.txt').join('\n')).not.toContain('Flying gear');
  });

  it('puts every part on slices that hold its words', () => {
    const text =
      '# Kites\n\nA big kite is strong. It can lift a man.\n\nYou need:\n\n- wind\n- a field\n\n| Kite | Wind |\n| --- | --- |\n| Delta | light |\n| Box | strong |';
    const all = statements(text);
    expect(all.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['sentence', 'list', 'row']),
    );
    for (const { parts, hit } of all) {
      for (const part of parts) {
        const quoted = part.slices.map((slice) => quoteOf(hit.article, slice)).join(' ');
        for (const word of part.text.match(/[\p{L}\p{N}]+/gu) ?? []) expect(quoted).toContain(word);
      }
    }
  });

  it('ends every part with a stop', () => {
    const text =
      '# Kites\n\nYou need:\n\n- wind,\n- a field\u2014\n\nIs it fun? Sure! He said "fly."';
    for (const { parts } of statements(text)) {
      for (const part of parts) expect(part.text).toMatch(/[.!?\u2026]["\u201d')\]]*$/);
    }
  });
});

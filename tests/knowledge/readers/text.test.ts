import { found, paths, quoteOrNull, quotes, read } from '../../support/read.ts';

describe('plain text', () => {
  it('finds headings whether or not empty lines stand around them', () => {
    const lines = [
      'Cupping Explained',
      'Cups are warm. They pull.',
      'Does It Leave Marks?',
      'Often for a week.',
      'Who Performs It',
      'Trained staff do.',
    ];
    for (const article of [
      read(lines.join('\n')),
      read(lines.join('\n\n')),
      read(lines.join('\r\n\r\n')),
    ]) {
      expect(article.title).toBe('Cupping Explained');
      expect(paths(article)).toEqual(['', 'Does It Leave Marks?', 'Who Performs It']);
      expect(quotes(article)).toEqual([
        'Cups are warm.',
        'They pull.',
        'Often for a week.',
        'Trained staff do.',
      ]);
    }
  });

  it('takes the first heading for the title where prose comes first, and keeps it in the path', () => {
    const article = read(
      'Cups have been used for ages, and many people like them.\nWhat Is Cupping?\nA cup that pulls.',
    );
    expect(article.title).toBe('What Is Cupping?');
    expect(paths(article)).toEqual(['', 'What Is Cupping?']);
  });

  it('finds the title below a byline and a credit', () => {
    const article = read(
      'By Ana Ruiz\nPhoto: Riverside Studio\nCupping Explained\n\nCups are warm.',
    );
    expect(article).toMatchObject({
      title: 'Cupping Explained',
      authors: ['Ana Ruiz'],
      slug: 'cupping-explained',
    });
  });

  it('takes a first line in sentence case for the title where a heading follows', () => {
    const article = read(
      'Las ventosas: lo que debe saber\n¿Qué son?\nVasos tibios.\n¿Duelen mucho?\nNo mucho.',
    );
    expect(article.title).toBe('Las ventosas: lo que debe saber');
    expect(paths(article)).toEqual(['¿Qué son?', '¿Duelen mucho?']);
  });

  it('joins hard-wrapped lines', () => {
    const article = read(
      [
        'Heat Packs',
        '',
        'A heat pack loosens a stiff back within a quarter of an hour, and it is',
        'cheap. Put a towel between the pack and your skin. Never fall asleep on',
        'Monday or any other day with a pack in place. It can burn you before you',
        'notice.',
        '',
        '- Wrap the pack in a dry cloth and hold it against the place that aches',
        '  for ten minutes.',
        '- Stop if it stings.',
      ].join('\n'),
    );
    expect(quotes(article)).toEqual([
      'A heat pack loosens a stiff back within a quarter of an hour, and it is cheap.',
      'Put a towel between the pack and your skin.',
      'Never fall asleep on Monday or any other day with a pack in place.',
      'It can burn you before you notice.',
      'Wrap the pack in a dry cloth and hold it against the place that aches for ten minutes.',
      'Stop if it stings.',
    ]);
  });

  it.each(['-', '•', '*', '▪'])(
    'reads a list with bullet %s, its labels and its lead-in',
    (bullet) => {
      const article = read(
        `Ice Baths\n\nPeople try them. They may feel:\n${bullet} Cold: a sharp chill at first.\n${bullet} Tired afterwards`,
      );
      const items =
        article.sections[0]?.sentences.filter((sentence) => sentence.kind === 'item') ?? [];
      expect(items.map((item) => quoteOrNull(article, item))).toEqual([
        'Cold: a sharp chill at first.',
        'Tired afterwards',
      ]);
      expect(items.map((item) => quoteOrNull(article, item.label))).toEqual(['Cold', null]);
      expect(items.map((item) => quoteOrNull(article, item.leadIn))).toEqual([
        'They may feel:',
        'They may feel:',
      ]);
    },
  );

  it('takes the sentence above a list for its lead-in only where it introduces it', () => {
    const led = read(
      'Ice Baths\n\nIce is old. Here are some of the main uses.\n- Sprains\n- Aches',
    );
    const bare = read('Ice Baths\n\nIce is old. These baths are cold.\n- Sprains\n- Aches');
    expect(led.sections[0]?.sentences.map(({ leadIn }) => quoteOrNull(led, leadIn))).toEqual([
      null,
      null,
      ...Array<string>(2).fill('Here are some of the main uses.'),
    ]);
    expect(bare.sections[0]?.sentences.some(({ leadIn }) => leadIn)).toBe(false);
  });

  it('tells numbered headings from numbered list items', () => {
    const article = read(
      [
        'Stretching Guide',
        '',
        'Stretching Basics',
        '',
        'Go slowly.',
        '',
        '1. Warm Up',
        '',
        'Walk for five minutes.',
        '',
        'Good Signs',
        '',
        'You feel loose.',
        '',
        '2. Hold Still',
        '',
        'Hold each stretch:',
        '',
        '  1. Calf: twenty seconds.',
        '  2. Hip: thirty seconds.',
        '',
        'Stretching Afterwards',
        '',
        'Drink.',
      ].join('\n'),
    );
    expect(paths(article)).toEqual([
      'Stretching Basics',
      'Stretching Basics > Warm Up',
      'Stretching Basics > Warm Up > Good Signs',
      'Stretching Basics > Hold Still',
      'Stretching Basics > Hold Still > Stretching Afterwards',
    ]);
    expect(article.sections[3]?.sentences.map(({ label }) => quoteOrNull(article, label))).toEqual([
      null,
      'Calf',
      'Hip',
    ]);
  });

  it('reads an item whose name has a line of its own', () => {
    const article = read(
      'Stretching\n\nThe order is:\n\n  1. Warming Up\n     Begin with a walk. It helps.\n  2. Cooling Down\n     End with a walk.',
    );
    const items =
      article.sections[0]?.sentences.filter((sentence) => sentence.kind === 'item') ?? [];
    expect(
      items.map((item) => [quoteOrNull(article, item), quoteOrNull(article, item.label)]),
    ).toEqual([
      ['Begin with a walk.', 'Warming Up'],
      ['It helps.', null],
      ['End with a walk.', 'Cooling Down'],
    ]);
  });

  it('gives a nested list the item above as lead-in', () => {
    const article = read('Packing\n\nBring:\n- Clothes, such as:\n  - Shorts\n  - Socks\n- Water');
    const items = article.sections[0]?.sentences.slice(1) ?? [];
    expect(items.map(({ leadIn }) => quoteOrNull(article, leadIn))).toEqual([
      'Bring:',
      'Clothes, such as:',
      'Clothes, such as:',
      'Bring:',
    ]);
    expect(found(article)).toEqual([]);
  });

  it('nests everything below an FAQ heading', () => {
    const article = read(
      'Heat Packs\n\nHeat Packs Today\nThey are warm.\nFAQs\nAre they safe?\nMostly.\nCan I sleep on one?\nNo.',
    );
    expect(paths(article)).toEqual([
      'Heat Packs Today',
      'FAQs',
      'FAQs > Are they safe?',
      'FAQs > Can I sleep on one?',
    ]);
  });

  it('puts short headings below the section they belong to, and topics on their own', () => {
    const article = read(
      [
        'All About Heat Packs',
        'What Are Heat Packs?',
        'Warm bags.',
        'Why Heat Packs Work',
        'Blood flows.',
        'Softer Muscles',
        'They loosen.',
        'Heat Packs vs Cold Packs',
        'Both help.',
        'Cold Packs',
        'They numb.',
        'Side Effects',
        'Burns happen.',
        'Conclusion',
        'Enjoy.',
      ].join('\n'),
    );
    expect(paths(article)).toEqual([
      'What Are Heat Packs?',
      'Why Heat Packs Work',
      'Why Heat Packs Work > Softer Muscles',
      'Heat Packs vs Cold Packs',
      'Heat Packs vs Cold Packs > Cold Packs',
      'Side Effects',
      'Conclusion',
    ]);
  });

  it('reads a table with the row and column of each cell', () => {
    const article = read(
      'Packs\n\n| Myth | Reality |\n|------|---------|\n| “Hotter is better.” | False. Warm is enough. |\n| “Ice heals.” | It numbs. |',
    );
    const cells = article.sections[0]?.sentences ?? [];
    expect(
      cells.map((cell) => [
        cell.kind,
        quoteOrNull(article, cell),
        quoteOrNull(article, cell.row),
        quoteOrNull(article, cell.column),
      ]),
    ).toEqual([
      ['cell', 'False. Warm is enough.', '“Hotter is better.”', 'Reality'],
      ['cell', 'It numbs.', '“Ice heals.”', 'Reality'],
    ]);
    expect(new Set(cells.map((cell) => cell.block)).size).toBe(2);
  });

  it('reads questions and answers marked as such', () => {
    const article = read(
      'Heat Packs\n\nQ: Does it burn?\nA: It can. Use a towel.\nQ: How long?\nA: Ten minutes.',
    );
    expect(paths(article)).toEqual(['Does it burn?', 'How long?']);
    expect(quotes(article)).toEqual(['It can.', 'Use a towel.', 'Ten minutes.']);
  });

  it('keeps a question inside prose in its paragraph', () => {
    const article = read('Heat Packs\n\nMany ask. But what is a pack?\nIt is a warm bag.');
    expect(paths(article)).toEqual(['']);
  });
});

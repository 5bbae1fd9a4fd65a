import { found, quoteOrNull, quotes, read } from '../support/read.ts';

/** A plain article with one block of interest between paragraphs that stay. */
function around(block: string): string {
  const filler = Array.from(
    { length: 8 },
    (_, i) => `Warmth eases a stiff back for about ${i + 2} hours.`,
  );
  return ['Warm Packs', ...filler.slice(0, 4), block, ...filler.slice(4)].join('\n\n');
}

const DROPPED: readonly (readonly [string, string])[] = [
  ['promotion', 'Also Read: Ten Soups for a Cold Day'],
  ['promotion', 'Related: How to Sleep on Your Side'],
  ['promotion', 'You might also like: Our Guide to Pillows'],
  ['photo credit', 'Skyfall77/iStock/Getty Images'],
  ['photo credit', 'Photo by Mira Lund on Unsplash'],
  ['page furniture', 'Share this article'],
  ['page furniture', 'Home | Warm Packs | Prices | Contact'],
  ['call to action', 'Ready to leave your sore back behind for good?'],
  ['call to action', 'Book your appointment online today!'],
  ['call to action', 'Want to know more? Call us today on 555-0100.'],
  [
    'sales paragraph',
    'At Maple Lane Physio, we specialize in backs of every kind. Our friendly team builds personalized treatment plans and is committed to you.',
  ],
  [
    'sales paragraph',
    'Here at Northwind, our experienced therapists offer expert care. We are proud to help you reach your goals.',
  ],
  [
    'sales paragraph',
    'Stonebridge Wellness Center offers state-of-the-art care, and we are dedicated to getting you moving. Our clinic serves the whole valley.',
  ],
  [
    'reference list',
    'Okafor BT, Lindqvist A. Warm packs for stiff backs: a pilot study. J Warm Med. 2019;12(3):45-51. doi:10.1000/jwm.2019.045',
  ],
  [
    'reference list',
    '[3] Okafor, B. T., & Lindqvist, A. (2019). Warmth. Journal of Warmth, 12(3), 45. https://doi.org/10.1000/x',
  ],
];

const KEPT: readonly string[] = [
  'Ready for your session? Drink a glass of water first.',
  'We do not know yet how warmth works, and our best guess is blood flow.',
  'In this guide we look at what our readers ask most.',
  'At Maple Lane Physio we ask you to arrive ten minutes early.',
  'Contact our clinic if you notice redness or a fever.',
  'Fever can be the sign of an infection. Call us today.',
  'Call your doctor today about new medicines.',
  'Contact emergency services immediately.',
  'Book a quiet hour for yourself after a long walk.',
  'Ruiz et al. found that warmth helped half of the people in 2019.',
  'A trial in 2019 (doi:10.1000/xyz) found that warmth helped half of those who tried it for a week.',
  'Related muscles may ache as well.',
  'Read the label of the pack before you heat it.',
  'The photo by the door shows where to press.',
  'Warm Pack Therapy is a specialist skill that a physiotherapist can teach you.',
  'The American Warmth Association offers trusted guidance, and many providers follow it.',
];

describe('dropUnwanted', () => {
  it.each(DROPPED)('drops a %s: %s', (what, block) => {
    const article = read(around(block));
    expect(found(article)).toEqual([`dropped: ${what}`]);
    expect(article.text).not.toContain(block.slice(0, 20));
    expect(quotes(article)).toHaveLength(8);
  });

  it.each(KEPT)('keeps: %s', (block) => {
    const article = read(around(block));
    expect(article.text).toContain(block);
    expect(found(article)).toEqual([]);
  });

  it('says where in the file and what stood there', () => {
    const raw = around('Also Read: Ten Soups for a Cold Day');
    const [finding] = read(raw).findings;
    expect(raw.slice(finding?.start, finding?.end)).toBe('Also Read: Ten Soups for a Cold Day');
    expect(finding?.excerpt).toBe('Also Read: Ten Soups for a Cold Day');
  });

  it('keeps sales talk it is not sure of, and reports it', () => {
    const article = read(
      around(
        'Our skilled team is dedicated to you and offers personalized care plans. We help you heal.',
      ),
    );
    expect(found(article)).toEqual(['doubtful: sales talk']);
    expect(article.text).toContain('Our skilled team');
  });

  it('keeps a sales paragraph that is mostly advice, and reports it', () => {
    const article = read(
      around(
        'At Maple Lane Physio, we specialize in backs, and our team is committed. Warmth lasts two hours. Take the pack off when skin turns red. Sleep without it.',
      ),
    );
    expect(found(article)).toEqual(['doubtful: sales talk']);
  });

  it('cuts a call to action out of a paragraph, and no sentence runs across the cut', () => {
    const article = read(around('Warmth helps. Book your visit online now! It also calms.'));
    expect(found(article)).toEqual(['dropped: call to action']);
    expect(quotes(article)).toEqual(expect.arrayContaining(['Warmth helps.', 'It also calms.']));
    expect(article.text).not.toContain('Book your');
  });

  it('keeps "Ready to …?" as a heading where advice stands below it', () => {
    const article = read(
      'Warm Packs\n\nThey help.\n\nReady to Try One?\n\nWrap it in a towel first.\n\nReady to Feel Better?\n\nBook online now!',
    );
    expect(article.sections.map((section) => quoteOrNull(article, section.heading))).toEqual([
      null,
      'Ready to Try One?',
    ]);
    expect(found(article)).toEqual(['dropped: call to action', 'dropped: call to action']);
  });

  it('drops references with or without a heading, short ones among them, and the prose before stays', () => {
    const references = [
      'Okafor BT, Lindqvist A. Warm packs: a pilot study. J Warm Med. 2019;12(3):45-51.',
      'Warmpedia. Warm packs.',
      'Lund M. Heat. Heat Rev. 2020;3:1-9. doi:10.1000/hr.3',
    ];
    for (const heading of ['', 'References\n\n', 'Sources\n\n']) {
      const article = read(
        `Warm Packs\n\nThey help. Most agree.\n\n${heading}${references.join('\n\n')}`,
      );
      expect(quotes(article)).toEqual(['They help.', 'Most agree.']);
      expect(article.text).not.toMatch(/doi|Warmpedia/);
    }
  });

  it('drops a table of contents, empty or filled', () => {
    const body = 'What Are Packs?\n\nWarm bags.\n\nWho Needs Them?\n\nStiff people.';
    for (const contents of [
      'Table of Contents',
      'In This Article\n\n- What Are Packs?\n- Who Needs Them?',
      'Contents\n\nWhat Are Packs?\n\nWho Needs Them?',
    ]) {
      const article = read(`Warm Packs Explained\n\nAll you need.\n\n${contents}\n\n${body}`);
      expect(article.sections.map((section) => quoteOrNull(article, section.heading))).toEqual([
        null,
        'What Are Packs?',
        'Who Needs Them?',
      ]);
      expect(new Set(found(article))).toEqual(new Set(['dropped: table of contents']));
    }
  });

  it('drops a section about the business, up to the next heading', () => {
    const article = read(
      'Warm Packs\n\nThey help.\n\nWhy Choose Us?\n\nOur people are kind.\n\n- Free parking\n\nWho Needs Packs?\n\nStiff people.',
    );
    expect(quotes(article)).toEqual(['They help.', 'Stiff people.']);
  });

  it('keeps prose below such a heading that does not speak of the business, and reports it', () => {
    const article = read(
      'Warm Packs\n\nThey help.\n\nContact Us\n\nWarmth also calms a stiff neck.\n\nMore helps less.',
    );
    expect(quotes(article)).toEqual([
      'They help.',
      'Warmth also calms a stiff neck.',
      'More helps less.',
    ]);
    expect(found(article)).toEqual([
      expect.stringContaining('doubtful: prose under a dropped heading'),
    ]);
  });

  it.each([
    ['By Ana Ruiz', ['Ana Ruiz'], []],
    ['Written by Ana Ruiz, PT, DPT', ['Ana Ruiz'], []],
    ['Medically reviewed by Ben Okafor, MD', [], ['Ben Okafor']],
    ['Ana Ruiz, DPT, is a physical therapist who writes about backs.', [], []],
    ['By Ana RuizAna Ruiz, PT, is a physical therapist and author.', ['Ana Ruiz'], []],
    ['Last updated on March 3, 2024', [], []],
  ])('drops the byline %j and keeps unmistakable names', (line, authors, reviewers) => {
    const article = read(`Warm Packs\n\n${line}\n\nThey help. Most agree.`);
    expect(article).toMatchObject({ authors, reviewers });
    expect(quotes(article)).toEqual(['They help.', 'Most agree.']);
    expect(found(article)).toEqual(['dropped: byline']);
  });

  it.each([
    'Ana Ruiz, MD, was the first to describe warm packs.',
    'By Friday most people walk again.',
  ])('keeps what only looks like a byline: %s', (line) => {
    expect(quotes(read(`Warm Packs\n\n${line}\n\nThey help.`))).toContain(line);
  });

  it.each([
    ['It speeds healing7.', ['It speeds healing'], 'It speeds healing.'],
    [
      'It speeds healing.7 Then rest.',
      ['It speeds healing.', 'Then rest.'],
      'It speeds healing. Then rest.',
    ],
    [
      'It speeds healing [3, 4] and sleep.',
      ['It speeds healing', 'and sleep.'],
      'It speeds healing and sleep.',
    ],
    [
      'It speeds healing.³ Then rest.',
      ['It speeds healing.', 'Then rest.'],
      'It speeds healing. Then rest.',
    ],
  ])('takes the footnote mark out of %j', (block, sentences, text) => {
    const article = read(`Warm Packs\n\n${block}`);
    expect(article.text).toContain(text);
    expect(quotes(article)).toEqual(sentences);
    expect(found(article)).toEqual(['repaired: footnote digit']);
  });

  it.each([
    'Press at L5, C7 and T1.',
    'Take vitamin B12.',
    'It fits 5 cm2.',
    'Blood has CO2, and so do we.',
    'That is phase2.',
    'It takes 2.5 hours.',
    'She had covid19.',
  ])('leaves the digits of %j alone', (block) => {
    expect(quotes(read(`Warm Packs\n\n${block}`))).toEqual([block]);
  });
});

describe('markDoubts', () => {
  const doubts = (text: string) => {
    const article = read(text);
    return article.sections.flatMap(({ sentences }) => sentences.map(({ doubt }) => doubt ?? null));
  };

  it('marks a lead-in whose list is lost, that sentence only', () => {
    const article = read('Warm Packs\n\nThey are old. People use them for:\n\nThey are cheap.');
    expect(article.sections[0]?.sentences.map(({ doubt }) => doubt ?? null)).toEqual([
      null,
      'lost-list',
      null,
    ]);
    expect(found(article)).toEqual(['doubtful: lost list']);
  });

  it('finds lists, tables and deeper headings below a lead-in', () => {
    expect(doubts('Warm Packs\n\nUse them for:\n\n- Backs')).toEqual([null, null]);
    expect(doubts('Warm Packs\n\nThey compare so:\n\n| Pack | Use |\n| Warm | Backs |')).toEqual([
      null,
      null,
    ]);
    expect(
      read(
        '# Packs\n\n## Kinds\n\nThere are two:\n\n### Warm\n\nBackache.\n\n## Costs\n\nThere are two:\n\n## End\n\nDone.',
        'a.md',
      ).findings,
    ).toHaveLength(1);
  });

  it('takes a label before a lead-in for part of it', () => {
    expect(doubts('Warm Packs\n\nNote: use them for:\n\n- Backs')).toEqual([null, null]);
    expect(doubts('Warm Packs\n\nThey help.\n\nNote: use them for:')).toEqual([null, 'lost-list']);
  });

  it('marks a lead-in at the very end', () => {
    expect(doubts('Warm Packs\n\nThey help.\n\nUse them for:')).toEqual([null, 'lost-list']);
  });

  it('marks a line torn out of a table', () => {
    const text =
      'Warm Packs\n\nThey are old. They are cheap.\n\nUsed to ease a stiff back that has been aching for weeks and will not let go\n\nThey are safe.';
    expect(doubts(text)).toEqual([null, null, 'fragment', null]);
    expect(found(read(text))).toEqual(['doubtful: fragment']);
  });

  it('marks names of a list run together without their texts', () => {
    expect(
      doubts('Warm Packs\n\nThey help.\n\nSoft pack: Gel kind (a.k.a. the blue one): Grain pack:'),
    ).toEqual([null, 'fragment']);
  });

  it('does not take a missing stop for a tear where nobody writes stops', () => {
    const line = 'you can lie on a warm pack for as long as an hour and then move about for a bit';
    expect(doubts(`Warm Packs\n\nFirst ${line}\n\nSecond ${line}`)).toEqual([null, null]);
  });

  it('reports a paragraph whose beginning is lost', () => {
    expect(found(read('Warm Packs\n\nWhat Is a Pack?\n\npack is a warm bag.'))).toEqual([
      'doubtful: beginning lost',
    ]);
  });
});

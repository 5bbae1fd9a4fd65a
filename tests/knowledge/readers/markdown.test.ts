import { found, paths, quoteOrNull, quotes, read } from '../../support/read.ts';

const FRONT = `---
title: Warm packs (our summary)
publisher:
authors: [Ana Ruiz]
reviewers: Ben Okafor
origin: packs.txt
language: en-GB
reviewed: 2026-01-31
expires: 2027-01-31
url: https://clinic.example/packs
---
`;

describe('Markdown', () => {
  it('reads front matter', () => {
    expect(read(`${FRONT}\n## Use\n\nWrap it.`, 'packs.md')).toMatchObject({
      slug: 'warm-packs',
      title: 'Warm packs (our summary)',
      publisher: null,
      authors: ['Ana Ruiz'],
      reviewers: ['Ben Okafor'],
      origin: 'packs.txt',
      language: 'en-GB',
      reviewed: '2026-01-31',
      expires: '2027-01-31',
      url: 'https://clinic.example/packs',
      findings: [],
    });
  });

  it('reports what front matter should not say, and uses the rest', () => {
    const article = read(
      '---\ntitle: Packs\nsource: x\nreviewed: last week\nurl: javascript:alert(1)\n---\n\nWrap it.',
      'packs.md',
    );
    expect(article).toMatchObject({ title: 'Packs', reviewed: null, url: null });
    expect(found(article)).toEqual(Array<string>(3).fill('doubtful: front matter'));
    expect(article.findings.map((finding) => finding.excerpt).join()).toMatch(
      /source.*reviewed.*url/,
    );
  });

  it('reads what cannot be parsed as front matter as none', () => {
    expect(found(read('---\n[:\n---\n\nWrap it.', 'packs.md'))).toEqual(['doubtful: front matter']);
  });

  it('takes the first level-one heading for the title and nests the rest', () => {
    const article = read(
      '# Packs\n\nWarm bags.\n\n## Use\n\n### At home\n\nWrap it.\n\n## Risks\n\nBurns.',
      'packs.md',
    );
    expect(article.title).toBe('Packs');
    expect(paths(article)).toEqual(['', 'Use', 'Use > At home', 'Risks']);
  });

  it('shows no markup in the cleaned text', () => {
    const article = read(
      '## Use\n\nWrap **it** in a [towel](https://x.example) or `cloth`,\nthen *wait*.<br>Good! ![](a.png)\n\n> Never sleep on it.\n\n<!-- a note -->\n',
      'packs.md',
    );
    expect(article.text).toBe(
      'Use\n\nWrap it in a towel or cloth, then wait. Good!\n\nNever sleep on it.',
    );
  });

  it('reads the note below a heading and keeps it out of the text', () => {
    const article = read(
      '## Use\n\n<!--\nfrom: [{ start: 3, end: 9, hash: "0a" }, { start: 12, end: 20, hash: "0b" }]\nasked:\n  - how do i use it\n-->\n\nWrap it.',
      'packs.md',
    );
    expect(article.sections[0]).toMatchObject({
      asked: ['how do i use it'],
      from: [
        { start: 3, end: 9, hash: '0a' },
        { start: 12, end: 20, hash: '0b' },
      ],
    });
    expect(article.text).toBe('Use\n\nWrap it.');
  });

  it('reports a broken note', () => {
    expect(found(read('## Use\n\n<!--\nasked: {a: 1}\n-->\n\nWrap it.', 'packs.md'))).toEqual([
      'doubtful: front matter',
    ]);
  });

  it('reads lists, nested ones and those with several paragraphs', () => {
    const article = read(
      'Bring:\n\n1. **Clothes:** soft ones\n\n   Old ones will do.\n   - Shorts\n2. Water',
      'packs.md',
    );
    expect(
      article.sections[0]?.sentences.map((one) => [
        quoteOrNull(article, one),
        quoteOrNull(article, one.label),
        quoteOrNull(article, one.leadIn),
      ]),
    ).toEqual([
      ['Bring:', null, null],
      ['Clothes: soft ones', 'Clothes', 'Bring:'],
      ['Old ones will do.', null, 'Bring:'],
      ['Shorts', null, 'Bring:'],
      ['Water', null, 'Bring:'],
    ]);
    expect(article.text).toContain('1. Clothes: soft ones Old ones will do.\n  - Shorts\n2. Water');
  });

  it('reads tables', () => {
    const article = read(
      '| Pack | Lasts |\n|---|---|\n| Gel | an hour |\n| Grain | half an hour |',
      'packs.md',
    );
    expect(
      article.sections[0]?.sentences.map((one) => [
        quoteOrNull(article, one),
        quoteOrNull(article, one.row),
        quoteOrNull(article, one.column),
      ]),
    ).toEqual([
      ['an hour', 'Gel', 'Lasts'],
      ['half an hour', 'Grain', 'Lasts'],
    ]);
  });

  it('takes out footnotes', () => {
    const article = read('It helps[^1] most people.\n\n[^1]: Okafor, 2019.', 'packs.md');
    expect(quotes(article)).toEqual(['It helps', 'most people.']);
    expect(found(article)).toEqual(['dropped: footnote']);
  });

  it('cleans like plain text', () => {
    const article = read(
      '# Packs\n\nThey help.\n\n**Also read:** [Ten soups](https://x.example)\n\nUse them for:\n\nMost backs.',
      'packs.md',
    );
    expect(found(article)).toEqual(['dropped: promotion', 'doubtful: lost list']);
  });
});

import * as fc from 'fast-check';
import { mendCharacters } from '../../knowledge/characters.ts';

describe('mendCharacters', () => {
  it.each([
    ['Itโs a start', "It's a start", 'mojibake'],
    ['theyโre sore, we canโt say', "they're sore, we can't say", 'mojibake'],
    ['the knotโa tight band', 'the knot—a tight band', 'mojibake'],
    ['the knotโsore to the touch', 'the knot—sore to the touch', 'mojibake'],
    ['for 10โ15 minutes', 'for 10–15 minutes', 'mojibake'],
    ['a knot โ or two', 'a knot — or two', 'mojibake'],
    ['itâ€™s â€œfineâ€\u009d', 'it’s “fine”', 'mojibake'],
    ['caf\u00c3\u00a9', 'café', 'mojibake'],
    ['two\u00a0weeks', 'two weeks', 'no-break space'],
    ['soft\u00adly\u200b done\ufeff', 'softly done', 'invisible character'],
  ])('mends %j', (raw, expected, what) => {
    const { text, findings } = mendCharacters(raw);
    expect(text).toBe(expected);
    expect(findings.map((finding) => finding.what)).toContain(what);
  });

  it.each(['โยคะช่วยได้', 'Ça va, CAFÉ» dit-il', 'naïve façade, Ærø', 'Aδ and C fibres — “dry”'])(
    'leaves %j alone',
    (raw) => {
      expect(mendCharacters(raw)).toMatchObject({ text: raw, findings: [] });
    },
  );

  it('makes every line end a line feed and says nothing of it', () => {
    expect(mendCharacters('a\r\nb\rc\u2028d')).toMatchObject({ text: 'a\nb\nc\nd', findings: [] });
  });

  it('names a character that was lost before it came here', () => {
    expect(mendCharacters('mus\ufffdle').findings).toMatchObject([
      { kind: 'doubtful', start: 3, end: 4 },
    ]);
  });

  it('finds the way back to the raw text for every untouched character', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', 'é', '🙂', '\r', '\n', '\u200b', '\u00a0', 'โ', 'â', '€', '™'),
        }),
        (raw) => {
          const { text, toRaw } = mendCharacters(raw);
          for (const { index, 0: letter } of text.matchAll(/[aé]/g)) {
            expect(raw[toRaw(index)]).toBe(letter);
          }
        },
      ),
    );
  });
});

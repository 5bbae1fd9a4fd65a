import * as fc from 'fast-check';
import type { Lexicon } from '../../knowledge/lexicon.ts';
import { QueryReader } from '../../retrieval/query.ts';
import { stemOf } from '../../retrieval/terms.ts';

const lexicon: Lexicon = {
  shorthand: { u: 'you', rom: 'range of motion', preg: 'pregnant' },
  same: [
    ['collapsed lung', 'pneumothorax'],
    ['lower back', 'lumbar'],
  ],
  hinges: [],
  kinds: { 'blood thinner': ['warfarin', 'heparin'] },
};
const vocabulary = new Map([
  ['needle', 12],
  ['pneumothorax', 2],
  ['acupuncture', 4],
]);
const relatives = new Map([
  [stemOf('syringe'), [{ stem: stemOf('needle'), weight: 0.6 }]],
  [stemOf('warfarin'), [{ stem: stemOf('poison'), weight: 0.6 }]],
]);
const reader = new QueryReader(lexicon, vocabulary, relatives);

const wordsOf = (text: string, earlier?: string) =>
  reader.read(text, earlier).terms.map(({ word }) => word);
const weightOf = (text: string, word: string, earlier?: string) =>
  reader.read(text, earlier).weights.get(stemOf(word));

describe('QueryReader', () => {
  it('takes the content words once each, in reading order', () => {
    expect(wordsOf('Does the needle hurt, and why does the needle hurt?')).toEqual([
      'needle',
      'hurt',
      'why',
    ]);
  });

  it('keeps the question as it was asked', () => {
    const text = '  Does the NEEDLE hurt??  ';
    expect(reader.read(text).text).toBe(text);
    expect(reader.read(text).plain).toBe('does the needle hurt?');
  });

  it('spells shorthand out', () => {
    expect(reader.read('can u improve rom').plain).toBe('can you improve range of motion');
    expect(wordsOf('preg and worried')).toEqual(['pregnant', 'worried']);
  });

  it('takes "dose" for "does" where it can be nothing else', () => {
    expect(reader.read('dose it hurt').plain).toBe('does it hurt');
    expect(reader.read('and how dose this work?').plain).toBe('and how does this work?');
    expect(reader.read('what dose of it').plain).toBe('what dose of it');
    expect(reader.read('the right dose').plain).toBe('the right dose');
  });

  it.each([
    "what shouldn't I do this evening",
    'what should you not do this evening',
    'what else must I not do this evening',
    "what can't I do this evening",
    'what not to do this evening',
    'anything that people should not be doing this evening',
  ])('reads "%s" as what to avoid', (text) => {
    expect(reader.read(text).plain).toBe('what should i avoid this evening');
  });

  it.each(["what can't it do", 'what should I do', "I can't do what I did", 'should I not do it'])(
    'leaves "%s" as it is',
    (text) => {
      expect(reader.read(text).plain).not.toContain('avoid');
    },
  );

  it('corrects slips, and trusts a corrected word less', () => {
    expect(reader.read('is acupunture safe').plain).toBe('is acupuncture safe');
    expect(weightOf('is acupunture safe', 'acupuncture')).toBe(0.8);
    expect(weightOf('is acupuncture safe', 'acupuncture')).toBe(1);
  });

  it('corrects towards names of the lexicon too', () => {
    expect(wordsOf('i take warfrin')).toEqual(['take', 'warfarin']);
  });

  it('leaves English alone that no article uses', () => {
    expect(wordsOf('needless trouble')).toEqual(['needless', 'trouble']);
  });

  it('looks for the other names of a thing, in both directions', () => {
    const name = weightOf('risk of pneumothorax', 'collapsed') as number;
    expect(name).toBeGreaterThan(0);
    expect(name).toBeLessThan(1);
    expect(weightOf('risk of a collapsed lung', 'pneumothorax')).toBe(0.5);
    expect(reader.read('pneumothorax').otherNames.get(stemOf('pneumothorax'))).toEqual(
      new Set([stemOf('collapsed'), stemOf('lung')]),
    );
  });

  it('wants all words of a name, next to each other', () => {
    expect(weightOf('my lung collapsed', 'pneumothorax')).toBeUndefined();
    expect(weightOf('back and lower leg', 'lumbar')).toBeUndefined();
    expect(weightOf('my lower back', 'lumbar')).toBe(0.5);
  });

  it('looks for the kind of a member, never for the members of a kind', () => {
    expect(weightOf('i am on warfarin', 'thinner')).toBeGreaterThan(0);
    expect(weightOf('i am on a blood thinner', 'warfarin')).toBeUndefined();
    expect(weightOf('i am on warfarin', 'heparin')).toBeUndefined();
  });

  it('looks for relatives of a word the articles do not use, unless it has a name there', () => {
    expect(weightOf('a big syringe', 'needle')).toBeCloseTo(0.3, 9);
    expect(reader.read('a big syringe').relatives).toEqual(
      new Map([[stemOf('syringe'), relatives.get(stemOf('syringe'))]]),
    );
    expect(weightOf('i am on warfarin', 'poison')).toBeUndefined();
    expect(weightOf('and after?', 'needle', 'a big syringe')).toBeCloseTo(0.12, 9);
  });

  it('does not lower a word that was asked for itself', () => {
    expect(weightOf('is a pneumothorax a collapsed lung', 'pneumothorax')).toBe(1);
    expect(weightOf('needle', 'needle', 'does the needle hurt')).toBe(1);
  });

  it('lends less from the question before', () => {
    const query = reader.read('and after?', 'Does the needle hurt?');
    expect(query.terms.map(({ word, weight }) => [word, weight])).toEqual([
      ['after', 1],
      ['needle', 0.4],
      ['hurt', 0.4],
    ]);
    expect(query.plain).toContain('and after?');
    expect(query.plain).toContain('Does the needle hurt?');
    expect(weightOf('and after?', 'pneumothorax', 'a collapsed lung')).toBe(0.2);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['emoji', '🤔🩹👩🏽‍⚕️'],
    ['lone surrogates', '\ud83d \udc00\ud800'],
    ['punctuation', '?!… ---'],
  ])('finds no terms in %s', (_, text) => {
    const query = reader.read(text);
    expect(query.terms).toEqual([]);
    expect(query.weights.size).toBe(0);
  });

  it('reads words between emoji and lone surrogates', () => {
    expect(wordsOf('\ud83d needle🤔hurt\udc00')).toEqual(['needle', 'hurt']);
  });

  it('reads the beginning of 30,000 characters, without hanging', () => {
    const started = performance.now();
    const query = reader.read('zqxwvy needlw '.repeat(2_143));
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(query.terms.map(({ word }) => word)).toEqual(['zqxwvy', 'needle']);
    expect(query.plain.length).toBeLessThan(2_100);
    for (const text of ['x'.repeat(30_000), '? '.repeat(15_000), '😀'.repeat(15_000)]) {
      reader.read(text, text);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('takes any two texts, and keeps weights in (0, 1] and rarities in [1, 8]', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('warfarin', 'lower', 'back', 'u', 'rom', 'needel', '1', 'é', '’s'), {
          maxLength: 8,
        })
        .map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, text, (text, earlier) => {
        const query = reader.read(text, earlier);
        for (const weight of query.weights.values()) {
          expect(weight).toBeGreaterThan(0);
          expect(weight).toBeLessThanOrEqual(1);
        }
        for (const { stem, rarity } of query.terms) {
          expect(query.weights.has(stem)).toBe(true);
          expect(rarity).toBeGreaterThanOrEqual(1);
          expect(rarity).toBeLessThanOrEqual(8);
        }
      }),
    );
  });
});

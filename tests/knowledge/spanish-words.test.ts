import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isSpanishWord } from '../../knowledge/spanish-words.ts';

const list = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('an-array-of-spanish-words'), 'utf8'),
) as string[];

describe('isSpanishWord', () => {
  it('finds the first, the last and every hundredth word of the list', () => {
    const words = list.filter((_, at) => at % 100 === 0 || at === list.length - 1);
    expect(words.filter((word) => !isSpanishWord(word))).toEqual([]);
  });

  it.each(['cuñado', 'cunado', 'migrana', 'también', 'tambien'].map((word) => [word]))(
    'knows "%s", tilde or not, and no accent',
    (word) => {
      expect(isSpanishWord(word)).toBe(!word.includes('é'));
    },
  );

  it.each(['pincharme', 'doliendome', 'sientese', 'brinquitos', 'moradito', 'hormiguitas'])(
    'knows "%s", with a pronoun or made small',
    (word) => {
      expect(isSpanishWord(word)).toBe(true);
    },
  );

  it.each(['breathless', 'hert', 'zzzz', 'aa', '', '~', '0', '"', ',', '["', '\u00ff'])(
    'does not know "%s", and ends',
    (word) => {
      expect(isSpanishWord(word)).toBe(false);
    },
  );
});

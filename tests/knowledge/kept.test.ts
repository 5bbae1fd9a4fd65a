import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kept } from '../../knowledge/kept.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const always = () => true;

describe('kept', () => {
  /** Keeps "one" in a file, changes that, and says what is made anew of the inputs then. */
  function again(inputs: readonly string[], change: (file: string) => void = () => {}) {
    return inTempFolder(async (folder) => {
      const file = join(folder, 'deep', 'kept.json');
      expect(kept(file, ['a', 'b'], () => ({ says: 'one' }), always)).toEqual({ says: 'one' });
      change(file);
      return kept(file, inputs, () => ({ says: 'made anew' }), always);
    });
  }

  it('is read where the inputs are the same', async () => {
    expect(await again(['a', 'b'])).toEqual({ says: 'one' });
  });

  it.each([[['a', 'c']], [['ab']], [['b', 'a']], [['a', 'b', '']]])(
    'is made anew of other inputs: %j',
    async (inputs) => {
      expect(await again(inputs)).toEqual({ says: 'made anew' });
    },
  );

  it('is made anew where one letter of the file has changed', async () => {
    const damaged = await again(['a', 'b'], (file) => {
      writeFileSync(file, readFileSync(file, 'utf8').replace('one', 'two'));
    });
    expect(damaged).toEqual({ says: 'made anew' });
  });

  it('is made anew where the file is cut short', async () => {
    const cut = await again(['a', 'b'], (file) => {
      writeFileSync(file, readFileSync(file, 'utf8').slice(0, -3));
    });
    expect(cut).toEqual({ says: 'made anew' });
  });

  it('only costs time where the folder cannot be written', () =>
    inTempFolder(async (folder) => {
      const file = join(folder, 'file');
      writeFileSync(file, '');
      expect(kept(join(file, 'kept.json'), [], () => 1, always)).toBe(1);
    }));

  it('writes nothing where the value is not worth it', () =>
    inTempFolder(async (folder) => {
      const file = join(folder, 'deep', 'kept.json');
      expect(
        kept(
          file,
          [],
          () => 0,
          (value) => value > 0,
        ),
      ).toBe(0);
      expect(readdirSync(folder)).toEqual([]);
    }));

  it('throws what making throws, and keeps nothing', () =>
    inTempFolder(async (folder) => {
      const file = join(folder, 'kept.json');
      const make = () => {
        throw new RangeError('no such thing');
      };
      expect(() => kept(file, [], make, always)).toThrow(RangeError);
      expect(kept(file, [], () => 2, always)).toBe(2);
    }));
});

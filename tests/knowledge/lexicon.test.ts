import { loadLexicon } from '../../knowledge/lexicon.ts';
import { foldWord, tokenize } from '../../knowledge/tokens.ts';
import { fromYaml } from '../support/from-yaml.ts';

const load = fromYaml('lexicon.yaml', loadLexicon);

function repeated(names: readonly string[]): string[] {
  const folded = names.map((name) => name.split(' ').map(foldWord).join(' '));
  return folded.filter((name, at) => folded.indexOf(name) !== at);
}

describe('loadLexicon', () => {
  const { shorthand, same, kinds } = loadLexicon();

  it('loads the bundled lexicon, and none of its three parts is empty', () => {
    expect(Object.keys(shorthand).length).toBeGreaterThan(0);
    expect(same.length).toBeGreaterThan(0);
    expect(Object.keys(kinds).length).toBeGreaterThan(0);
  });

  it('has words in every entry', () => {
    const entries = [
      ...Object.entries(shorthand).flat(),
      ...same.flat(),
      ...Object.entries(kinds).flatMap(([kind, members]) => [kind, ...members]),
    ];
    expect(entries.filter((entry) => tokenize(entry).length === 0)).toEqual([]);
  });

  it('spells out single words as they are typed, and into other words', () => {
    for (const [short, long] of Object.entries(shorthand)) {
      expect(tokenize(short).map(({ word }) => word)).toEqual([short]);
      expect(long).not.toBe(short);
    }
  });

  it('has no name twice within a group', () => {
    const groups = [...same, ...Object.values(kinds)];
    expect(groups.flatMap(repeated)).toEqual([]);
  });

  it('has no kind among its own members', () => {
    const own = Object.entries(kinds).filter(([kind, members]) => members.includes(kind));
    expect(own).toEqual([]);
  });

  it('reads numbers as words', async () => {
    const lexicon = await load(
      'shorthand: {}\nhinges: []\nsame: [[24, a day]]\nkinds: {time: [7]}\n',
    );
    expect(lexicon).toEqual({
      shorthand: {},
      hinges: [],
      same: [['24', 'a day']],
      kinds: { time: ['7'] },
    });
  });

  it.each([
    [
      'an unknown key',
      'shorthand: {}\nsame: []\nhinges: []\nkinds: {}\nsynonyms: []\n',
      /synonyms/,
    ],
    ['a missing part', 'shorthand: {}\nsame: []\n', /kinds/],
    ['a group of one', 'shorthand: {}\nsame: [[knot]]\nkinds: {}\n', /same\[0\]/],
    ['a kind without members', 'shorthand: {}\nsame: []\nkinds: {pill: []}\n', /pill/],
    ['shorthand that is no word', 'shorthand: {u: [you]}\nsame: []\nkinds: {}\n', /shorthand\.u/],
    ['an empty file', '', /expected object/],
  ])('names %s', async (_, yaml, said) => {
    const loading = load(yaml);
    await expect(loading).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(loading).rejects.toThrow(/lexicon\.yaml/);
    await expect(loading).rejects.toThrow(said);
  });
});

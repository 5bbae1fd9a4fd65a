import { join } from 'node:path';
import { loadClinic } from '../../knowledge/clinic.ts';
import { fromYaml } from '../support/from-yaml.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const load = fromYaml('clinic.yaml', loadClinic);

const KEYS =
  'name phone afterHours booking address hours prices insurance parking withhold colour logo greeting language'.split(
    ' ',
  );
const NOTHING = Object.fromEntries(KEYS.map((key) => [key, key === 'withhold' ? [] : null]));

describe('loadClinic', () => {
  it('has every fact as null until somebody fills it in', () => {
    expect(Object.keys(loadClinic())).toEqual(KEYS);
  });

  it.each([
    ['an empty file', ''],
    ['comments only', '# nothing yet\n'],
    ['empty values', 'name:\nphone: ""\nhours: "  "\n'],
  ])('knows no fact from %s', async (_, yaml) => {
    expect(await load(yaml)).toEqual(NOTHING);
  });

  it('knows no fact where there is no file', async () => {
    await inTempFolder(async (folder) => {
      expect(loadClinic(join(folder, 'gone.yaml'))).toEqual(NOTHING);
    });
  });

  it('reads facts without the space around them, and numbers as text', async () => {
    const clinic = await load('name: " Elm Street Physio "\nphone: 5550100199\nparking: free\n');
    expect(clinic).toEqual({
      ...NOTHING,
      name: 'Elm Street Physio',
      phone: '5550100199',
      parking: 'free',
    });
  });

  it('reads what is to be withheld, and refuses what is no list of claims', async () => {
    const { withhold } = await load('withhold:\n  - Rest is best.\n  - Heat heals.\n');
    expect(withhold).toEqual(['Rest is best.', 'Heat heals.']);
    await expect(load('withhold: Rest is best.')).rejects.toThrow(/withhold/);
  });

  it.each(['https://clinic.example/logo.png', '/logo.svg', '/images/our logo.png?v=2'])(
    'takes a look, with the logo at %s',
    async (logo) => {
      const look = { colour: '#7a3E9d', logo, greeting: 'How can we help?', language: 'es' };
      const yaml = Object.entries(look).map(([key, value]) => `${key}: "${value}"`);
      expect(await load(yaml.join('\n'))).toEqual({ ...NOTHING, ...look });
    },
  );

  it.each([
    ['colour', 'teal', /six digits, in quotes/],
    ['colour', '"#1d5"', /six digits/],
    ['colour', '#1d5c58', /quotes around it/],
    ['logo', 'http://clinic.example/logo.png', /https:/],
    ['logo', '//elsewhere.example/logo.png', /https:/],
    ['logo', '"/\\\\elsewhere.example/logo.png"', /https:/],
    ['logo', 'logo.png', /https:/],
    ['logo', '"https://a;script-src.example/logo.png"', /https:/],
    ['logo', 'data:image/svg+xml,x', /https:/],
    ['greeting', 'x'.repeat(201), /200 characters/],
    ['language', 'fr', /en es/],
  ])('names %s for %s', async (key, value, said) => {
    const loading = load(`${key}: ${value}`);
    await expect(loading).rejects.toThrow(said);
    await expect(loading).rejects.toThrow(
      new RegExp(`^CONFIG_INVALID: .*clinic\\.yaml: .*${key}`, 's'),
    );
  });

  it.each([
    ['an unknown key', 'fax: 555', /^CONFIG_INVALID: .*clinic\.yaml: .*fax/s],
    ['a list for a fact', 'phone: [1, 2]', /^CONFIG_INVALID: .*clinic\.yaml: .*phone/s],
    ['a list for the file', '- phone', /^CONFIG_INVALID: .*clinic\.yaml/s],
  ])('names %s', async (_, yaml, said) => {
    await expect(load(yaml)).rejects.toThrow(said);
  });
});

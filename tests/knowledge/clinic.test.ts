import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clinic, loadClinic } from '../../knowledge/clinic.ts';
import { inTempFolder } from '../support/temp-folder.ts';

async function load(yaml: string): Promise<Clinic> {
  return inTempFolder(async (folder) => {
    const file = join(folder, 'clinic.yaml');
    writeFileSync(file, yaml);
    return loadClinic(file);
  });
}

const KEYS = 'name phone afterHours booking address hours prices insurance parking'.split(' ');
const NOTHING = Object.fromEntries(KEYS.map((key) => [key, null]));

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

  it.each([
    ['an unknown key', 'fax: 555', /^CONFIG_INVALID: .*clinic\.yaml: .*fax/s],
    ['a list for a fact', 'phone: [1, 2]', /^CONFIG_INVALID: .*clinic\.yaml: .*phone/s],
    ['a list for the file', '- phone', /^CONFIG_INVALID: .*clinic\.yaml/s],
  ])('names %s', async (_, yaml, said) => {
    await expect(load(yaml)).rejects.toThrow(said);
  });
});

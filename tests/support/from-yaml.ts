import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTempFolder } from './temp-folder.ts';

/** What `load` makes of a file of this name that holds the YAML given; rejects with what it throws. */
export function fromYaml<Loaded>(
  fileName: string,
  load: (file: string) => Loaded,
): (yaml: string) => Promise<Loaded> {
  return (yaml) =>
    inTempFolder(async (folder) => {
      const file = join(folder, fileName);
      writeFileSync(file, yaml);
      return load(file);
    });
}

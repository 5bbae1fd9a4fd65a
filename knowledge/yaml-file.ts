import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Fault } from './fault.ts';

/** What a YAML file says. Throws `CONFIG_INVALID` naming the file that is missing or malformed. */
export function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Fault('CONFIG_INVALID', `${file} cannot be read as YAML`, { cause });
  }
}

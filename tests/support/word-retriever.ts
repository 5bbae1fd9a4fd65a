import type { Article } from '../../knowledge/article.ts';
import type { Lexicon } from '../../knowledge/lexicon.ts';
import { differencesIn } from '../../retrieval/differences.ts';
import { Encoder } from '../../retrieval/embeddings/encoder.ts';
import { HybridRetriever } from '../../retrieval/retriever.ts';
import { corpusOf } from '../../retrieval/snapshot.ts';
import { TokenRows } from '../../retrieval/token-rows.ts';
import { openVectorIndex, VectorMatrix } from '../../retrieval/vector.ts';
import { read } from './read.ts';
import { WordEmbeddings } from './word-embeddings.ts';

const NO_LEXICON: Lexicon = { shorthand: {}, same: [], hinges: [], kinds: {} };

/** The real retriever over these articles, kept in memory, with vectors that only know words. */
export async function wordRetriever(
  articles: readonly Article[],
  lexicon: Partial<Lexicon> = {},
): Promise<HybridRetriever> {
  const encoder = new Encoder('words', new WordEmbeddings());
  const corpus = corpusOf(articles, encoder.name);
  const vectors = await encoder.encodeTexts(corpus.rows.map(({ text }) => text));
  const dimension = vectors[0]?.length ?? 1;
  const values = new Float32Array(vectors.length * dimension);
  for (const [row, vector] of vectors.entries()) values.set(vector, row * dimension);
  const matrix = new VectorMatrix(values, dimension);
  const tokens = TokenRows.of(vectors.map(() => new Int8Array()));
  const index = openVectorIndex(matrix, undefined);
  const differences = differencesIn(corpus, matrix);
  return new HybridRetriever(
    { ...corpus, matrix, tokens, index, relatives: new Map(), differences },
    encoder,
    { ...NO_LEXICON, ...lexicon },
  );
}

/** The same over Markdown texts. */
export function retrieverOf(...texts: readonly string[]): Promise<HybridRetriever> {
  return wordRetriever(texts.map((text, i) => read(text, `article-${i}.md`)));
}

import type { Article, Section } from '../knowledge/article.ts';
import { quoteOf } from '../knowledge/article.ts';
import { foldedWords } from '../knowledge/tokens.ts';
import type { Encoder } from './embeddings/encoder.ts';
import type { Snapshot } from './snapshot.ts';
import { isStopWord, stemOf } from './terms.ts';

/** A sentence that says what the clinic does not want said. */
export interface Withheld {
  /** As the clinic wrote it. */
  readonly claim: string;
  readonly article: Article;
  readonly section: Section;
  readonly quote: string;
  /** Cosine to the claim, in [-1, 1]. */
  readonly likeness: number;
}

/**
 * Cosine from which a sentence says the same, and share of the claim's words that it must hold: USE
 * puts sentences on one subject near each other whatever they say of it (retrieval/README.md).
 */
const SAME_FROM = 0.6;
const WORDS_FROM = 0.7;
const DENIES = /^(no|not|never|none|without|cannot|nothing|nor|neither|\w+n't|\w+nt)$/;

/**
 * Sentences of the snapshot that say one of the claims, most alike first: near it in meaning, with
 * its words, and denying where it does, for "is needed" is near to "is not needed".
 * Throws `MODEL_UNAVAILABLE` when the claims cannot be encoded.
 */
export async function withheldBy(
  claims: readonly string[],
  { articles, chunks, rows, matrix }: Snapshot,
  encoder: Encoder,
): Promise<Withheld[]> {
  if (claims.length === 0) return [];
  const bySlug = new Map(articles.map((article) => [article.slug, article]));
  const encoded = await encoder.encodeTexts(claims);
  const found: Withheld[] = [];
  for (const [at, claim] of claims.entries()) {
    const plain = encoded[at] as Float32Array;
    const vector = encoder.adapter?.statement(plain) ?? plain;
    const said = read(claim);
    for (const [row, { kind, chunk: number, sentence: index, text }] of rows.entries()) {
      if (kind !== 'sentence') continue;
      const likeness = matrix.cosine(vector, row);
      if (likeness < SAME_FROM || !isSaid(said, read(text))) continue;
      const chunk = chunks[number];
      const article = chunk && bySlug.get(chunk.article);
      const section = article?.sections[chunk?.section ?? -1];
      const sentence = chunk?.sentences[index];
      if (!article || !section || !sentence) continue;
      found.push({ claim, article, section, quote: quoteOf(article, sentence), likeness });
    }
  }
  return found.sort((a, b) => b.likeness - a.likeness);
}

/** Tells of a text whether it says one of these sentences. */
export function saysOf(withheld: readonly Withheld[]): (text: string) => boolean {
  const sentences = withheld.map(({ quote }) => quote.replace(/\s+/g, ' ').replace(/[.!?]+$/, ''));
  return (text) => sentences.some((sentence) => text.includes(sentence));
}

/** For the report: each claim with what it withholds, or with nothing, which may be a mistake. */
export function describeWithheld(
  withheld: readonly Withheld[],
  claims: readonly string[],
): string[] {
  return claims.flatMap((claim) => {
    const found = withheld.filter((each) => each.claim === claim);
    return [
      `"${claim}": ${found.length === 0 ? 'no sentence says this' : `${found.length} left out`}`,
      ...found.map(
        ({ article, section, quote }) =>
          `  ${article.slug} > ${section.path.at(-1) ?? ''}: "${quote}"`,
      ),
    ];
  });
}

interface Said {
  readonly stems: ReadonlySet<string>;
  readonly isDenial: boolean;
}

function read(text: string): Said {
  const words = foldedWords(text);
  const isDenial = words.some((word) => DENIES.test(word));
  const telling = words.filter((word) => !isStopWord(word) && !DENIES.test(word));
  return { stems: new Set(telling.map((word) => stemOf(word))), isDenial };
}

function isSaid(claim: Said, sentence: Said): boolean {
  const shared = [...claim.stems].filter((stem) => sentence.stems.has(stem)).length;
  const isCovered = claim.stems.size > 0 && shared / claim.stems.size >= WORDS_FROM;
  return isCovered && claim.isDenial === sentence.isDenial;
}

/** `[start, end)` in UTF-16 code units of one article's cleaned text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The smallest thing an answer may quote: a sentence of prose, a sentence of a list item, or a table
 * cell. `article.text.slice(start, end)` is its quote; no sentence reaches over a place where
 * cleaning took something out.
 */
export interface Sentence extends Span {
  readonly kind: 'prose' | 'item' | 'cell';
  /** Number of the paragraph, list item or table row it stands in, counted through the article. */
  readonly block: number;
  /** Of a list item: the sentence that introduces the list, without which the item says nothing. */
  readonly leadIn?: Span;
  /**
   * Stands right behind the sentence before it in the source document too, with nothing but white
   * space or the mark of a list item between them: one quote may hold both. Of a cell: behind the
   * one before it in its row, or the row's head.
   */
  readonly goesOn?: true;
  /**
   * Of a list item "Bruising: a small …": the label before the colon, inside its first sentence. Of an
   * item whose first line is its name: that line, which stands before its first sentence.
   */
  readonly label?: Span;
  /**
   * Of a table cell: the first cell of its row, and the header of its column. The first cell itself
   * is a sentence only where its row has nothing else: "Myth" cells must not be quoted on their own.
   */
  readonly row?: Span;
  readonly column?: Span;
  /**
   * Why it must not be shown as it stands: `lost-list` introduces a list that is no longer there,
   * `fragment` is a line torn out of a table or caption that names no subject.
   */
  readonly doubt?: 'lost-list' | 'fragment';
}

/** The stretch of a source document that a section of ours was written from, with a hash of it. */
export interface Origin extends Span {
  readonly hash: string;
}

/** A heading with what stands under it, up to the next heading of any level. */
export interface Section extends Span {
  /** Headings from the outermost in, without the article's title; empty before the first heading. */
  readonly path: readonly string[];
  /** The innermost heading, where there is one. */
  readonly heading?: Span;
  /** Other ways people ask for this section; indexed, never shown as the article's words. */
  readonly asked: readonly string[];
  /** Of a digest: the places of the source document it sums up, in that document's raw text. */
  readonly from?: readonly Origin[];
  /** In reading order. */
  readonly sentences: readonly Sentence[];
}

/** Something cleaning did, or could not decide, for the report of `npm run ingest`. */
export interface Finding {
  readonly kind: 'repaired' | 'dropped' | 'doubtful';
  /** For instance `mojibake`, `promotion`, `reference list`, `lost list`. */
  readonly what: string;
  /** Where, in UTF-16 code units of the raw file. */
  readonly start: number;
  readonly end: number;
  /** The first words of what stood there, in one line. */
  readonly excerpt: string;
}

/** What the clinic published, whole. */
export interface Article {
  /** Lower-case name used in links, unique in the corpus. */
  readonly slug: string;
  /** File name of the source document: front matter's `origin`, else the file's own name. */
  readonly origin: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly authors: readonly string[];
  readonly reviewers: readonly string[];
  /** BCP 47. */
  readonly language: string;
  /** ISO dates; null where the source shows none. */
  readonly reviewed: string | null;
  readonly expires: string | null;
  readonly url: string | null;
  /** Cleaned text; every offset of this article points into it. */
  readonly text: string;
  readonly sections: readonly Section[];
  readonly findings: readonly Finding[];
}

/** The quote at a span: what a citation shows and what `verify` compares. */
export function quoteOf(article: Article, span: Span): string {
  return article.text.slice(span.start, span.end);
}

/** One word with its place in the original text, in UTF-16 code units. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** NFKC, lower case, without accents, curly apostrophes made straight. */
  readonly word: string;
}

const WORD = /[\p{L}\p{N}]+(?:['\u2019\u02bc\u00b4`][\p{L}]+)*/gu;
const APOSTROPHE = /[\u2019\u02bc\u00b4`]/g;
const ACCENT = /\p{M}+/gu;
/** Of such a word only the case can change, and that is most words. */
const PLAIN = /^[A-Za-z\d']*$/;

/** One form for words that differ only in case, accents, width or the kind of apostrophe. */
export function foldWord(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKD')
    .replace(ACCENT, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(APOSTROPHE, "'");
}

/** Words in reading order; digits count as words, punctuation and emoji do not. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const found of text.matchAll(WORD)) {
    const word = foldWord(found[0]);
    if (word) tokens.push({ start: found.index, end: found.index + found[0].length, word });
  }
  return tokens;
}

/** The folded words of a text in reading order. */
export function foldedWords(text: string): string[] {
  return tokenize(text).map(({ word }) => word);
}

/** The folded words with one space between them: what a pattern over whole messages reads. */
export function foldText(text: string): string {
  return foldedWords(text).join(' ');
}

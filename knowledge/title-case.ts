/** Written small in titles. */
const SHORT_WORDS = new Set(
  'a an and as at but by for from how in into is its it nor of off on or so than that the to up via vs with your are do does you be not what when why who not'.split(
    ' ',
  ),
);

/** Words that a title writes with a capital, brackets left out; its first word is one. */
export function majorWords(text: string): string[] {
  const words = text.replace(/\([^)]*\)/g, ' ').match(/\p{L}[\p{L}'\u2019-]*/gu) ?? [];
  return words.filter((word, i) => i === 0 || !SHORT_WORDS.has(word.toLowerCase()));
}

/** Three of four major words begin with a capital. */
export function isTitleCase(text: string): boolean {
  const major = majorWords(text);
  return major.filter((word) => /^\p{Lu}/u.test(word)).length >= major.length * 0.75;
}

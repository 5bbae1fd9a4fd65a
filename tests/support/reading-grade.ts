function countSyllables(word: string): number {
  return Math.max(1, word.replace(/e$/, '').match(/[aeiouy]+/g)?.length ?? 0);
}

export function plainWords(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  );
}

/** Flesch-Kincaid grade level: years of school (US) it takes to read it; 0 for less than five words. */
export function readingGrade(text: string): number {
  const words = plainWords(text);
  if (words.length < 5) return 0;
  const sentences = text.split(/[.!?]+\s|\n+/).filter((part) => plainWords(part).length > 2);
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  const wordsPerSentence = words.length / Math.max(1, sentences.length);
  return 0.39 * wordsPerSentence + 11.8 * (syllables / words.length) - 15.59;
}

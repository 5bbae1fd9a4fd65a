/** Room for the number of a word beside 32 bits of hash in the 53 that a double holds exactly. */
const MOST_WORDS = 2 ** 20;

/**
 * Words by what is left of them when a letter or two are left out (symmetric deletion): a word and
 * its slip share such a form, so the cost of a look-up depends on the word's length and not on how
 * many words there are.
 *
 * Hashes in one sorted array of doubles, each with its word's number behind it: a million forms as
 * strings in a `Map` took 60 MB. Two forms may share a hash; callers compare the words anyway.
 */
export class FormIndex {
  readonly #words: readonly string[];
  readonly #entries: Float64Array;

  /** `lettersOf` is how many letters may be left out of a word. Throws `RangeError` past 2^20 words. */
  constructor(words: readonly string[], lettersOf: (word: string) => 1 | 2) {
    if (words.length > MOST_WORDS) {
      throw new RangeError(`expected at most ${MOST_WORDS} words, found ${words.length}`);
    }
    this.#words = words;
    const counts = words.map((word) => formCount(word, lettersOf(word)));
    const entries = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
    let filled = 0;
    for (const [number, word] of words.entries()) {
      for (const hash of formHashes(word, lettersOf(word))) {
        entries[filled++] = hash * MOST_WORDS + number;
      }
    }
    entries.sort();
    // "off" without either "f" is one form.
    this.#entries = entries.filter((entry, at) => at === 0 || entry !== entries[at - 1]);
  }

  /** Words that share a form with this one, some more than once. */
  *near(word: string, letters: 1 | 2): Generator<string> {
    for (const hash of new Set(formHashes(word, letters))) {
      const end = (hash + 1) * MOST_WORDS;
      for (let at = this.#firstFrom(hash * MOST_WORDS); at < this.#entries.length; at += 1) {
        const entry = this.#entries[at] as number;
        if (entry >= end) break;
        yield this.#words[entry % MOST_WORDS] as string;
      }
    }
  }

  #firstFrom(entry: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle] as number) < entry) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Of the word itself and of what is left without any one letter, or any two. */
function formHashes(word: string, letters: 1 | 2): number[] {
  const hashes = [hashWithout(word, -1, -1)];
  for (let one = 0; one < word.length; one += 1) {
    hashes.push(hashWithout(word, one, -1));
    if (letters === 1) continue;
    for (let other = one + 1; other < word.length; other += 1) {
      hashes.push(hashWithout(word, one, other));
    }
  }
  return hashes;
}

function formCount({ length }: string, letters: 1 | 2): number {
  return 1 + length + (letters === 1 ? 0 : (length * (length - 1)) / 2);
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hashWithout(word: string, one: number, other: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) {
    if (at !== one && at !== other) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

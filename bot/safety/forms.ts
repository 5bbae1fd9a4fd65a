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
      eachForm(word, lettersOf(word), (hash) => {
        entries[filled++] = hash * MOST_WORDS + number;
      });
    }
    entries.sort();
    // "off" without either "f" is one form.
    let kept = 0;
    for (const entry of entries) if (entry !== entries[kept - 1]) entries[kept++] = entry;
    this.#entries = entries.slice(0, kept);
  }

  /** Words that share a form with this one, some more than once. */
  *near(word: string, letters: 1 | 2): Generator<string> {
    const hashes = new Set<number>();
    eachForm(word, letters, (hash) => hashes.add(hash));
    for (const hash of hashes) {
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

/** The hash of the word itself and of what is left without any one letter, or any two. */
function eachForm(word: string, letters: 1 | 2, take: (hash: number) => void): void {
  take(hashed(word, 0, START));
  // What stands before the letters left out is hashed once.
  let before = START;
  for (let one = 0; one < word.length; one += 1) {
    take(hashed(word, one + 1, before));
    let between = before;
    const end = letters === 2 ? word.length : 0;
    for (let other = one + 1; other < end; other += 1) {
      take(hashed(word, other + 1, between));
      between = withLetter(between, word.charCodeAt(other));
    }
    before = withLetter(before, word.charCodeAt(one));
  }
}

function formCount({ length }: string, letters: 1 | 2): number {
  return 1 + length + (letters === 1 ? 0 : (length * (length - 1)) / 2);
}

/** FNV-1a over UTF-16 code units, 32 bits. */
const START = 0x811c9dc5;

function withLetter(hash: number, letter: number): number {
  return Math.imul(hash ^ letter, 0x01000193);
}

/** The rest of the word, from a letter on, behind what has been hashed. */
function hashed(word: string, from: number, before: number): number {
  let hash = before;
  for (let at = from; at < word.length; at += 1) hash = withLetter(hash, word.charCodeAt(at));
  return hash >>> 0;
}

/** An entry is the number of a word, in so many bits, and below it what the bucket does not say of the hash. */
const NUMBER_BITS = 20;
const MOST_WORDS = 2 ** NUMBER_BITS;
const TAG_BITS = 32 - NUMBER_BITS;
const TAG = 2 ** TAG_BITS - 1;
/** Entries of a bucket, about: more take longer to look through, fewer make more buckets. */
const IN_BUCKET = 4;

/**
 * Words by what is left of them when a letter or two are left out (symmetric deletion): a word and
 * its slip share such a form, so the cost of a look-up depends on the word's length and not on how
 * many words there are.
 *
 * A million forms as strings in a `Map` took 60 MB, and sorting their hashes a tenth of a second: they
 * lie in buckets by the first bits of their hash. Two forms may look alike; callers compare the words
 * anyway.
 */
export class FormIndex {
  readonly #words: readonly string[];
  readonly #entries: Uint32Array;
  /** Where each bucket's entries begin, and where the last one's end. */
  readonly #from: Uint32Array;
  /** Bits of a hash that do not name its bucket. */
  readonly #shift: number;

  /** `lettersOf` is how many letters may be left out of a word. Throws `RangeError` past 2^20 words. */
  constructor(words: readonly string[], lettersOf: (word: string) => 1 | 2) {
    if (words.length > MOST_WORDS) {
      throw new RangeError(`expected at most ${MOST_WORDS} words, found ${words.length}`);
    }
    this.#words = words;
    let count = 0;
    for (const word of words) count += formCount(word, lettersOf(word));
    const bits = Math.max(1, Math.min(NUMBER_BITS, Math.ceil(Math.log2(count / IN_BUCKET))));
    this.#shift = 32 - bits;
    const hashes = new Uint32Array(count);
    const sizes = new Uint32Array(2 ** bits);
    let filled = 0;
    for (const word of words) {
      eachForm(word, lettersOf(word), (hash) => {
        hashes[filled++] = hash;
        sizes[hash >>> this.#shift]! += 1;
      });
    }
    this.#from = new Uint32Array(sizes.length + 1);
    for (const [bucket, size] of sizes.entries()) {
      this.#from[bucket + 1] = this.#from[bucket]! + size;
    }
    this.#entries = new Uint32Array(count);
    let at = 0;
    for (const [number, word] of words.entries()) {
      for (const end = at + formCount(word, lettersOf(word)); at < end; at += 1) {
        const hash = hashes[at]!;
        const bucket = hash >>> this.#shift;
        // Filled from its end.
        const place = this.#from[bucket]! + (sizes[bucket]! -= 1);
        this.#entries[place] = (number << TAG_BITS) | (hash & TAG);
      }
    }
  }

  /** Words that share a form with this one, some more than once. */
  *near(word: string, letters: 1 | 2): Generator<string> {
    const hashes = new Set<number>();
    eachForm(word, letters, (hash) => hashes.add(hash));
    for (const hash of hashes) {
      const bucket = hash >>> this.#shift;
      const end = this.#from[bucket + 1]!;
      for (let at = this.#from[bucket]!; at < end; at += 1) {
        const entry = this.#entries[at]!;
        if ((entry & TAG) === (hash & TAG)) yield this.#words[entry >>> TAG_BITS]!;
      }
    }
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

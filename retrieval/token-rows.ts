/** Tokens of the rows, as a matcher holds them against a question's; a row may have none. */
export class TokenRows {
  readonly #tokens: Int8Array;
  /** Where each row's tokens begin, and where the last row's end. */
  readonly #starts: Uint32Array;

  private constructor(tokens: Int8Array, lengths: ArrayLike<number>) {
    this.#tokens = tokens;
    this.#starts = new Uint32Array(lengths.length + 1);
    for (let row = 0; row < lengths.length; row += 1) {
      this.#starts[row + 1] = this.#starts[row]! + lengths[row]!;
    }
  }

  static of(rows: readonly Int8Array[]): TokenRows {
    const lengths = rows.map(({ length }) => length);
    const tokens = new Int8Array(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    for (const row of rows) {
      tokens.set(row, at);
      at += row.length;
    }
    return new TokenRows(tokens, lengths);
  }

  /** Reads what `bytes` gave. Throws `RangeError` where that is not of so many rows. */
  static read(bytes: Uint8Array, rows: number): TokenRows {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const head = rows * Uint32Array.BYTES_PER_ELEMENT;
    if (bytes.length < head) throw new RangeError(`no tokens of ${rows} rows`);
    const lengths = Array.from({ length: rows }, (_, row) => view.getUint32(4 * row, true));
    const count = lengths.reduce((sum, length) => sum + length, 0);
    if (bytes.length !== head + count) throw new RangeError(`no tokens of ${rows} rows`);
    return new TokenRows(Int8Array.from(bytes.subarray(head)), lengths);
  }

  get rows(): number {
    return this.#starts.length - 1;
  }

  row(row: number): Int8Array {
    return this.#tokens.subarray(this.#starts[row], this.#starts[row + 1]);
  }

  /** The length of each row as 32-bit numbers, little end first, then the rows one behind the other. */
  bytes(): Uint8Array {
    const head = this.rows * Uint32Array.BYTES_PER_ELEMENT;
    const bytes = new Uint8Array(head + this.#tokens.length);
    const view = new DataView(bytes.buffer);
    for (let row = 0; row < this.rows; row += 1) {
      view.setUint32(4 * row, this.#starts[row + 1]! - this.#starts[row]!, true);
    }
    bytes.set(new Uint8Array(this.#tokens.buffer, this.#tokens.byteOffset), head);
    return bytes;
  }
}

import { TokenRows } from '../../retrieval/token-rows.ts';

describe('TokenRows', () => {
  const rows = [Int8Array.of(-127, 3), Int8Array.of(), Int8Array.of(127, -1, 0, 5)];

  it('gives back each row, and of its bytes the same again', () => {
    const made = TokenRows.of(rows);
    const read = TokenRows.read(made.bytes(), rows.length);
    for (const found of [made, read]) {
      expect(found.rows).toBe(3);
      expect(rows.map((_, row) => found.row(row))).toEqual(rows);
    }
  });

  it('reads no bytes of another number of rows', () => {
    const bytes = TokenRows.of(rows).bytes();
    for (const [given, count] of [
      [bytes, 2],
      [bytes, 4],
      [bytes.subarray(0, -1), 3],
      [new Uint8Array(5), 3],
    ] as const) {
      expect(() => TokenRows.read(given, count)).toThrow(RangeError);
    }
  });
});

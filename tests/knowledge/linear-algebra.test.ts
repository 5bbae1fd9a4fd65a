import { dot, factorise, solve } from '../../knowledge/linear-algebra.ts';
import { randomFrom } from '../../knowledge/random.ts';

/** A lower triangle in [-1, 1), its diagonal in [1, 2): what it makes can be factorised, into itself only. */
function randomTriangle(width: number): Float64Array {
  const random = randomFrom(width);
  const triangle = new Float64Array(width * width);
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j < i; j += 1) triangle[i * width + j] = (2 * random() - 1) / Math.sqrt(width);
    triangle[i * width + i] = 1 + random();
  }
  return triangle;
}

/** The triangle times itself turned over. */
function squareOf(triangle: Float64Array, width: number): Float64Array {
  const row = (i: number) => triangle.subarray(i * width, (i + 1) * width);
  return Float64Array.from({ length: width * width }, (_, at) =>
    dot(row(Math.floor(at / width)), row(at % width)),
  );
}

/** Farthest that two matrices of `width` rows are apart, on and below the diagonal. */
function apart(one: Float64Array, other: Float64Array, width: number): number {
  let most = 0;
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const distance = Math.abs(one[i * width + j]! - other[i * width + j]!);
      // Not a number is as far as can be.
      most = distance <= most ? most : Number.isNaN(distance) ? Infinity : distance;
    }
  }
  return most;
}

describe('factorise', () => {
  // Tiles are 64 wide and taken four columns at a time: on their edges, beside them, and two tiles on.
  it.each([0, 1, 2, 63, 64, 65, 66, 67, 68, 127, 128, 129, 131, 193, 200])(
    'finds the triangle that a matrix of %s rows was made of',
    (width) => {
      const triangle = randomTriangle(width);
      const factor = factorise(squareOf(triangle, width), width);
      expect(apart(factor, triangle, width)).toBeLessThan(1e-10);
    },
  );

  it('reads the lower half alone', () => {
    const width = 131;
    const whole = squareOf(randomTriangle(width), width);
    const half = whole.map((value, at) => (at % width > Math.floor(at / width) ? NaN : value));
    expect(apart(factorise(half, width), factorise(whole, width), width)).toBe(0);
  });

  it('leaves the upper half as it was', () => {
    const width = 131;
    const square = squareOf(randomTriangle(width), width);
    const upper = (values: Float64Array) =>
      values.map((value, at) => (at % width > Math.floor(at / width) ? value : 0));
    const before = upper(square);
    expect(upper(factorise(square, width))).toEqual(before);
  });

  it('gives what solves for the matrix', () => {
    const width = 150;
    const square = squareOf(randomTriangle(width), width);
    const random = randomFrom(1);
    const wanted = Float64Array.from({ length: width }, random);
    const values = Float64Array.from({ length: width }, (_, i) =>
      dot(square.subarray(i * width, (i + 1) * width), wanted),
    );
    const solved = solve(factorise(square, width), values, width);
    expect(Math.max(...solved.map((value, i) => Math.abs(value - wanted[i]!)))).toBeLessThan(1e-10);
  });
});

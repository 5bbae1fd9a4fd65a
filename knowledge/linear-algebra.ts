/** Both of one length. */
export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += one[i]! * other[i]!;
  return sum;
}

/** Rows and columns of the tiles that are factorised at a time, so that both fit a processor's cache. */
const TILE = 64;

/** Cholesky of a symmetric positive matrix of `width` rows, in place: the lower half becomes the factor. */
export function factorise(squares: Float64Array, width: number): Float64Array {
  for (let top = 0; top < width; top += TILE) {
    const bottom = Math.min(top + TILE, width);
    for (let left = 0; left <= top; left += TILE) {
      const right = Math.min(left + TILE, width);
      for (let from = 0; from < left; from += TILE) {
        for (let i = top; i < bottom; i += 1) {
          subtractProducts(squares, width, i, left, Math.min(right, i + 1), from);
        }
      }
      for (let j = left; j < right; j += 1) {
        for (let i = Math.max(top, j); i < bottom; i += 1) {
          let sum = squares[i * width + j]!;
          for (let k = left; k < j; k += 1)
            sum -= squares[i * width + k]! * squares[j * width + k]!;
          squares[i * width + j] = i === j ? Math.sqrt(sum) : sum / squares[j * width + j]!;
        }
      }
    }
  }
  return squares;
}

/**
 * Takes from each column of row i its product with that column's row over the tile at `from`: four
 * columns at once, whose sums do not wait for each other.
 */
function subtractProducts(
  squares: Float64Array,
  width: number,
  i: number,
  left: number,
  right: number,
  from: number,
): void {
  const row = i * width;
  let j = left;
  for (; j + 3 < right; j += 4) {
    const first = j * width;
    const second = first + width;
    const third = second + width;
    const fourth = third + width;
    let one = 0;
    let two = 0;
    let three = 0;
    let four = 0;
    for (let k = from; k < from + TILE; k += 1) {
      const value = squares[row + k]!;
      one += value * squares[first + k]!;
      two += value * squares[second + k]!;
      three += value * squares[third + k]!;
      four += value * squares[fourth + k]!;
    }
    squares[row + j]! -= one;
    squares[row + j + 1]! -= two;
    squares[row + j + 2]! -= three;
    squares[row + j + 3]! -= four;
  }
  for (; j < right; j += 1) {
    let sum = 0;
    for (let k = from; k < from + TILE; k += 1) sum += squares[row + k]! * squares[j * width + k]!;
    squares[row + j]! -= sum;
  }
}

/** Solves for the factor alone; `values` are 0 before `first`. */
export function forward(
  factor: Float64Array,
  values: Float64Array,
  width: number,
  first = 0,
): Float64Array {
  const solved = new Float64Array(width);
  for (let i = first; i < width; i += 1) {
    let sum = values[i]!;
    for (let k = first; k < i; k += 1) sum -= factor[i * width + k]! * solved[k]!;
    solved[i] = sum / factor[i * width + i]!;
  }
  return solved;
}

/** Solves for the matrix that was factorised. */
export function solve(factor: Float64Array, values: Float64Array, width: number): Float64Array {
  const solved = forward(factor, values, width);
  for (let i = width - 1; i >= 0; i -= 1) {
    let sum = solved[i]!;
    for (let k = i + 1; k < width; k += 1) sum -= factor[k * width + i]! * solved[k]!;
    solved[i] = sum / factor[i * width + i]!;
  }
  return solved;
}

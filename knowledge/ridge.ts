/** Rows of numbers, all of one length. */
export type Rows = readonly Float64Array[];

export interface Ridge {
  /** One row of coefficients per target, as long as a row of features. */
  readonly weights: Rows;
  /** For each example, what each target would be told by weights learned without that example. */
  readonly leftOut: Rows;
}

/**
 * Least squares with a penalty, all targets at once, solved exactly: the same input gives the same
 * weights. `importance` is one weight per example; the last feature is the constant 1 and is not
 * penalised. What an example would be told without itself follows from its leverage, so that
 * leave-one-out costs one more pass (Hastie et al., Elements of Statistical Learning, 7.10).
 */
export function fitRidge(
  features: Rows,
  targets: Rows,
  importance: Float64Array,
  penalty: number,
): Ridge {
  const width = features[0]?.length ?? 0;
  const count = targets[0]?.length ?? 0;
  const factor = factorise(weightedSquares(features, importance, width, penalty), width);
  const weights = Array.from({ length: count }, (_, target) => {
    const moment = new Float64Array(width);
    for (const [at, row] of features.entries()) {
      const scale = (importance[at] ?? 0) * (targets[at]?.[target] ?? 0);
      if (scale !== 0) for (let i = 0; i < width; i += 1) moment[i]! += scale * row[i]!;
    }
    return solve(factor, moment, width);
  });
  const columns = columnsOfInverse(factor, width);
  const leftOut = features.map((row, at) => {
    const half = combined(columns, row);
    const leverage = (importance[at] ?? 0) * dot(half, half);
    return Float64Array.from(weights, (of, target) => {
      const told = dot(of, row);
      return (told - leverage * (targets[at]?.[target] ?? 0)) / (1 - leverage);
    });
  });
  return { weights, leftOut };
}

/** Both of one length. */
export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += one[i]! * other[i]!;
  return sum;
}

/** Keeps the last feature's penalty from being nothing at all, where all examples agree. */
const CONSTANT_PENALTY = 1e-3;

/** The lower half, row by row. */
function weightedSquares(
  features: Rows,
  importance: Float64Array,
  width: number,
  penalty: number,
): Float64Array {
  const squares = new Float64Array(width * width);
  for (const [at, row] of features.entries()) {
    const told = placesOf(row);
    for (const [last, i] of told.entries()) {
      const scale = row[i]! * (importance[at] ?? 0);
      const start = i * width;
      for (let n = 0; n <= last; n += 1) squares[start + told[n]!]! += scale * row[told[n]!]!;
    }
  }
  for (let i = 0; i < width - 1; i += 1) squares[i * width + i]! += penalty;
  squares[width * width - 1]! += CONSTANT_PENALTY;
  return squares;
}

/** Where a row is not 0: most rows are 0 almost everywhere, and what is 0 need not be multiplied. */
function placesOf(row: Float64Array): Uint32Array {
  const places = new Uint32Array(row.length);
  let found = 0;
  for (let i = 0; i < row.length; i += 1) if (row[i] !== 0) places[found++] = i;
  return places.subarray(0, found);
}

/** Each column of the factor's inverse, one behind the other. */
function columnsOfInverse(factor: Float64Array, width: number): Float64Array {
  const columns = new Float64Array(width * width);
  for (let at = 0; at < width; at += 1) {
    const unit = new Float64Array(width);
    unit[at] = 1;
    columns.set(forward(factor, unit, width, at), at * width);
  }
  return columns;
}

/** The sum of columns by the numbers of a row; a column is 0 before its own place. */
function combined(columns: Float64Array, row: Float64Array): Float64Array {
  const width = row.length;
  const sum = new Float64Array(width);
  for (const at of placesOf(row)) {
    const value = row[at]!;
    for (let i = at; i < width; i += 1) sum[i]! += value * columns[at * width + i]!;
  }
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

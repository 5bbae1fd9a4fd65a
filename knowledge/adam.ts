const TINY = 1e-8;

/** Numbers that are learned, with what Adam keeps about each (Kingma and Ba 2015, arXiv:1412.6980). */
export class Adam {
  readonly values: Float32Array;
  /** Of the loss by each value; whoever learns adds them up, a step uses and clears them. */
  readonly slopes: Float32Array;
  readonly #mean: Float32Array;
  readonly #square: Float32Array;
  #steps = 0;

  constructor(values: Float32Array) {
    this.values = values;
    this.slopes = new Float32Array(values.length);
    this.#mean = new Float32Array(values.length);
    this.#square = new Float32Array(values.length);
  }

  /** `decay` pulls each value towards 0, whatever its slope (Loshchilov and Hutter 2019, arXiv:1711.05101). */
  step(rate: number, decay = 0): void {
    this.#steps += 1;
    const meanShare = 1 - 0.9 ** this.#steps;
    const squareShare = 1 - 0.999 ** this.#steps;
    const kept = 1 - rate * decay;
    const { values, slopes } = this;
    for (let i = 0; i < values.length; i++) {
      const slope = slopes[i]!;
      const mean = 0.9 * this.#mean[i]! + 0.1 * slope;
      const square = 0.999 * this.#square[i]! + 0.001 * slope * slope;
      this.#mean[i] = mean;
      this.#square[i] = square;
      const stride = mean / meanShare / (Math.sqrt(square / squareShare) + TINY);
      values[i] = kept * values[i]! - rate * stride;
    }
    slopes.fill(0);
  }
}

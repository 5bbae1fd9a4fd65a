/** A point in time that ends all model work of one turn. */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #at: number;
  #isOver = false;
  readonly #timer: NodeJS.Timeout;
  readonly #abort = new AbortController();

  constructor(ms: number) {
    this.#at = performance.now() + ms;
    this.signal = this.#abort.signal;
    this.#timer = setTimeout(() => {
      this.#isOver = true;
      this.end();
    }, ms);
  }

  /** Whether time ran out, as against `end` having been called. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get remainingMs(): number {
    return this.#abort.signal.aborted ? 0 : Math.max(0, this.#at - performance.now());
  }

  /** What is still running is given up. */
  end(): void {
    clearTimeout(this.#timer);
    if (!this.#abort.signal.aborted) this.#abort.abort();
  }
}

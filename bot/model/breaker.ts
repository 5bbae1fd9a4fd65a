/** Failures in a row after which a model is left alone. */
const FAILURES = 3;
/** How long, in ms; then one call is tried. */
const REST_MS = 30_000;
/** Longest rest that a server may ask for. */
const LONGEST_REST_MS = 600_000;

/** Keeps a failing model from being asked, and the person from waiting for it. */
export class Breaker {
  #failures = 0;
  #restsUntil = 0;
  readonly #now: () => number;

  /** `now` in ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get isResting(): boolean {
    return this.#now() < this.#restsUntil;
  }

  succeed(): void {
    this.#failures = 0;
  }

  /** After a rest the first failure is enough for the next one. */
  fail(): void {
    this.#failures += 1;
    if (this.#failures >= FAILURES) this.rest(REST_MS);
  }

  rest(ms: number): void {
    this.#restsUntil = Math.max(
      this.#restsUntil,
      this.#now() + Math.min(Math.max(0, ms), LONGEST_REST_MS),
    );
  }
}

/**
 * Runs the tasks of one key one after another, in the order given; tasks of different keys run at
 * the same time. Holds nothing for a key with no task left.
 */
export class TurnQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Resolves or rejects as the task does; a rejected task does not hold up the next. */
  run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(task);
    const tail: Promise<void> = result.then(
      () => this.#forget(key, tail),
      () => this.#forget(key, tail),
    );
    this.#tails.set(key, tail);
    return result;
  }

  /** Keys with a task waiting or running. */
  get size(): number {
    return this.#tails.size;
  }

  #forget(key: string, tail: Promise<unknown>): void {
    if (this.#tails.get(key) === tail) this.#tails.delete(key);
  }
}

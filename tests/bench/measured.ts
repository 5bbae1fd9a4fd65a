/** What one suite found out. */
export interface Measured {
  /** Flat, with the unit in each name: what `--json` prints. */
  readonly figures: Readonly<Record<string, number>>;
  /** The same and more, for people. */
  readonly lines: readonly string[];
}

/** The value below which `share` of the values lie (nearest rank). Throws `RangeError` when there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('expected at least one value, found none');
  return found;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Milliseconds that `work` took. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** "p50 21.9, p95 45.0, p99 63.9 ms". */
export function spread(values: readonly number[], digits = 1): string {
  const shown = (share: number) => quantile(values, share).toFixed(digits);
  return `p50 ${shown(0.5)}, p95 ${shown(0.95)}, p99 ${shown(0.99)} ms`;
}

export function rounded(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}

export function line(name: string, value: string): string {
  return `  ${name.padEnd(34)} ${value}`;
}

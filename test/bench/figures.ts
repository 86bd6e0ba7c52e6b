/** One measured figure, and the peer's on the same scenario in the same run where there is one. */
export interface Figure {
  /** What was measured, such as `sign-in to first frame, p95`. */
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: { readonly name: string; readonly value: number };
  /** What is to be reached, in words, such as `≤ 1500 ms`. */
  readonly target?: string;
}

/**
 * What a bench prints as the last line of its standard output. A bench is a program `test/bench/<name>.bench.ts` that
 * ends by itself; everything else that it says goes to standard error.
 */
export interface BenchResult {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** Print the result where `npm run bench` reads it. */
export function printBenchResult(result: BenchResult): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

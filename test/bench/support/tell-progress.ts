/** Say on the standard error output what a bench does now; the standard output is for its result alone. */
export function tellProgress(what: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(1).padStart(5)} s  ${what}\n`);
}

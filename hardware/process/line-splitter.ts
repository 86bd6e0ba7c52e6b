/** Longer lines are cut: none of the programs that are read says as much in a line. */
const maxLineLength = 4_096;

/** Makes lines of chunks of text. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** Tell each line that `chunk` completes; an unfinished one waits for the next chunk. */
  push(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, maxLineLength);
    for (const line of lines) this.#onLine(line.replace(/\r$/, '').slice(0, maxLineLength));
  }
}

const width = 24;

/** @returns one line: `Desktops made  ██████░░░░░░  412 of 1,000` */
export function formatProgress(what: string, done: number, total: number): string {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.floor(part * width);
  const bar = '█'.repeat(full) + '░'.repeat(width - full);
  const [doneText, totalText] = [done, total].map((count) => count.toLocaleString('en'));
  return `${what}  ${bar}  ${doneText} of ${totalText}`;
}

/** Nobody reads faster. */
const redrawEveryMs = 50;

export interface ProgressBarOptions {
  /** Standard error, where it is a terminal; undefined shows nothing. */
  readonly write: ((text: string) => void) | undefined;
  /** In milliseconds. */
  readonly now?: () => number;
}

/** How far long work is, for a person who looks at it: one line that is drawn over itself. */
export class ProgressBar {
  readonly #write: ((text: string) => void) | undefined;
  readonly #now: () => number;
  #what = '';
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor({ write, now = () => performance.now() }: ProgressBarOptions) {
    this.#write = write;
    this.#now = now;
  }

  /** Tell how far it is; a new `what` begins a line of its own. */
  show(what: string, done: number, total: number): void {
    if (!this.#write) return;
    const isNew = what !== this.#what;
    if (!isNew && done < total && this.#now() - this.#drawnAt < redrawEveryMs) return;
    const lineEnd = isNew && this.#what !== '' ? '\n' : '';
    this.#what = what;
    this.#drawnAt = this.#now();
    this.#write(`${lineEnd}\r\x1b[K${formatProgress(what, done, total)}`);
  }

  /** End the line. */
  end(): void {
    if (this.#what !== '') this.#write?.('\n');
    this.#what = '';
  }
}

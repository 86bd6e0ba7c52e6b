/** Where `homeroom up` talks to the person who started it. */
export class Terminal {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Print `label … 1.2 s` around a piece of work; its error is passed on. */
  async step<T>(label: string, work: () => Promise<T>): Promise<T> {
    const startedAtMs = performance.now();
    this.#write(`  ${label} … `);
    try {
      const result = await work();
      this.#write(`${((performance.now() - startedAtMs) / 1000).toFixed(1)} s\n`);
      return result;
    } catch (error) {
      this.#write('failed\n');
      throw error;
    }
  }

  /** Print a line of its own. */
  note(text: string): void {
    this.#write(`  ${text}\n`);
  }

  /** Print a text as it is. */
  print(text: string): void {
    this.#write(text);
  }
}

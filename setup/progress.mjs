/**
 * Tells a person what is going on: one short line per piece of work, with its time.
 * Nothing is printed for work that is not needed.
 */
export class Progress {
  /** @type {(text: string) => void} */
  #write;
  /** @type {() => number} */
  #nowMs;

  /**
   * @param {(text: string) => void} write where the lines go
   * @param {() => number} nowMs a clock in milliseconds
   */
  constructor(write = (text) => process.stdout.write(text), nowMs = () => performance.now()) {
    this.#write = write;
    this.#nowMs = nowMs;
  }

  /**
   * Print `label … 1.2 s` around a piece of work, or `label … failed after 1.2 s`.
   *
   * @template T
   * @param {string} label
   * @param {() => Promise<T>} work
   * @returns {Promise<T>} what the work returned; its error is passed on
   */
  async step(label, work) {
    this.#write(`  ${label} … `);
    const startedAt = this.#nowMs();
    try {
      const result = await work();
      this.#write(`${formatSeconds(this.#nowMs() - startedAt)}\n`);
      return result;
    } catch (error) {
      this.#write(`failed after ${formatSeconds(this.#nowMs() - startedAt)}\n`);
      throw error;
    }
  }

  /** @param {string} text a line of its own */
  note(text) {
    this.#write(`  ${text}\n`);
  }
}

/**
 * @param {number} durationMs
 * @returns {string} seconds with one decimal
 */
export function formatSeconds(durationMs) {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

const maxFrameBytes = 32 * 1024 * 1024;

/** Cuts a stream of bytes into texts that end with NUL, as the debugging pipe sends them. */
export class NulFrames {
  #parts: Buffer[] = [];
  #length = 0;

  /**
   * @returns the texts that this chunk completes, in order; empty when it completes none
   * @throws when one text grows beyond what any answer has
   */
  push(chunk: Buffer): string[] {
    const texts: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      this.#parts.push(chunk.subarray(start, end));
      texts.push(Buffer.concat(this.#parts).toString('utf8'));
      this.#parts = [];
      this.#length = 0;
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return texts;
  }

  #keep(rest: Buffer): void {
    if (rest.length === 0) return;
    this.#parts.push(rest);
    this.#length += rest.length;
    if (this.#length > maxFrameBytes) throw new RangeError(`a message has more than ${maxFrameBytes} bytes`);
  }
}

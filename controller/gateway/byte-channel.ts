/**
 * A two-way stream of bytes with back-pressure: the one shape that the relay knows. A channel
 * begins paused; it never throws after its end.
 */
export interface ByteChannel {
  /**
   * Send bytes.
   *
   * @returns false when the other side is slower: send no more until `onDrain`
   */
  write(bytes: Buffer): boolean;
  /** Who gets the bytes that arrive; replaces the one before. */
  onBytes(listener: (bytes: Buffer) => void): void;
  /** Who is told that more may be written; replaces the one before. */
  onDrain(listener: () => void): void;
  pause(): void;
  resume(): void;
  /** Settles at the end, whoever ended it; never rejects. */
  readonly closed: Promise<void>;
  /** End it at once; repeating does nothing. */
  destroy(): void;
}

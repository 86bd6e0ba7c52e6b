/**
 * A two-way stream of bytes with back-pressure: the one shape that the relay knows. A channel
 * begins paused; it never throws after its end. Nothing is copied on the way: bytes stay in the
 * memory of the channel that read them until the other one has sent them.
 */
export interface ByteChannel {
  /**
   * Send bytes.
   *
   * @param headRoom how many bytes before `bytes`, in the same memory, may be written over
   * @returns true when the memory may be used again; false when it must stay as it is until `onDrain`
   */
  write(bytes: Buffer, headRoom?: number): boolean;
  /** Who gets the bytes that arrive; replaces the one before. */
  onBytes(listener: BytesListener): void;
  /** Who is told that everything that was written is sent; replaces the one before. */
  onDrain(listener: () => void): void;
  pause(): void;
  resume(): void;
  /** Settles at the end, whoever ended it; never rejects. */
  readonly closed: Promise<void>;
  /** End it at once; repeating does nothing. */
  destroy(): void;
}

/**
 * Takes bytes that arrived. They are valid until it returns or, when it paused the channel, until
 * that is resumed; whoever keeps them longer copies them.
 */
export type BytesListener = (bytes: Buffer, headRoom: number) => void;

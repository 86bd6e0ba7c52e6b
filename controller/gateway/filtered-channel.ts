import { toError } from '@homeroom/protocol';
import type { ByteChannel, BytesListener } from './byte-channel.ts';
import type { ClientFilter } from './rfb/client-filter.ts';

/** A browser's channel of which only what a filter lets through arrives; what goes to the browser is untouched. */
export class FilteredChannel implements ByteChannel {
  readonly closed: Promise<void>;
  readonly #inner: ByteChannel;
  readonly #filter: ClientFilter;
  readonly #refuse: (fault: Error) => void;

  /** @param refuse called when the browser sent what cannot be judged; nothing of it, nor of what follows, arrives */
  constructor(inner: ByteChannel, filter: ClientFilter, refuse: (fault: Error) => void) {
    this.#inner = inner;
    this.#filter = filter;
    this.#refuse = refuse;
    this.closed = inner.closed;
  }

  onBytes(listener: BytesListener): void {
    this.#inner.onBytes((bytes) => {
      try {
        const passed = this.#filter.pass(bytes);
        if (passed.length > 0) listener(passed, 0);
      } catch (caught) {
        this.#inner.onBytes(() => undefined);
        this.#refuse(toError(caught));
      }
    });
  }

  write(bytes: Buffer, headRoom?: number): boolean {
    return this.#inner.write(bytes, headRoom);
  }

  onDrain(listener: () => void): void {
    this.#inner.onDrain(listener);
  }

  pause(): void {
    this.#inner.pause();
  }

  resume(): void {
    this.#inner.resume();
  }

  destroy(): void {
    this.#inner.destroy();
  }
}

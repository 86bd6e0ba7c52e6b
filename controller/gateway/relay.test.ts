import { describe, expect, it } from 'vitest';
import type { ByteChannel, BytesListener } from './byte-channel.ts';
import { relay } from './relay.ts';

/** A channel that is driven by hand. */
class FakeChannel implements ByteChannel {
  readonly written: string[] = [];
  isFull = false;
  isPaused = true;
  #listener: BytesListener = () => undefined;
  #drained: () => void = () => undefined;
  readonly #end = Promise.withResolvers<void>();
  readonly closed = this.#end.promise;

  write(bytes: Buffer): boolean {
    this.written.push(bytes.toString());
    return !this.isFull;
  }
  onBytes(listener: BytesListener): void {
    this.#listener = listener;
  }
  onDrain(listener: () => void): void {
    this.#drained = listener;
  }
  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
  }
  destroy(): void {
    this.#end.resolve();
  }
  receive(text: string): void {
    this.#listener(Buffer.from(text), 0);
  }
  drain(): void {
    this.isFull = false;
    this.#drained();
  }
}

const setUp = () => {
  const [desktop, browser] = [new FakeChannel(), new FakeChannel()];
  const seen: string[] = [];
  const ended = relay(desktop, browser, {
    fromDesktop: (bytes) => seen.push(`desktop ${bytes}`),
    fromBrowser: (bytes) => seen.push(`browser ${bytes}`),
  });
  return { desktop, browser, seen, ended };
};

describe('relay', () => {
  it('passes bytes both ways and shows them to its observer', () => {
    const { desktop, browser, seen } = setUp();
    desktop.receive('picture');
    browser.receive('key');
    expect([browser.written, desktop.written, seen]).toEqual([
      ['picture'],
      ['key'],
      ['desktop picture', 'browser key'],
    ]);
  });

  it('reads each side only as fast as the other takes it', () => {
    const { desktop, browser } = setUp();
    expect([desktop.isPaused, browser.isPaused]).toEqual([false, false]);
    browser.isFull = true;
    desktop.receive('picture');
    expect([desktop.isPaused, browser.isPaused]).toEqual([true, false]);
    browser.drain();
    expect(desktop.isPaused).toBe(false);
    desktop.isFull = true;
    browser.receive('clipboard');
    expect([desktop.isPaused, browser.isPaused]).toEqual([false, true]);
    desktop.drain();
    expect(browser.isPaused).toBe(false);
  });

  it('tells which side ended first', async () => {
    const first = setUp();
    first.desktop.destroy();
    expect(await first.ended).toBe('desktop');
    const second = setUp();
    second.browser.destroy();
    expect(await second.ended).toBe('browser');
  });
});

import { expect, it } from 'vitest';
import type { ByteChannel, BytesListener } from './byte-channel.ts';
import { FilteredChannel } from './filtered-channel.ts';
import { ClientFilter } from './rfb/client-filter.ts';

/** A browser that is driven by hand. */
class FakeBrowser implements ByteChannel {
  readonly written: number[] = [];
  readonly closed = Promise.resolve();
  isPaused = false;
  isDestroyed = false;
  #listener: BytesListener = () => undefined;
  #drained: () => void = () => undefined;

  write(bytes: Buffer): boolean {
    this.written.push(...bytes);
    return false;
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
    this.isDestroyed = true;
  }
  says(...bytes: number[]): void {
    this.#listener(Buffer.from(bytes), 0);
  }
  drain(): void {
    this.#drained();
  }
}

const key = [4, 1, 0, 0, 0, 0, 0, 65];
const update = [3, ...Array(9).fill(5)];

function setUp() {
  const browser = new FakeBrowser();
  const refused: string[] = [];
  const channel = new FilteredChannel(browser, new ClientFilter('view'), ({ message }) =>
    refused.push(message),
  );
  const heard: number[][] = [];
  channel.onBytes((bytes) => heard.push([...bytes]));
  return { browser, channel, refused, heard };
}

it('hands on what the filter lets through, and tells of nothing else', () => {
  const { browser, heard } = setUp();
  browser.says(1, ...key, ...update);
  browser.says(...key);
  expect(heard).toEqual([[1, ...update]]);
});

it('refuses once what cannot be judged, and hears nothing more', () => {
  const { browser, refused, heard } = setUp();
  browser.says(1, 77);
  browser.says(...update);
  expect([refused.length, heard]).toEqual([1, []]);
});

it('is the browser’s own channel in everything else', async () => {
  const { browser, channel } = setUp();
  let drains = 0;
  channel.onDrain(() => {
    drains += 1;
  });
  browser.drain();
  channel.pause();
  expect([channel.write(Buffer.of(9)), browser.written, drains, browser.isPaused]).toEqual([
    false,
    [9],
    1,
    true,
  ]);
  channel.resume();
  channel.destroy();
  expect([browser.isPaused, browser.isDestroyed]).toEqual([false, true]);
  await channel.closed;
});

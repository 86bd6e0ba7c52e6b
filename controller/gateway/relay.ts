import type { ByteChannel } from './byte-channel.ts';

/** What a relay tells while it runs. Called for every chunk: must be quick and must not throw. */
export interface RelayObserver {
  /** Bytes of the desktop, on their way to the browser. */
  fromDesktop(bytes: Buffer): void;
  /** Bytes of the browser, on their way to the desktop. */
  fromBrowser(bytes: Buffer): void;
}

/**
 * Pass bytes both ways, untouched, until one side ends. Each side is read only as fast as the
 * other takes it, so a relay never holds more than one piece of bytes on top of the kernel's buffers.
 *
 * @returns which side ended first; the other is still open
 */
export async function relay(
  desktop: ByteChannel,
  browser: ByteChannel,
  observer: RelayObserver,
): Promise<'desktop' | 'browser'> {
  pass(desktop, browser, (bytes) => observer.fromDesktop(bytes));
  pass(browser, desktop, (bytes) => observer.fromBrowser(bytes));
  return Promise.race([
    desktop.closed.then(() => 'desktop' as const),
    browser.closed.then(() => 'browser' as const),
  ]);
}

function pass(from: ByteChannel, to: ByteChannel, observe: (bytes: Buffer) => void): void {
  from.onBytes((bytes, headRoom) => {
    observe(bytes);
    if (!to.write(bytes, headRoom)) from.pause();
  });
  to.onDrain(() => from.resume());
  from.resume();
}

import { describe, expect, it } from 'vitest';
import { InputScanner } from './input-scanner.ts';

const clientInit = [1];
const setPixelFormat = [0, ...Array(19).fill(4)];
const setEncodings = [2, 0, 0, 2, ...Array(8).fill(4)];
const updateRequest = [3, ...Array(9).fill(5)];
const key = [4, 1, 0, 0, 0, 0, 0, 65];
const pointer = [5, 0, 0, 9, 0, 9];
const extendedPointer = [5, 0x80, 0, 9, 0, 9, 1];
const cutText = [6, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3];
const extendedCutText = [6, 0, 0, 0, 0xff, 0xff, 0xff, 0xfc, 3, 3, 3, 3];
const continuousUpdates = [150, ...Array(9).fill(4)];
const fence = [248, 0, 0, 0, 0, 0, 0, 0, 2, 4, 4];
const setDesktopSize = [251, 0, 0, 9, 0, 9, 1, 0, ...Array(16).fill(4)];
const qemuKey = [255, 0, 0, 1, 0, 0, 0, 65, 0, 0, 0, 30];

const quiet = [setPixelFormat, setEncodings, updateRequest, continuousUpdates, fence, setDesktopSize];

const scannerInStream = () => {
  const scanner = new InputScanner();
  scanner.sawInput(Uint8Array.from(clientInit));
  return scanner;
};

describe('InputScanner', () => {
  it('does not take updates, formats, fences and sizes for input, though they hold its type bytes', () => {
    expect(scannerInStream().sawInput(Uint8Array.from([...quiet, ...quiet].flat()))).toBe(false);
  });

  it.each([
    ['a key', key],
    ['the pointer', pointer],
    ['the pointer with more buttons', extendedPointer],
    ['the clipboard', cutText],
    ['the extended clipboard', extendedCutText],
    ['a QEMU key', qemuKey],
  ])('finds %s among other messages', (_name, message) => {
    const scanner = scannerInStream();
    expect(scanner.sawInput(Uint8Array.from([...quiet.flat(), ...message]))).toBe(true);
    expect(scanner.sawInput(Uint8Array.from(quiet.flat()))).toBe(false);
  });

  it('finds each message once when every byte comes by itself', () => {
    const scanner = new InputScanner();
    const bytes = [
      clientInit,
      ...quiet,
      key,
      ...quiet,
      extendedPointer,
      cutText,
      qemuKey,
      updateRequest,
    ].flat();
    expect(bytes.filter((byte) => scanner.sawInput(Uint8Array.of(byte)))).toHaveLength(4);
  });

  it('takes everything for input once a message is unknown', () => {
    const scanner = scannerInStream();
    expect(scanner.sawInput(Uint8Array.of(77))).toBe(true);
    expect(scanner.sawInput(Uint8Array.from(updateRequest))).toBe(true);
    expect(scanner.sawInput(new Uint8Array())).toBe(false);
  });
});

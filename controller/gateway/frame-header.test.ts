import { expect, it } from 'vitest';
import { frameHeaderLength, maxFrameHeader, writeFrameHeader } from './frame-header.ts';

it.each([
  [0, '8200'],
  [1, '8201'],
  [125, '827d'],
  [126, '827e007e'],
  [65_535, '827effff'],
  [65_536, '827f0000000000010000'],
  [2 ** 40, '827f0000010000000000'],
])('writes the header of %i bytes in its shortest form', (payloadBytes, expected) => {
  const target = Buffer.alloc(maxFrameHeader + 3);
  writeFrameHeader(target, 3, payloadBytes);
  const length = frameHeaderLength(payloadBytes);
  expect(target.subarray(3, 3 + length).toString('hex')).toBe(expected);
  expect(target.subarray(0, 3).toString('hex')).toBe('000000');
});

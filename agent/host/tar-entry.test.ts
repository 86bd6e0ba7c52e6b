import { expect, it } from 'vitest';
import { tarBytes, tarEnd, tarHeader, tarPadding } from './tar-entry.ts';

const file = { path: 'Ada/answers.txt', sizeBytes: 700, modifiedAt: new Date('2030-01-01T08:00:00.000Z') };
const field = (block: Buffer, from: number, to: number) => block.toString('latin1', from, to);

it('tells name, size, time and its own sum', () => {
  const block = tarHeader(file);
  expect(block).toHaveLength(512);
  expect(field(block, 0, 16)).toBe('Ada/answers.txt\0');
  expect(field(block, 124, 136)).toBe('00000001274\0');
  expect(Number.parseInt(field(block, 136, 147), 8)).toBe(Date.parse('2030-01-01T08:00:00Z') / 1000);
  expect(field(block, 257, 265)).toBe('ustar\x0000');
  const told = Number.parseInt(field(block, 148, 154), 8);
  const blanked = Buffer.from(block).fill(0x20, 148, 156);
  expect(told).toBe(blanked.reduce((sum, byte) => sum + byte, 0));
});

it.each([
  'Übung/Lösung.txt',
  `${'long/'.repeat(30)}name.txt`,
  // The record's length has as many digits as without itself, and one more.
  `ü${'x'.repeat(86)}`,
  `ü${'x'.repeat(87)}`,
])('puts the name %s before the header', (path) => {
  const blocks = tarHeader({ ...file, path });
  expect(field(blocks, 156, 157)).toBe('x');
  const bytes = Number.parseInt(field(blocks, 124, 135), 8);
  const record = blocks.toString('utf8', 512, 512 + bytes);
  expect(record).toBe(`${bytes} path=${path}\n`);
  expect(blocks.byteLength % 512).toBe(0);
  expect(field(blocks.subarray(-512), 156, 157)).toBe('0');
});

it('fills up to whole blocks, and knows how large all of it is', () => {
  expect([0, 1, 511, 512].map((bytes) => tarPadding(bytes).byteLength)).toEqual([0, 511, 1, 0]);
  expect(tarBytes([file, { ...file, sizeBytes: 0 }])).toBe(512 + 1024 + 512 + 1024);
  expect(tarBytes([])).toBe(tarEnd.byteLength);
});

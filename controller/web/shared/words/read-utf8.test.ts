import { expect, it } from 'vitest';
import { readUtf8 } from './read-utf8.ts';

it('reads umlauts, and a file that begins with a byte order mark', async () => {
  expect(await readUtf8(new Blob(['\uFEFFJürgen;Größe']))).toBe('Jürgen;Größe');
});

it('refuses what a spreadsheet saved in the encoding of its machine', async () => {
  const latin1 = new Blob([Uint8Array.from([0x4a, 0xfc, 0x72, 0x67, 0x65, 0x6e])]);
  await expect(readUtf8(latin1)).rejects.toThrow('The file is not UTF-8');
});

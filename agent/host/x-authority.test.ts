import { expect, it } from 'vitest';
import { xAuthorityFile } from './x-authority.ts';

it('writes one entry of the wild family without address and number', () => {
  expect(xAuthorityFile(Buffer.alloc(16, 0xab)).toString('hex')).toBe(
    `ffff${'0000'}${'0000'}${'0012'}${Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex')}${'0010'}${'ab'.repeat(16)}`,
  );
});

import { expect, it } from 'vitest';
import { createSealKey, Sealer } from './sealer.ts';

const sealer = new Sealer(createSealKey());

it('opens what it sealed, for its owner', () => {
  const sealed = sealer.seal('GEZDGNBV', 'ana');
  expect(sealed).toMatch(/^v1\.[\w-]+$/);
  expect(sealed).not.toContain('GEZDGNBV');
  expect(sealer.open(sealed, 'ana')).toBe('GEZDGNBV');
});

it('seals the same text differently each time', () => {
  expect(sealer.seal('x', 'ana')).not.toBe(sealer.seal('x', 'ana'));
});

it('does not open what is another’s, was changed, or was sealed by another key', () => {
  const sealed = sealer.seal('GEZDGNBV', 'ana');
  const changed = `${sealed.slice(0, -3)}${sealed.endsWith('AAA') ? 'BBB' : 'AAA'}`;
  for (const attempt of [
    () => sealer.open(sealed, 'ben'),
    () => sealer.open(changed, 'ana'),
    () => sealer.open(sealed.replace('v1', 'v2'), 'ana'),
    () => sealer.open('', 'ana'),
    () => new Sealer(createSealKey()).open(sealed, 'ana'),
  ]) {
    expect(attempt).toThrow(expect.objectContaining({ code: 'seal_broken' }));
  }
});

it('takes no key of another length', () => {
  expect(() => new Sealer('short')).toThrow(expect.objectContaining({ code: 'config_invalid' }));
});

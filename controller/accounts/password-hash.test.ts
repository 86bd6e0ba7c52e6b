import { argon2Sync } from 'node:crypto';
import { expect, it } from 'vitest';
import { decoyHash, hashPassword, isPassword } from './password-hash.ts';

it('tells the right password from a wrong one', async () => {
  const hash = await hashPassword('ribo-tanu');
  expect(await isPassword('ribo-tanu', hash)).toBe(true);
  expect(await isPassword('ribo-tanU', hash)).toBe(false);
});

it('writes the PHC string with OWASP’s parameters, and a new salt each time', async () => {
  const [one, two] = await Promise.all([hashPassword('same'), hashPassword('same')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(two);
});

it('reads a hash with other parameters', async () => {
  const nonce = Buffer.from('somesalt');
  const cost = { memory: 64, passes: 1, parallelism: 2, tagLength: 24 };
  const key = argon2Sync('argon2id', { ...cost, message: 'older', nonce }).toString('base64');
  const hash = `$argon2id$v=19$m=64,t=1,p=2$${nonce.toString('base64').replace('=', '')}$${key}`;
  expect(await isPassword('older', hash)).toBe(true);
  expect(await isPassword('newer', hash)).toBe(false);
});

it('takes a letter for the same however the keyboard composes it', async () => {
  expect(await isPassword('café', await hashPassword('cafe\u0301'))).toBe(true);
});

it('refuses what is no Argon2id hash, and any password for the decoy', async () => {
  expect(await isPassword('x', 'plain')).toBe(false);
  expect(await isPassword('', decoyHash)).toBe(false);
});

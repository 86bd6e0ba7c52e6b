import { expect, it } from 'vitest';
import { toBase32 } from './base32.ts';
import { codeOf, createTotpSecret, otpauthUri, stepAt, stepOfCode } from './totp.ts';

/** RFC 6238, appendix B, of whose eight digits ours are the last six. */
const secret = toBase32(Buffer.from('12345678901234567890'));

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('has at %i s the code %s', (seconds, code) => {
  expect(codeOf(secret, stepAt(seconds * 1_000))).toBe(code);
});

it('takes the code of now, of the step before and of the step after, and says which it was', () => {
  const nowMs = 1_000_000_015_000;
  const now = stepAt(nowMs);
  for (const step of [now - 1, now, now + 1]) {
    expect(stepOfCode(secret, codeOf(secret, step), nowMs)).toBe(step);
  }
  for (const step of [now - 2, now + 2]) {
    expect(stepOfCode(secret, codeOf(secret, step), nowMs)).toBeUndefined();
  }
});

it.each(['', '0', '28708', '2870820', 'abcdef', '２８７０８２'])('takes %j for no code', (code) => {
  expect(stepOfCode(secret, code, 59_000)).toBeUndefined();
});

it('makes a secret of 160 bits, another each time', () => {
  const [one, two] = [createTotpSecret(), createTotpSecret()];
  expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(one).not.toBe(two);
});

it('names the account and who it is for in the address that apps read', () => {
  expect(otpauthUri({ issuer: 'Homeroom', account: 'ana@school', secret: 'ABC' })).toBe(
    'otpauth://totp/Homeroom:ana%40school?secret=ABC&issuer=Homeroom&algorithm=SHA1&digits=6&period=30',
  );
});

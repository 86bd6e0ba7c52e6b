import { expect, it } from 'vitest';
import { createRecoveryCodes, hashRecoveryCode } from './recovery-codes.ts';

it('makes ten codes in groups of four letters, all different', () => {
  const codes = createRecoveryCodes();
  expect(codes).toHaveLength(10);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
});

it('knows a code again without its dashes, in small letters and with blanks', () => {
  const hash = hashRecoveryCode('ABCD-EFGH-2345-MNOP');
  expect(hash).toMatch(/^[\w-]{43}$/);
  for (const typed of ['abcdefgh2345mnop', ' ABCD EFGH 2345 MNOP '])
    expect(hashRecoveryCode(typed)).toBe(hash);
  expect(hashRecoveryCode('ABCD-EFGH-2345-MNOQ')).not.toBe(hash);
});

it.each(['', '123456', 'ABCD-EFGH-2345-MNO', 'ABCD-EFGH-1345-MNOP'])('takes %j for no code', (typed) => {
  expect(hashRecoveryCode(typed)).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import { obfuscateVncPassword } from './vnc-password.ts';

describe('obfuscateVncPassword', () => {
  // Both are known from files that vncpasswd wrote.
  it.each([
    ['password', 'dbd83cfd727a1458'],
    ['123456', '494015f9a35e8b22'],
  ])('writes %j as vncpasswd does', (secret, hex) => {
    expect(obfuscateVncPassword(secret).toString('hex')).toBe(hex);
  });

  it('takes eight bytes and no more', () => {
    expect(obfuscateVncPassword('password!')).toEqual(obfuscateVncPassword('password'));
  });
});

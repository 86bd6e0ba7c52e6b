import { createDecipheriv } from 'node:crypto';
import { expect, it } from 'vitest';
import { vncAuthResponse } from './vnc-auth.ts';

it('answers a challenge as VNC servers compute it', () => {
  // How VNC servers keep the password "password" in a file: encrypted under their fixed key.
  const fixedKey = Buffer.from('17526b06234e5807', 'hex').toString('latin1');
  const stored = vncAuthResponse(fixedKey, Buffer.from('passwordpassword'));
  expect(stored.subarray(0, 8).toString('hex')).toBe('dbd83cfd727a1458');
});

it('takes eight characters of the secret at most, and pads a shorter one', () => {
  const challenge = Buffer.alloc(16, 7);
  expect(vncAuthResponse('12345678rest', challenge)).toEqual(vncAuthResponse('12345678', challenge));
  expect(vncAuthResponse('1234', challenge)).toEqual(vncAuthResponse('1234\0\0\0\0', challenge));
  expect(vncAuthResponse('1234', challenge)).not.toEqual(vncAuthResponse('12345678', challenge));
});

it('is reversible with the same key', () => {
  const challenge = Buffer.from('0123456789abcdef');
  const key = Buffer.alloc(8, 0x80); // mirrored: 0x01
  const decipher = createDecipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null);
  decipher.setAutoPadding(false);
  const response = vncAuthResponse('\x01'.repeat(8), challenge);
  expect(Buffer.concat([decipher.update(response), decipher.final()])).toEqual(challenge);
});

import { createCipheriv } from 'node:crypto';

/**
 * VNC's fixed key, 23 82 107 6 35 78 88 7, with the bits of each byte turned round as VNC's DES wants them.
 * It hides a password from a glance and protects nothing: the file's mode does.
 */
const obfuscationKey = Buffer.from([0xe8, 0x4a, 0xd6, 0x60, 0xc4, 0x72, 0x1a, 0xe0]);

/**
 * @param secret at most eight bytes count: a limit of VNC authentication
 * @returns the contents of a password file as `vncpasswd` writes it
 */
export function obfuscateVncPassword(secret: string): Buffer {
  const padded = Buffer.alloc(8);
  padded.write(secret, 'latin1');
  // OpenSSL 3 has single DES in its legacy provider only; three times the same key is the same cipher.
  const cipher = createCipheriv(
    'des-ede3-ecb',
    Buffer.concat([obfuscationKey, obfuscationKey, obfuscationKey]),
    null,
  );
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]);
}

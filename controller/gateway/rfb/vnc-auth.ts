import { createCipheriv } from 'node:crypto';

/**
 * The answer to a VNC authentication challenge (RFC 6143, 7.2.2): DES in ECB mode, keyed with the
 * secret. VNC feeds each byte of the secret to DES with its bits mirrored. Single DES is a legacy
 * algorithm that OpenSSL 3 no longer offers, so triple DES runs with the same key three times,
 * which is the same function.
 *
 * @param secret at most its first eight bytes count, as VNC has it
 * @param challenge the server's 16 bytes
 * @returns 16 bytes
 */
export function vncAuthResponse(secret: string, challenge: Buffer): Buffer {
  const key = Buffer.alloc(8);
  Buffer.from(secret, 'latin1').copy(key, 0, 0, 8);
  for (const [index, byte] of key.entries()) key[index] = mirrorBits(byte);
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(challenge), cipher.final()]);
}

function mirrorBits(byte: number): number {
  let mirrored = 0;
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) mirrored |= 0x80 >> bit;
  return mirrored;
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { HomeroomError } from '@homeroom/protocol';

const algorithm = 'aes-256-gcm';
/** SP 800-38D, 5.2.1.1: 96 bits need no further treatment; 128 bits is the whole tag. */
const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;
const version = 'v1';

/** @returns a new key, as text for a file. */
export function createSealKey(): string {
  return randomBytes(keyBytes).toString('base64url');
}

/**
 * Keeps secrets that must be read again out of the database's sight (AES-256-GCM): the database, or a backup of it
 * alone, does not give them away. Each is sealed for one owner: moved to another's row it does not open.
 */
export class Sealer {
  readonly #key: Buffer;

  /** @param key as {@link createSealKey} makes it @throws config_invalid when it is none */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64url');
    if (this.#key.length !== keyBytes) {
      throw new HomeroomError('config_invalid', 'the key file for secrets holds no key of 32 bytes');
    }
  }

  /** @param owner whom it belongs to; needed to open it */
  seal(text: string, owner: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.#key, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${version}.${sealed.toString('base64url')}`;
  }

  /** @throws seal_broken when it was sealed by another key, for another owner, or was changed */
  open(sealed: string, owner: string): string {
    const [told, text = ''] = sealed.split('.', 2);
    const bytes = Buffer.from(text, 'base64url');
    try {
      if (told !== version) throw new Error(`sealed by ${told}`);
      const nonce = bytes.subarray(0, nonceBytes);
      const decipher = createDecipheriv(algorithm, this.#key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(-tagBytes));
      const opened = [decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()];
      return Buffer.concat(opened).toString('utf8');
    } catch (caught) {
      throw new HomeroomError('seal_broken', undefined, { cause: caught });
    }
  }
}

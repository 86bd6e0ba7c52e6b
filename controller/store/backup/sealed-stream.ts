/**
 * Sealing by a passphrase. The key is made of it by scrypt; what is sealed is cut into pieces of 64 KiB, each sealed by
 * AES-256-GCM for itself, so that nothing is believed before it was checked and nothing needs to be held whole. The nonce
 * is the number of the piece and whether it is the last: pieces cannot change places, and a cut shows. The key
 * is of one file alone (its salt is random), so a nonce never serves twice.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { HomeroomError, toError } from '@homeroom/protocol';

export const sealMagic = Buffer.from('HOMEROOM SEALED1');
const saltBytes = 16;
export const sealHeaderBytes = sealMagic.length + saltBytes + 1;
const pieceBytes = 64 * 1024;
const tagBytes = 16;
const cipher = 'aes-256-gcm';
/** 128 MiB and some tenths of a second, as OWASP recommends for scrypt. */
const defaultCost = 17;
/** A file could name a cost that no machine can pay. */
const maxCost = 20;

/** @returns a key and the head of the file that it is for */
export async function createSeal(
  passphrase: string,
  cost = defaultCost,
): Promise<{ header: Buffer; key: Buffer }> {
  const salt = randomBytes(saltBytes);
  const header = Buffer.concat([sealMagic, salt, Buffer.from([cost])]);
  return { header, key: await deriveKey(passphrase, salt, cost) };
}

/** @returns the key of a file with this head @throws backup_damaged */
export async function openSeal(passphrase: string, header: Buffer): Promise<Buffer> {
  const cost = header.at(-1) ?? 0;
  if (header.length !== sealHeaderBytes || cost < 10 || cost > maxCost)
    throw new HomeroomError('backup_damaged', 'The head of the sealed file is not as it was written.');
  return await deriveKey(passphrase, header.subarray(sealMagic.length, -1), cost);
}

function deriveKey(passphrase: string, salt: Buffer, cost: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const N = 2 ** cost;
  scrypt(passphrase.normalize('NFC'), salt, 32, { N, r: 8, p: 1, maxmem: 256 * N * 8 }, (error, key) =>
    error ? reject(error) : resolve(key),
  );
  return promise;
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Gathers what comes and hands it on in pieces of one size; the last may be shorter, and may be empty. */
abstract class Pieces extends Transform {
  readonly #size: number;
  #gathered: Buffer[] = [];
  #length = 0;
  #number = 0;

  constructor(size: number) {
    super();
    this.#size = size;
  }

  protected abstract turn(piece: Buffer, number: number, isLast: boolean): Buffer;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#gathered.push(chunk);
    this.#length += chunk.length;
    // A whole piece waits for the next byte: only then it is known not to be the last.
    this.#answer(done, () => {
      if (this.#length <= this.#size) return;
      let all = Buffer.concat(this.#gathered);
      for (; all.length > this.#size; all = all.subarray(this.#size)) {
        this.push(this.turn(all.subarray(0, this.#size), this.#number, false));
        this.#number += 1;
      }
      this.#gathered = [all];
      this.#length = all.length;
    });
  }

  override _flush(done: TransformCallback): void {
    this.#answer(done, () => this.push(this.turn(Buffer.concat(this.#gathered), this.#number, true)));
  }

  #answer(done: TransformCallback, work: () => void): void {
    try {
      work();
      done();
    } catch (caught) {
      done(toError(caught));
    }
  }
}

/** Seals what goes through it. The head of the file is written by the caller, and sealed with the first piece. */
export class SealingStream extends Pieces {
  readonly #key: Buffer;
  readonly #header: Buffer;

  constructor({ key, header }: { key: Buffer; header: Buffer }) {
    super(pieceBytes);
    this.#key = key;
    this.#header = header;
  }

  protected override turn(piece: Buffer, number: number, isLast: boolean): Buffer {
    const sealing = createCipheriv(cipher, this.#key, nonceOf(number, isLast)).setAAD(this.#header);
    return Buffer.concat([sealing.update(piece), sealing.final(), sealing.getAuthTag()]);
  }
}

/** Opens what {@link SealingStream} sealed; fails with `backup_passphrase_wrong` or `backup_damaged`. */
export class OpeningStream extends Pieces {
  readonly #key: Buffer;
  readonly #header: Buffer;

  constructor({ key, header }: { key: Buffer; header: Buffer }) {
    super(pieceBytes + tagBytes);
    this.#key = key;
    this.#header = header;
  }

  protected override turn(piece: Buffer, number: number, isLast: boolean): Buffer {
    try {
      const opening = createDecipheriv(cipher, this.#key, nonceOf(number, isLast), {
        authTagLength: tagBytes,
      });
      opening.setAAD(this.#header).setAuthTag(piece.subarray(-tagBytes));
      return Buffer.concat([opening.update(piece.subarray(0, -tagBytes)), opening.final()]);
    } catch (caught) {
      const cause = toError(caught);
      if (number === 0) {
        const detail = 'The passphrase does not open the backup, or its beginning is damaged.';
        throw new HomeroomError('backup_passphrase_wrong', detail, { cause });
      }
      throw new HomeroomError('backup_damaged', 'A part of the sealed file is not as it was.', { cause });
    }
  }
}

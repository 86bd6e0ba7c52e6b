/** Entries of a tar archive: POSIX.1-2001 (pax), which every tar reads. Pure. */

const blockBytes = 512;
const fileMode = '0000644';
/** What a header holds itself; longer or other than ASCII names go before it, in a header of their own. */
const plainName = /^[\x20-\x7e]{1,100}$/;

/** What ends an archive. */
export const tarEnd = Buffer.alloc(2 * blockBytes);

export interface TarFile {
  /** With `/` between. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** @returns what stands before a file's content */
export function tarHeader(file: TarFile): Buffer {
  if (plainName.test(file.path)) return header(file, '0');
  const record = paxRecord('path', file.path);
  return Buffer.concat([
    header({ ...file, path: 'PaxHeader', sizeBytes: record.byteLength }, 'x'),
    record,
    tarPadding(record.byteLength),
    header({ ...file, path: 'file' }, '0'),
  ]);
}

/** @returns what stands after a file's content */
export function tarPadding(sizeBytes: number): Buffer {
  return Buffer.alloc((blockBytes - (sizeBytes % blockBytes)) % blockBytes);
}

/** @returns how large the archive of these files is, its end included */
export function tarBytes(files: readonly TarFile[]): number {
  const entries = files.map(
    (file) => tarHeader(file).byteLength + file.sizeBytes + tarPadding(file.sizeBytes).byteLength,
  );
  return entries.reduce((sum, bytes) => sum + bytes, tarEnd.byteLength);
}

function header({ path, sizeBytes, modifiedAt }: TarFile, type: '0' | 'x'): Buffer {
  const block = Buffer.alloc(blockBytes);
  block.write(path, 0);
  block.write(`${fileMode}\0${'0000000\0'.repeat(2)}`, 100);
  block.write(`${octal(sizeBytes)}\0${octal(Math.floor(modifiedAt.getTime() / 1000))}\0`, 124);
  block.write(`        ${type}`, 148);
  block.write('ustar\x0000', 257);
  // The sum is taken with blanks in its own place.
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function octal(value: number): string {
  return Math.max(value, 0).toString(8).padStart(11, '0');
}

/** A record begins with its own length, that figure included. */
function paxRecord(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  const restBytes = Buffer.byteLength(rest);
  let length = restBytes + String(restBytes).length;
  if (String(length).length > String(restBytes).length) length = restBytes + String(length).length;
  return Buffer.from(`${length}${rest}`);
}

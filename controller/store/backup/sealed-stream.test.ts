import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createSeal, OpeningStream, openSeal, SealingStream } from './sealed-stream.ts';

const pieceBytes = 64 * 1024;
const tagBytes = 16;
/** Quick: what is tried is not how dear guessing is. */
const cost = 10;

async function seal(content: Buffer) {
  const made = await createSeal('correct horse battery', cost);
  return { ...made, sealed: await buffer(Readable.from([content]).pipe(new SealingStream(made))) };
}
/** A fault of the stream is the test's. */
function open(key: Buffer, header: Buffer, sealed: Buffer): Promise<Buffer> {
  return buffer(Readable.from([sealed]).pipe(new OpeningStream({ key, header })));
}

it.each([0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes])(
  'opens %i bytes as they were sealed',
  async (length) => {
    const content = Buffer.alloc(length, 'homeroom ');
    const { header, sealed } = await seal(content);
    const key = await openSeal('correct horse battery', header);
    expect((await open(key, header, sealed)).equals(content)).toBe(true);
  },
);

it('does not open by another passphrase, nor with another head', async () => {
  const { header, key, sealed } = await seal(Buffer.from('secret'));
  const wrong = await openSeal('another passphrase', header);
  await expect(open(wrong, header, sealed)).rejects.toMatchObject({ code: 'backup_passphrase_wrong' });
  const bent = Buffer.from(header);
  bent[20] = (bent[20] ?? 0) ^ 1;
  await expect(open(key, bent, sealed)).rejects.toMatchObject({ code: 'backup_passphrase_wrong' });
});

it('notices what is cut off at the end of a piece, changed, or put in another place', async () => {
  const { header, key, sealed } = await seal(Buffer.alloc(3 * pieceBytes, 'x'));
  const whole = pieceBytes + tagBytes;
  const pieces = [0, 1, 2].map((at) => sealed.subarray(at * whole, (at + 1) * whole));
  const [first = Buffer.alloc(0), second = Buffer.alloc(0), third = Buffer.alloc(0)] = pieces;
  const changed = Buffer.from(sealed);
  changed[whole + 5] = (changed[whole + 5] ?? 0) ^ 1;
  for (const wrong of [Buffer.concat([first, second]), changed, Buffer.concat([first, third, second])]) {
    await expect(open(key, header, wrong)).rejects.toMatchObject({ code: 'backup_damaged' });
  }
});

it('refuses a head that asks for more than a machine can pay', async () => {
  const { header } = await createSeal('correct horse battery', cost);
  header[header.length - 1] = 31;
  await expect(openSeal('correct horse battery', header)).rejects.toMatchObject({ code: 'backup_damaged' });
});

import { statfs } from 'node:fs/promises';
import { HomeroomError } from '@homeroom/protocol';

/** A new data folder takes 40 MiB, a log segment 16. */
const minFreeMiB = 96;

/** @throws disk_full when the folder's file system has too little space for the server to start */
export async function requireFreeSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeMiB = Math.floor((bavail * bsize) / 1024 / 1024);
  if (freeMiB >= minFreeMiB) return;
  throw new HomeroomError(
    'disk_full',
    `${folder} has ${freeMiB} MiB free; the database needs ${minFreeMiB} MiB`,
  );
}

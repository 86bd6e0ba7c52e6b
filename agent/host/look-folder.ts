import { chmod, cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Put the desktop's looks where every user can read them: the checkout may lie in a closed folder. */
export async function copyLook(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, force: true });
  const entries = await readdir(to, { recursive: true, withFileTypes: true });
  await Promise.all(
    entries.map((entry) => {
      const isProgram =
        entry.isDirectory() || entry.parentPath.endsWith('/bin') || entry.name === 'session.sh';
      return chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
    }),
  );
}

import { access, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HostStage } from './stage.ts';

let stage: HostStage;
beforeEach(async () => {
  stage = await HostStage.open({ capacity: 2 });
});
afterEach(() => stage.end());

it('removes a guest’s home with the desktop, what its links lead to not, and keeps everybody else’s', async () => {
  const guest = await stage.startDesktop({ account: 'guest-abc', temporary: true });
  const other = await stage.startDesktop({ account: 'ana' });
  const home = join(stage.dataDir, 'homes', 'guest-abc');
  const kept = join(stage.dataDir, 'kept.txt');
  await writeFile(kept, 'stays');
  await writeFile(join(home, 'notes.txt'), 'goes');
  await symlink(kept, join(home, 'link'));
  await stage.host.stopDesktop(guest.desktop);
  await stage.host.stopDesktop(other.desktop);
  await expect(access(home)).rejects.toThrow('ENOENT');
  await expect(access(kept)).resolves.toBeUndefined();
  await expect(readdir(join(stage.dataDir, 'homes', 'ana'))).resolves.toBeDefined();
});

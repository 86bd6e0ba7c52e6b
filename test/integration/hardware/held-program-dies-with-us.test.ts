import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';

const program = `
import { systemClock } from '@homeroom/hardware/clock.ts';
import { SpawnedCommands } from '@homeroom/hardware/process/spawned-commands.ts';
new SpawnedCommands({ PATH: process.env.PATH }, systemClock).hold('sh', ['-c', 'echo $$; exec sleep 60'], {
  onLine: (pid) => console.log(pid),
});
`;

test('a held program goes when its owner is killed without a word', async () => {
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(owner.stdout, 'data')) as [Buffer];
  const pid = Number(chunk.toString());
  expect(pid).toBeGreaterThan(0);
  owner.kill('SIGKILL');
  await waitFor('the end of the held program', () => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  });
});

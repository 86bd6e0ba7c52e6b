import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeroomError } from '@homeroom/protocol';
import { absent, type Presence, present } from './presence.ts';
import { type CommandRunner, describeOutcome } from './process/command-runner.ts';
import type { RebootPort } from './reboot-port.ts';

const timeoutMs = 10_000;

/** @returns the reboot port of a machine that systemd started; containers and chroots have none. */
export async function findReboot(commands: CommandRunner, rootDir: string): Promise<Presence<RebootPort>> {
  try {
    // What sd_booted(3) looks at.
    await access(join(rootDir, 'run/systemd/system'));
  } catch {
    return absent('this machine was not started by systemd');
  }
  if (!(await commands.has('systemctl'))) return absent('systemctl is not installed');
  return present({
    async reboot() {
      const outcome = await commands.run('systemctl', ['reboot'], { timeoutMs });
      if (outcome.kind !== 'exited' || outcome.exitCode !== 0)
        throw new HomeroomError('hardware_failed', describeOutcome('systemctl', outcome));
    },
  });
}

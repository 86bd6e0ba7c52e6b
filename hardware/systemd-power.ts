import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeroomError } from '@homeroom/protocol/wire';
import { parseUnwrittenMiB } from './health/proc-figures.ts';
import { absent, type Presence, present } from './presence.ts';
import { type CommandRunner, describeOutcome } from './process/command-runner.ts';
import { readText } from './read-text.ts';
import type { RebootPort } from './reboot-port.ts';
import type { ShutdownPort } from './shutdown-port.ts';

const timeoutMs = 10_000;

/** @returns the ports of a machine that systemd started; containers and chroots have none. */
export async function findPower(
  commands: CommandRunner,
  rootDir: string,
): Promise<{ reboot: Presence<RebootPort>; shutdown: Presence<ShutdownPort> }> {
  const reason = await whyNot(commands, rootDir);
  if (reason !== undefined) return { reboot: absent(reason), shutdown: absent(reason) };
  return {
    reboot: present({ reboot: () => systemctl(commands, 'reboot') }),
    shutdown: present({
      shutdown: () => systemctl(commands, 'poweroff'),
      unwrittenMiB: async () => parseUnwrittenMiB(await readText(join(rootDir, 'proc/meminfo'))),
    }),
  };
}

async function whyNot(commands: CommandRunner, rootDir: string): Promise<string | undefined> {
  try {
    // What sd_booted(3) looks at.
    await access(join(rootDir, 'run/systemd/system'));
  } catch {
    return 'this machine was not started by systemd';
  }
  return (await commands.has('systemctl')) ? undefined : 'systemctl is not installed';
}

async function systemctl(commands: CommandRunner, verb: string): Promise<void> {
  const outcome = await commands.run('systemctl', [verb], { timeoutMs });
  if (outcome.kind !== 'exited' || outcome.exitCode !== 0)
    throw new HomeroomError('hardware_failed', describeOutcome('systemctl', outcome));
}

import { join } from 'node:path';
import { toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { CommandRunner } from '../process/command-runner.ts';
import type { GpioDriver } from './gpio-driver.ts';
import { findLibgpiodDriver } from './libgpiod-driver.ts';
import { loadOnoff, OnoffDriver, type OpenSysfsLine } from './onoff-driver.ts';
import { findSysfsChip } from './sysfs-base.ts';

export interface FindGpioOptions {
  readonly wanted: 'auto' | 'libgpiod' | 'onoff';
  readonly rootDir: string;
  readonly commands: CommandRunner;
  readonly clock: Clock;
  readonly load?: () => Promise<OpenSysfsLine>;
}

/**
 * Find a way to drive the header's lines: libgpiod's tools, and where they are missing onoff.
 *
 * @returns a driver, or in words why there is none
 */
export async function findGpioDriver(options: FindGpioOptions): Promise<GpioDriver | string> {
  const reasons: string[] = [];
  if (options.wanted !== 'onoff') {
    const found = await findLibgpiodDriver(options);
    if (typeof found !== 'string') return found;
    reasons.push(found);
  }
  if (options.wanted !== 'libgpiod') {
    const found = await findOnoffDriver(options);
    if (typeof found !== 'string') return found;
    reasons.push(found);
  }
  return reasons.join('; ');
}

async function findOnoffDriver({ rootDir, load = loadOnoff }: FindGpioOptions): Promise<GpioDriver | string> {
  const chip = await findSysfsChip(join(rootDir, 'sys/class/gpio'));
  if (!chip) return 'the kernel shows no GPIO header in /sys/class/gpio';
  try {
    return new OnoffDriver(chip, await load());
  } catch (caught) {
    return `onoff did not load: ${toError(caught).message.split('\n')[0]}`;
  }
}

import { join } from 'node:path';
import { listFolder } from '../list-folder.ts';
import { readNumber, readText } from '../read-text.ts';
import { isHeaderChip } from './header-chip.ts';

/** Where a chip's lines stand among the global numbers of sysfs. */
export interface SysfsChip {
  readonly base: number;
  readonly lineCount: number;
}

/**
 * Find the header's chip. Its first line was number 0 for years; since Linux 6.6, and on a Pi 5, it is
 * 512 or 571 or what was free.
 *
 * @param gpioDir `/sys/class/gpio`
 * @returns the chip, or undefined when the kernel has no sysfs GPIO or no header
 */
export async function findSysfsChip(gpioDir: string): Promise<SysfsChip | undefined> {
  for (const name of await listFolder(gpioDir)) {
    const dir = join(gpioDir, name);
    if (!name.startsWith('gpiochip') || !isHeaderChip((await readText(join(dir, 'label'))) ?? '')) continue;
    const [base, lineCount] = await Promise.all([
      readNumber(join(dir, 'base')),
      readNumber(join(dir, 'ngpio')),
    ]);
    if (base !== undefined && lineCount !== undefined) return { base, lineCount };
  }
  return undefined;
}

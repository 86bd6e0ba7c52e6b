/** What libgpiod's tools take and print: 1.6 in Debian 12, 2.x in Debian 13, with different options. */
import { isHeaderChip } from './header-chip.ts';

export type LibgpiodVersion = 1 | 2;

/** Who holds our lines, as `gpioinfo` tells: 1.x does not let a program choose its name. */
const consumers = { 1: 'gpioset', 2: 'homeroom' } as const;

/** @returns the major version in `gpioset (libgpiod) v1.6.3`, or undefined when it is another program's text. */
export function parseLibgpiodVersion(text: string): LibgpiodVersion | undefined {
  const major = /\(libgpiod\) v(\d+)\./.exec(text)?.[1];
  return major === '1' ? 1 : major === '2' ? 2 : undefined;
}

/** @returns the header's chip in the output of `gpiodetect`: `gpiochip0 [pinctrl-bcm2711] (58 lines)`. */
export function parseHeaderChip(text: string): { chip: string; lineCount: number } | undefined {
  for (const [, chip = '', label = '', lines] of text.matchAll(/^(gpiochip\d+) \[(.*)\] \((\d+) lines\)$/gm))
    if (isHeaderChip(label)) return { chip, lineCount: Number(lines) };
  return undefined;
}

/** @returns the arguments with which `gpioset` drives a line and holds it until it is ended. */
export function gpiosetArgs(
  version: LibgpiodVersion,
  { chip, line, activeLow, active }: { chip: string; line: number; activeLow: boolean; active: boolean },
): string[] {
  const inversion = activeLow ? ['--active-low'] : [];
  const value = `${line}=${active ? 1 : 0}`;
  return version === 1
    ? ['--mode=signal', ...inversion, chip, value]
    : ['--consumer', consumers[2], ...inversion, '--chip', chip, value];
}

/** @returns the arguments of `gpioinfo` for all lines of one chip. */
export function gpioinfoArgs(version: LibgpiodVersion, chip: string): string[] {
  return version === 1 ? [chip] : ['--chip', chip];
}

/** @returns whether the output of `gpioinfo` shows the line as ours. */
export function isHeldByUs(version: LibgpiodVersion, gpioinfo: string, line: number): boolean {
  // 1.x: `line  17: "GPIO17" "gpioset" output active-low [used]`; 2.x: `line  17: "GPIO17" output consumer="homeroom"`.
  const own = new RegExp(`^\\s*line\\s+${line}:.*$`, 'm').exec(gpioinfo)?.[0] ?? '';
  return version === 1 ? own.includes(`"${consumers[1]}"`) : own.includes(`consumer="${consumers[2]}"`);
}

/** Figures of `/proc` as text; each function gives null for what the text does not tell. */

/** @returns total and available memory of `/proc/meminfo`, in MiB. */
export function parseMemory(meminfo: string): { totalMiB: number; freeMiB: number } {
  return {
    totalMiB: kibibytes(meminfo, 'MemTotal') / 1024,
    freeMiB: kibibytes(meminfo, 'MemAvailable') / 1024,
  };
}

/** @returns what `/proc/meminfo` tells of writing that is due or under way, in MiB. */
export function parseUnwrittenMiB(meminfo: string | undefined): number | null {
  if (!meminfo?.includes('Dirty:')) return null;
  return (kibibytes(meminfo, 'Dirty') + kibibytes(meminfo, 'Writeback')) / 1024;
}

function kibibytes(meminfo: string, key: string): number {
  return Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(meminfo)?.[1] ?? 0);
}

/** @returns the first number of `/proc/uptime` or `/proc/loadavg`. */
export function parseFirstNumber(text: string): number | null {
  const number = Number.parseFloat(text);
  return Number.isFinite(number) ? number : null;
}

/** @returns the interface that `/proc/net/route` sends everything to that goes nowhere else: the lowest metric wins. */
export function parseDefaultRoute(route: string): string | null {
  const defaults = route
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1] === '00000000' && fields[7] === '00000000')
    .sort((a, b) => Number(a[6]) - Number(b[6]));
  return defaults[0]?.[0] ?? null;
}

/** @returns the signal level of a wireless interface in dBm, of `/proc/net/wireless`. */
export function parseSignal(wireless: string, name: string): number | null {
  const fields = wireless
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([first]) => first === `${name}:`);
  const level = Number.parseFloat(fields?.[3] ?? '');
  return Number.isFinite(level) ? level : null;
}

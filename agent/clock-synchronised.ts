import { existsSync } from 'node:fs';

const folder = '/run/systemd/timesync';

/**
 * @returns whether this machine knows what time it is: systemd-timesyncd, which a Pi has, says so by a file.
 *   A machine without timesyncd is believed: it has a battery, or another program that sets its clock.
 */
export function isClockSynchronised(): boolean {
  return !existsSync(folder) || existsSync(`${folder}/synchronized`);
}

import type { Device } from '@homeroom/protocol';

/** @returns what a device is for: a host tells its places, a seat's device what it is. */
export function kindWords({ info, host }: Pick<Device, 'info' | 'host'>): string {
  const kinds: string[] = [];
  if (host) kinds.push(`Host, ${host.desktops.length} of ${host.capacity} desktops run`);
  else if (info?.capabilities.includes('host')) kinds.push('Host');
  if (info?.capabilities.includes('kiosk')) kinds.push('Kiosk');
  if (info?.capabilities.includes('simulated')) kinds.push('simulated board');
  return kinds.length === 0 ? 'Device' : kinds.join(', ');
}

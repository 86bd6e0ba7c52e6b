import type { Device, Host, HostConsent } from '@homeroom/protocol';

/** @returns what a device is for: a host tells its places, a seat's device what it is. */
export function kindWords({
  info,
  host,
  hostConsent,
}: Pick<Device, 'info' | 'host' | 'hostConsent'>): string {
  const kinds: string[] = [];
  if (host) kinds.push(hostWords(host, hostConsent));
  else if (info?.capabilities.includes('host')) kinds.push('Host');
  if (info?.capabilities.includes('kiosk')) kinds.push('Kiosk');
  if (info?.capabilities.includes('simulated')) kinds.push('simulated board');
  return kinds.length === 0 ? 'Device' : kinds.join(', ');
}

function hostWords({ desktops, capacity }: Host, consent: HostConsent | null): string {
  if (consent === 'allowed') return `Host, ${desktops.length} of ${capacity} desktops run`;
  if (consent === null) return 'Wants to run desktops';
  return desktops.length === 0
    ? 'Host that gets no desktops'
    : `Host that gets no more desktops, ${desktops.length} run`;
}

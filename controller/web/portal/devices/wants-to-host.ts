import type { Device } from '@homeroom/protocol';

/** @returns whether a device offers to run desktops and no admin has decided */
export function wantsToHost({
  host,
  hostConsent,
  connection,
}: Pick<Device, 'host' | 'hostConsent' | 'connection'>): boolean {
  return host !== null && hostConsent === null && connection !== 'revoked';
}

import type { Device, Host, HostConsent } from '@homeroom/protocol';

/** Of a device's row. */
interface Facts {
  readonly host: Host | null;
  readonly host_consent: HostConsent | null;
  readonly revoked_at: Date | null;
  readonly credential_issued_at: Date | null;
  readonly created_at: Date;
}

/** @returns the alert of a device that offers to run desktops while no admin has decided; else undefined. Pure. */
export function hostAlert(row: Facts): Device['alerts'][number] | undefined {
  if (row.host === null || row.host_consent !== null || row.revoked_at !== null) return undefined;
  return {
    code: 'host_not_allowed',
    message: 'It wants to run desktops; none is placed on it until an admin allows that on the Devices page.',
    since: (row.credential_issued_at ?? row.created_at).toISOString(),
  };
}

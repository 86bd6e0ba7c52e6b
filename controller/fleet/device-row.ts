import type {
  Cec,
  Desired,
  Device,
  DeviceInfo,
  DeviceState,
  Hdmi,
  Health,
  Host,
  HostConsent,
  Input,
  Relays,
  Reported,
} from '@homeroom/protocol';
import { isLockedColumn, lockedUntilColumn, messageColumn } from './attention-columns.ts';
import { kioskPage } from './desired-document.ts';
import { hostAlert } from './host-alert.ts';

/** A row of `devices` with its room; the payloads were checked when they came. */
export interface DeviceRow {
  readonly id: string;
  readonly name: string;
  readonly seat_id: string | null;
  readonly room_id: string | null;
  readonly revoked_at: Date | null;
  readonly desired_page: string | null;
  readonly desired_screen: 'on' | 'off';
  readonly desired_muted: boolean;
  readonly is_locked: boolean;
  readonly locked_until: Date | null;
  readonly message: string | null;
  readonly desired: Desired | null;
  readonly desired_revision: number;
  readonly state: DeviceState | null;
  readonly info: DeviceInfo | null;
  readonly reported: Reported | null;
  readonly hdmi: Hdmi | null;
  readonly cec: Cec | null;
  readonly input: Input | null;
  readonly relays: Relays | null;
  readonly health: Health | null;
  readonly host: Host | null;
  readonly host_consent: HostConsent | null;
  readonly credential_issued_at: Date | null;
  readonly created_at: Date;
  readonly alerts: Device['alerts'];
}

/** The columns of {@link DeviceRow}, from `devices d left join seats s`. */
export const deviceColumns = `d.id, d.name, d.seat_id, s.room_id, d.revoked_at, d.desired_page, d.desired_screen,
  d.desired_muted, ${isLockedColumn} as is_locked, ${lockedUntilColumn} as locked_until, ${messageColumn} as message, d.desired, d.desired_revision, d.state, d.info, d.reported, d.hdmi, d.cec,
  d.input, d.relays, d.health, d.host, d.host_consent, d.credential_issued_at, d.created_at, d.alerts`;

/** @returns the device as the API tells it. Pure. */
export function toDevice(row: DeviceRow): Device {
  const { id, name, state, info, reported, hdmi, cec, input, relays, health, host } = row;
  const asks = hostAlert(row);
  return {
    id,
    name,
    seat: row.seat_id,
    room: row.room_id,
    connection: row.revoked_at ? 'revoked' : (state?.state ?? 'never'),
    since: row.revoked_at?.toISOString() ?? state?.since ?? null,
    desired: {
      revision: row.desired_revision,
      page: row.desired_page,
      screen: row.desired_screen,
      lock: row.is_locked,
      lockedUntil: row.locked_until?.toISOString() ?? null,
      muted: row.desired_muted,
      message: row.message,
      url: row.desired?.kiosk.url ?? kioskPage(id),
    },
    state,
    info,
    reported,
    hdmi,
    cec,
    input,
    relays,
    health,
    host,
    hostConsent: row.host_consent,
    alerts: asks ? [...row.alerts, asks] : row.alerts,
  };
}

import type { DeviceInfo } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { createDevicePassword, hashPassword } from './device-credentials.ts';
import { redeemToken } from './join-tokens.ts';
import { type Place, placeDevice } from './place-device.ts';

export interface Admission {
  readonly device: string;
  /** What the device, or who let it in, would like it to be called. */
  readonly name: string | undefined;
  readonly info: DeviceInfo;
  /** The join token that is used up a little by this. */
  readonly tokenId: string | undefined;
  /** A seat that somebody chose. */
  readonly seat: string | undefined;
  readonly actor: Actor;
}

export interface Admitted {
  readonly name: string;
  /** Told to the device and kept nowhere. */
  readonly password: string;
  readonly seat: string | null;
}

// A device that comes back keeps its name and its seat; its old password ends here.
const upsertSql = `
insert into devices (id, name, credential_hash, credential_issued_at, fingerprint, info)
values ($1, $2, $3, now(), $4, $5)
on conflict (id) do update set credential_hash = excluded.credential_hash, credential_issued_at = now(),
  fingerprint = excluded.fingerprint, info = excluded.info, revoked_at = null,
  name = coalesce($6, devices.name)
returning name, (xmax <> 0) as was_known`;

/**
 * Let a device in: its row, its new password, its place, the use of its token and the audit line stand or
 * fall together.
 *
 * @throws join_token_wrong when the token was used up meanwhile, seat_unknown, conflict, database_unavailable
 */
export function admitDevice(db: Database, admission: Admission): Promise<Admitted> {
  const { device, name, info, tokenId, seat, actor } = admission;
  const password = createDevicePassword();
  return db.transaction(async (tx) => {
    const room = tokenId === undefined ? null : await redeemToken(tx, tokenId);
    const chosenName = actor.userId === null ? null : (name ?? null);
    const values = [
      device,
      name ?? device,
      hashPassword(password),
      info.fingerprint,
      JSON.stringify(info),
      chosenName,
    ];
    const [row] = await tx.query<{ name: string; was_known: boolean }>(upsertSql, values);
    const place: Place = seat === undefined ? (room === null ? undefined : { room }) : { seat };
    const placed = await placeDevice(tx, device, place);
    await record(tx, {
      actor: { id: actor.userId, username: actor.username },
      action: row?.was_known ? 'device.enrol-again' : 'device.enrol',
      subject: device,
      details: {
        serial: info.serial,
        model: info.model,
        fingerprint: info.fingerprint,
        token: tokenId ?? null,
      },
      address: actor.address ?? info.addresses[0] ?? null,
    });
    return { name: row?.name ?? device, password, seat: placed };
  });
}

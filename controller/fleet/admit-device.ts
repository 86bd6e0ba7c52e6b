import type { DeviceInfo, HostConsent } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Database, Queryable } from '../store/database.ts';
import { consentAtEnrolment } from './consent-at-enrolment.ts';
import { createDevicePassword, hashPassword } from './device-credentials.ts';
import { decideHost } from './host-consent.ts';
import { type RedeemedToken, redeemToken } from './join-tokens.ts';
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
  /** Unused desktops that stood on it while it was a host, and are given up. */
  readonly givenUp: readonly string[];
}

interface Row {
  readonly name: string;
  readonly was_known: boolean;
  readonly host_consent: HostConsent | null;
  readonly host_decided_at: Date | null;
}

// A device that comes back keeps its name and its seat; its old password ends here.
const upsertSql = `
insert into devices (id, name, credential_hash, credential_issued_at, fingerprint, info)
values ($1, $2, $3, now(), $4, $5)
on conflict (id) do update set credential_hash = excluded.credential_hash, credential_issued_at = now(),
  fingerprint = excluded.fingerprint, info = excluded.info, revoked_at = null,
  name = coalesce($6, devices.name)
returning name, (xmax <> 0) as was_known, host_consent, host_decided_at`;

/**
 * Let a device in: its row, its new password, its place, its consent to run desktops, the use of its token and the
 * audit line stand or fall together.
 *
 * @throws join_token_wrong when the token was used up meanwhile, seat_unknown, conflict, database_unavailable
 */
export function admitDevice(db: Database, admission: Admission): Promise<Admitted> {
  const { device, name, info, tokenId, seat, actor } = admission;
  const password = createDevicePassword();
  return db.transaction(async (tx) => {
    const token = tokenId === undefined ? null : await redeemToken(tx, tokenId);
    const chosenName = actor.userId === null ? null : (name ?? null);
    const values = [
      device,
      name ?? device,
      hashPassword(password),
      info.fingerprint,
      JSON.stringify(info),
      chosenName,
    ];
    const [row] = await tx.query<Row>(upsertSql, values);
    const placed = await placeDevice(tx, device, placeOf(seat, token));
    const { consent, givenUp } = await decideConsent(tx, device, row, token);
    await record(tx, {
      actor: { id: actor.userId, username: actor.username },
      action: row?.was_known ? 'device.enrol-again' : 'device.enrol',
      subject: device,
      details: {
        serial: info.serial,
        model: info.model,
        fingerprint: info.fingerprint,
        token: tokenId ?? null,
        host: consent,
      },
      address: actor.address ?? info.addresses[0] ?? null,
    });
    return { name: row?.name ?? device, password, seat: placed, givenUp };
  });
}

function placeOf(seat: string | undefined, token: RedeemedToken | null): Place {
  if (seat !== undefined) return { seat };
  return token?.room ? { room: token.room } : undefined;
}

async function decideConsent(
  tx: Queryable,
  device: string,
  row: Row | undefined,
  token: RedeemedToken | null,
): Promise<{ consent: HostConsent | null; givenUp: string[] }> {
  const before =
    row?.host_consent && row.host_decided_at
      ? { consent: row.host_consent, decidedAt: row.host_decided_at }
      : null;
  const consent = consentAtEnrolment({ before, token });
  const decidedBy = consent === 'allowed' ? (token?.createdBy ?? null) : null;
  const { givenUp } = await decideHost(tx, device, { consent, decidedBy });
  return { consent, givenUp };
}

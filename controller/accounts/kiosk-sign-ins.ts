import { HomeroomError } from '@homeroom/protocol';
import type { Database, Prepared } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { createSecret, hashSecret } from './secret-hash.ts';

export interface KioskSignIn {
  readonly deviceId: string;
  readonly csrfToken: string;
  /** Names the sign-in without giving it away. */
  readonly idHash: string;
}

/** The agent renews it well before; a kiosk that was off for longer fetches a new one. */
const lifetime = '24 hours';
/** A browser that is restarted over and over must not fill the table. */
const keptPerDevice = 4;

const issueSql = `
with extra as (
  select id_hash from kiosk_sign_ins where device_id = $2 order by created_at desc offset ${keptPerDevice - 1}
), gone as (
  delete from kiosk_sign_ins using extra where kiosk_sign_ins.id_hash = extra.id_hash
)
insert into kiosk_sign_ins (id_hash, device_id, csrf_token, expires_at)
values ($1, $2, $3, now() + interval '${lifetime}') returning expires_at`;

const authenticateSql: Prepared = {
  name: 'kiosk-sign-ins.authenticate',
  text: `
select k.device_id, k.csrf_token from kiosk_sign_ins k join devices d on d.id = k.device_id
where k.id_hash = $1 and k.expires_at > now() and d.revoked_at is null`,
};

/** What a kiosk's browser is known by; its agent fetches it with the device's credential. */
export class KioskSignIns {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /**
   * @returns the cookie's value, which is not stored and cannot be told again
   * @throws device_unknown
   */
  async issue(deviceId: string): Promise<{ value: string; expiresAt: Date }> {
    const value = createSecret();
    try {
      const values = [hashSecret(value), deviceId, createSecret()];
      const [row] = await this.#db.query<{ expires_at: Date }>(issueSql, values);
      if (!row) throw new HomeroomError('internal', 'the new kiosk sign-in was not returned');
      return { value, expiresAt: row.expires_at };
    } catch (caught) {
      if (violationOf(caught)?.kind !== 'foreign-key') throw caught;
      throw new HomeroomError('device_unknown', undefined, { cause: caught });
    }
  }

  /** @returns whose cookie this is; undefined when it is unknown, has expired, or the device was revoked. */
  async authenticate(value: string): Promise<KioskSignIn | undefined> {
    const idHash = hashSecret(value);
    const [row] = await this.#db.query<{ device_id: string; csrf_token: string }>(authenticateSql, [idHash]);
    return row && { deviceId: row.device_id, csrfToken: row.csrf_token, idHash };
  }
}

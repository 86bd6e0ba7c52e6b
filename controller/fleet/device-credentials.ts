/**
 * What devices and claims prove themselves with. Hashes of devices' passwords are kept in memory, so that a
 * school that comes back after a power cut costs no query per device and comes back even while the database
 * is away; they are forgotten one by one as changes tell, and all read again by a timer.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';

interface CredentialRow {
  readonly id: string;
  readonly credential_hash: string | null;
  readonly revoked_at: Date | null;
}

export interface DeviceCredentialsOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
}

const columns = 'id, credential_hash, revoked_at';
const readAllEveryMs = 60_000;

export class DeviceCredentials {
  readonly #db: Database;
  readonly #changes: Changes;
  readonly #logger: Logger;
  #known = new Map<string, CredentialRow>();
  #timer: NodeJS.Timeout | undefined;
  #leave: (() => void) | undefined;

  constructor({ db, changes, logger }: DeviceCredentialsOptions) {
    this.#db = db;
    this.#changes = changes;
    this.#logger = logger;
  }

  /** @throws database_unavailable */
  async start(): Promise<void> {
    this.#leave = this.#changes.subscribe((change) => {
      if (change.kind === 'credential') this.#known.delete(change.id);
    });
    await this.#readAll();
    this.#timer = setInterval(() => void this.#readAllQuietly(), readAllEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#leave?.();
  }

  /**
   * @returns the SHA-256 of the device's password as hex; undefined when there is no such device
   * @throws device_revoked, database_unavailable
   */
  async deviceHash(device: string): Promise<string | undefined> {
    const row = this.#known.get(device) ?? (await this.#readOne(device));
    if (row?.revoked_at) throw new HomeroomError('device_revoked');
    return row?.credential_hash ?? undefined;
  }

  /**
   * @returns the SHA-256 of a join token's secret as hex; undefined unless the token can still be used
   * @throws database_unavailable
   */
  async claimHash(tokenId: string): Promise<string | undefined> {
    const [row] = await this.#db.query<{ secret_hash: string }>(
      `select secret_hash from join_tokens where id = $1 and ${usableToken}`,
      [tokenId],
    );
    return row?.secret_hash;
  }

  /**
   * @returns whether this is the device's password; false for a device that is unknown or was revoked
   * @throws database_unavailable
   */
  async authenticate(device: string, password: string): Promise<boolean> {
    try {
      const hash = await this.deviceHash(device);
      return hash !== undefined && timingSafeEqual(Buffer.from(hashPassword(password)), Buffer.from(hash));
    } catch (caught) {
      if (caught instanceof HomeroomError && caught.code === 'device_revoked') return false;
      throw caught;
    }
  }

  async #readOne(device: string): Promise<CredentialRow | undefined> {
    const sql = `select ${columns} from devices where id = $1`;
    const [row] = await this.#db.query<CredentialRow>(sql, [device]);
    if (row) this.#known.set(device, row);
    return row;
  }

  async #readAll(): Promise<void> {
    const rows = await this.#db.query<CredentialRow>(`select ${columns} from devices`);
    this.#known = new Map(rows.map((row) => [row.id, row]));
  }

  async #readAllQuietly(): Promise<void> {
    try {
      await this.#readAll();
    } catch (caught) {
      this.#logger.warn({ err: toError(caught) }, 'device credentials could not be read again');
    }
  }
}

/** The condition under which a row of `join_tokens` lets a device in. */
export const usableToken = `withdrawn_at is null and (expires_at is null or expires_at > now())
  and (uses_left is null or uses_left > 0)`;

/** @returns a device's new password: 192 random bits */
export function createDevicePassword(): string {
  return randomBytes(24).toString('base64url');
}

/** A quick hash is right for 192 random bits: they cannot be guessed. */
export function hashPassword(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}

/** Withdraw a device's credential in the database. @returns whether there was such a device */
export async function revokeCredential(tx: Queryable, device: string): Promise<boolean> {
  const sql = `update devices set revoked_at = coalesce(revoked_at, now()), credential_hash = null
    where id = $1 returning id`;
  return (await tx.query(sql, [device])).length > 0;
}

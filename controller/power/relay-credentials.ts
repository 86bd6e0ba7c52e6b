import { createHash, randomBytes } from 'node:crypto';
import type { RelayCredentialSource } from '../fleet/ports.ts';
import type { Queryable } from '../store/database.ts';
import type { SpeakingKind } from './relay-topics.ts';

/** @returns a relay's new password: 144 random bits; Tasmota takes 32 letters and no more */
export function createRelayPassword(): string {
  return randomBytes(18).toString('base64url');
}

/** A quick hash is right for a random password: it cannot be guessed. */
export function hashRelayPassword(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}

/** What relays prove themselves with at the embedded broker; asked with each login. */
export class RelayCredentials implements RelayCredentialSource {
  readonly #db: Queryable;

  constructor({ db }: { db: Queryable }) {
    this.#db = db;
  }

  async relayOf(id: string) {
    const [row] = await this.#db.query<{ hash: string; speaks: SpeakingKind; topic: string }>(
      `select credential_hash as hash, kind as speaks, coalesce(topic, id) as topic
       from relays where id = $1 and credential_hash is not null`,
      [id],
    );
    return row;
  }
}

import { HomeroomError, type StreamPurpose } from '@homeroom/protocol';
import { createSecret, hashSecret } from '../accounts/secret-hash.ts';
import type { Database, Prepared } from '../store/database.ts';

/** Whom a ticket is for: it opens this session's stream for this sign-in on this device alone. */
export interface TicketBinding {
  readonly sessionId: string;
  /** The kiosk; null for any other browser. */
  readonly deviceId: string | null;
  /** The `idHash` of the cookie that asked; null when a kiosk asked as itself. */
  readonly signInHash: string | null;
}

/** What a stream may be opened for, as it was decided when the ticket was asked for. */
export interface TicketRight {
  readonly purpose: StreamPurpose;
  /** The one that is seen, for the purpose `broadcast` alone. */
  readonly broadcastId: string | null;
}

const ownRight: TicketRight = { purpose: 'own', broadcastId: null };

const lifetimeS = 60;

const issueSql: Prepared = {
  name: 'stream-tickets.issue',
  text: `
insert into stream_tickets (secret_hash, session_id, device_id, sign_in_hash, purpose, broadcast_id, expires_at)
values ($1, $2, $3, $4, $5, $6, now() + interval '${lifetimeS} seconds') returning expires_at`,
};

/** One statement: of two who hold the same ticket, one finds it unused. */
const redeemSql: Prepared = {
  name: 'stream-tickets.redeem',
  text: `
update stream_tickets set used_at = now()
where secret_hash = $1 and session_id = $2
  and device_id is not distinct from $3 and sign_in_hash is not distinct from $4
  and used_at is null and expires_at > now()
returning purpose, broadcast_id as "broadcastId"`,
};

/** One-use tickets for one connection to a stream. */
export class StreamTickets {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns a ticket that is not stored and cannot be told again; it holds for a minute. */
  async issue(
    binding: TicketBinding,
    { purpose, broadcastId }: TicketRight = ownRight,
  ): Promise<{ ticket: string; expiresAt: Date }> {
    const ticket = createSecret();
    const { sessionId, deviceId, signInHash } = binding;
    const values = [hashSecret(ticket), sessionId, deviceId, signInHash, purpose, broadcastId];
    const [row] = await this.#db.query<{ expires_at: Date }>(issueSql, values);
    if (!row) throw new HomeroomError('internal', 'the new ticket was not returned');
    return { ticket, expiresAt: row.expires_at };
  }

  /**
   * Use a ticket up.
   *
   * @returns what it was given for
   * @throws ticket_invalid when it is unknown, used, expired or bound to another
   */
  async redeem(ticket: string, binding: TicketBinding): Promise<TicketRight> {
    const { sessionId, deviceId, signInHash } = binding;
    const values = [hashSecret(ticket), sessionId, deviceId, signInHash];
    const [right] = await this.#db.query<TicketRight>(redeemSql, values);
    if (!right) throw new HomeroomError('ticket_invalid');
    return right;
  }
}

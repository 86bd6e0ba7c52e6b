import { toError } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import { isOutage } from '../store/database-errors.ts';
import { Gathered } from '../store/gathered.ts';
import { type ClaimRequest, claim } from './claim.ts';
import { claimMany } from './claim-many.ts';
import type { SessionRow } from './session-row.ts';

/** What the statement for many gives and leaves, and the statement for one. */
export interface ClaimStatements {
  readonly many: (requests: readonly ClaimRequest[]) => Promise<readonly SessionRow[]>;
  readonly one: (request: ClaimRequest) => Promise<SessionRow & { created: boolean }>;
}

/**
 * Claims that come in a burst go together; whoever got no desktop that way, for whatever reason, goes alone. So nobody
 * fails for another's fault, and nobody waits for company.
 */
export class GatheredClaims {
  readonly #statements: ClaimStatements;
  readonly #isTogether: () => boolean;
  readonly #gathered: Gathered<ClaimRequest, SessionRow | undefined>;

  /** @param isTogether whether the caller's statements are part of a whole: others must not fall with it */
  constructor(statements: ClaimStatements, isTogether: () => boolean) {
    this.#statements = statements;
    this.#isTogether = isTogether;
    this.#gathered = new Gathered((requests) => this.#claimMany(requests));
  }

  /** As {@link claim}, which tells what it throws. */
  async claim(request: ClaimRequest): Promise<SessionRow & { created: boolean }> {
    const row = this.#isTogether() ? undefined : await this.#gathered.ask(request);
    return row ? { ...row, created: true } : await this.#statements.one(request);
  }

  async #claimMany(requests: readonly ClaimRequest[]): Promise<(SessionRow | undefined)[]> {
    const admitted = new Set(withoutRivals(requests));
    const made = new Map((await this.#tryMany([...admitted])).map((row) => [row.user_id, row]));
    return requests.map((request) => (admitted.has(request) ? made.get(request.userId) : undefined));
  }

  /** @throws database_unavailable: then nobody knows what was done, and asking again tells */
  async #tryMany(requests: readonly ClaimRequest[]): Promise<readonly SessionRow[]> {
    try {
      return await this.#statements.many(requests);
    } catch (caught) {
      if (isOutage(toError(caught))) throw caught;
      // One of them collided: nobody has anything, and who is to blame shows when each goes alone.
      return [];
    }
  }
}

/** @returns the claims of a database's own statements, gathered */
export function gatherClaims(db: Database): GatheredClaims {
  return new GatheredClaims(
    { many: (requests) => claimMany(db, requests), one: (request) => claim(db, request) },
    () => db.isTogether,
  );
}

/** @returns the first of each user and of each seat; the others would undo the whole statement */
function withoutRivals(requests: readonly ClaimRequest[]): ClaimRequest[] {
  const users = new Set<string>();
  const seats = new Set<string>();
  return requests.filter(({ userId, seatId }) => {
    if (users.has(userId) || (seatId !== null && seats.has(seatId))) return false;
    users.add(userId);
    if (seatId !== null) seats.add(seatId);
    return true;
  });
}

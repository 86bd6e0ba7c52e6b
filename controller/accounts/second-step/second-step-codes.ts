/**
 * The codes of a person's second step: those of an authenticator app, and recovery codes for when it is lost.
 * Rules:
 * - a secret is on trial until a code of it was seen; until then nobody is asked for one;
 * - a code is good once: the last time step that was accepted is kept, and a recovery code is marked as used, each by
 *   the statement that accepts it, so of two that bring the same code at once one is refused;
 * - every code that is tried counts, wherever it is asked for; ten may be wrong at once, then one per minute. Kept in
 *   memory: with several controllers each allows its own share.
 */
import { HomeroomError, type SecondStepEnrolment, type SecondStepState } from '@homeroom/protocol';
import type { Actor } from '../../store/actor.ts';
import { record } from '../../store/audit.ts';
import type { Changes } from '../../store/changes.ts';
import type { Database, Queryable } from '../../store/database.ts';
import { type BucketRule, TokenBuckets } from '../token-buckets.ts';
import { createRecoveryCodes, hashRecoveryCode } from './recovery-codes.ts';
import type { Sealer } from './sealer.ts';
import { createTotpSecret, otpauthUri, stepOfCode } from './totp.ts';

const tryRule: BucketRule = { capacity: 10, refillMs: 60_000, debt: 0 };
const issuer = 'Homeroom';

const stateSql = `
select u.totp_secret as secret, u.totp_confirmed_at as "confirmedAt",
  (select count(*) from totp_recovery_codes c where c.user_id = u.id and c.used_at is null) as "codesLeft"
from users u where u.id = $1`;

const beginSql = `
update users set totp_secret = $2, totp_last_step = null where id = $1 and totp_confirmed_at is null returning id`;

const confirmSql = `
update users set totp_confirmed_at = now(), totp_last_step = $3
where id = $1 and totp_confirmed_at is null and totp_secret = $2 returning id`;

const acceptSql = `
update users set totp_last_step = $2
where id = $1 and totp_confirmed_at is not null and (totp_last_step is null or totp_last_step < $2) returning id`;

const useRecoverySql = `
update totp_recovery_codes set used_at = now()
where user_id = $1 and code_hash = $2 and used_at is null returning user_id`;

const forgetRecoverySql = 'delete from totp_recovery_codes where user_id = $1';
const keepRecoverySql = `insert into totp_recovery_codes (user_id, code_hash) select $1, unnest($2::text[])`;

const clearSql = `
update users set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
where id = $1 and totp_secret is not null returning id`;

interface StateRow {
  readonly secret: string | null;
  readonly confirmedAt: Date | null;
  readonly codesLeft: number;
}

/** Whose codes: an account, or a row of it. */
export interface CodeOwner {
  readonly id: string;
  readonly username: string;
}

export interface SecondStepCodesOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  readonly sealer: Sealer;
  /** The time of day, in milliseconds since 1970. */
  readonly clock?: () => number;
  /** A clock that never goes back, in milliseconds. */
  readonly now?: () => number;
}

/** See the head of the file. */
export class SecondStepCodes {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;
  readonly #sealer: Sealer;
  readonly #clock: () => number;
  readonly #tries: TokenBuckets;

  constructor({ db, changes, sealer, clock, now }: SecondStepCodesOptions) {
    this.#db = db;
    this.#changes = changes;
    this.#sealer = sealer;
    this.#clock = clock ?? (() => Date.now());
    this.#tries = new TokenBuckets(now ?? (() => performance.now()));
  }

  /** @returns whether codes are asked for, and how many recovery codes are left. @throws not_found */
  async stateOf(userId: string): Promise<Omit<SecondStepState, 'isRequired'>> {
    const { confirmedAt, codesLeft } = await this.#read(userId);
    return {
      isSet: confirmedAt !== null,
      setAt: confirmedAt?.toISOString() ?? null,
      recoveryCodesLeft: codesLeft,
    };
  }

  /**
   * Make a new secret, on trial. Asking again makes another one.
   *
   * @returns what an authenticator app takes over; it cannot be told again
   * @throws second_step_set when there is one in use
   */
  async begin({ id, username }: CodeOwner): Promise<SecondStepEnrolment> {
    const secret = createTotpSecret();
    const rows = await this.#db.query(beginSql, [id, this.#sealer.seal(secret, id)]);
    if (rows.length === 0) throw new HomeroomError('second_step_set');
    return { secret, uri: otpauthUri({ issuer, account: username, secret }) };
  }

  /**
   * Take the secret into use by a code of it.
   *
   * @returns recovery codes, which cannot be told again
   * @throws second_step_wrong, second_step_set, second_step_unset, sign_in_throttled
   */
  async confirm({ id }: CodeOwner, code: string, actor: Actor): Promise<string[]> {
    this.#count(id);
    const { secret, confirmedAt } = await this.#read(id);
    if (confirmedAt) throw new HomeroomError('second_step_set');
    if (secret === null) throw new HomeroomError('second_step_unset');
    const step = stepOfCode(this.#sealer.open(secret, id), code, this.#clock());
    if (step === undefined) throw new HomeroomError('second_step_wrong');
    const codes = await this.#db.transaction(async (tx) => {
      const rows = await tx.query(confirmSql, [id, secret, step]);
      if (rows.length === 0) throw new HomeroomError('conflict');
      await write(tx, 'second-step.set', id, actor);
      return await renewRecoveryCodes(tx, id);
    });
    this.#tries.forget(id);
    this.#changes.announce({ kind: 'user', id });
    return codes;
  }

  /**
   * Accept a code of the app, or a recovery code, once.
   *
   * @throws second_step_wrong, also for one that was used; second_step_unset; sign_in_throttled with `retryAfterS`
   */
  async accept({ id }: CodeOwner, typed: string, actor: Actor): Promise<void> {
    this.#count(id);
    const { secret, confirmedAt } = await this.#read(id);
    if (secret === null || !confirmedAt) throw new HomeroomError('second_step_unset');
    const isRight =
      (await this.#acceptCode(id, secret, typed)) || (await this.#acceptRecoveryCode(id, typed, actor));
    if (!isRight) throw new HomeroomError('second_step_wrong');
    this.#tries.forget(id);
  }

  /** @param code one that is accepted first @returns new recovery codes; the old ones are worth nothing. @throws as {@link accept} */
  async renewRecovery(owner: CodeOwner, code: string, actor: Actor): Promise<string[]> {
    await this.accept(owner, code, actor);
    const codes = await this.#db.transaction(async (tx) => {
      await write(tx, 'second-step.recovery-codes', owner.id, actor);
      return await renewRecoveryCodes(tx, owner.id);
    });
    this.#changes.announce({ kind: 'user', id: owner.id });
    return codes;
  }

  /** Do without a second step from now on. @param code one that is accepted first @throws as {@link accept} */
  async remove(owner: CodeOwner, code: string, actor: Actor): Promise<void> {
    await this.accept(owner, code, actor);
    await this.#clear(owner.id, 'second-step.remove', actor);
  }

  /** An admin's way out for who lost both the phone and the recovery codes. @throws not_found, second_step_unset */
  async reset(userId: string, actor: Actor): Promise<void> {
    await this.#read(userId);
    await this.#clear(userId, 'second-step.reset', actor);
    this.#tries.forget(userId);
  }

  async #acceptCode(id: string, secret: string, typed: string): Promise<boolean> {
    const step = stepOfCode(this.#sealer.open(secret, id), typed.replace(/\s/g, ''), this.#clock());
    return step !== undefined && (await this.#db.query(acceptSql, [id, step])).length > 0;
  }

  async #acceptRecoveryCode(id: string, typed: string, actor: Actor): Promise<boolean> {
    const hash = hashRecoveryCode(typed);
    if (hash === undefined) return false;
    return await this.#db.transaction(async (tx) => {
      if ((await tx.query(useRecoverySql, [id, hash])).length === 0) return false;
      await write(tx, 'second-step.recovery-code-used', id, actor);
      return true;
    });
  }

  async #clear(id: string, action: string, actor: Actor): Promise<void> {
    await this.#db.transaction(async (tx) => {
      if ((await tx.query(clearSql, [id])).length === 0) throw new HomeroomError('second_step_unset');
      await tx.query(forgetRecoverySql, [id]);
      await write(tx, action, id, actor);
    });
    this.#changes.announce({ kind: 'user', id });
  }

  async #read(userId: string): Promise<StateRow> {
    const [row] = await this.#db.query<StateRow>(stateSql, [userId]);
    if (!row) throw new HomeroomError('not_found', 'there is no such user');
    return row;
  }

  /** @throws sign_in_throttled */
  #count(id: string): void {
    const waitMs = this.#tries.waitMs(id, tryRule);
    if (waitMs > 0) {
      const retryAfterS = Math.ceil(waitMs / 1_000);
      throw new HomeroomError('sign_in_throttled', `try again in ${retryAfterS} s`, { retryAfterS });
    }
    this.#tries.take(id, tryRule);
  }
}

async function renewRecoveryCodes(tx: Queryable, userId: string): Promise<string[]> {
  const codes = createRecoveryCodes();
  await tx.query(forgetRecoverySql, [userId]);
  await tx.query(keepRecoverySql, [userId, codes.map((code) => hashRecoveryCode(code))]);
  return codes;
}

function write(tx: Queryable, action: string, subject: string, actor: Actor): Promise<void> {
  const { userId: id, username, address } = actor;
  return record(tx, { actor: { id, username }, action, subject, address });
}

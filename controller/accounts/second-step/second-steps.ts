/**
 * Between the password and the sign-in: whoever owes a code gets a ticket, which opens nothing by itself. It is good
 * for five minutes, for five codes, and at the kiosk (or at none) where the password was typed.
 * Who has a second step is asked for it; who must have one and has none yet sets it up with the ticket.
 */
import { HomeroomError, type SecondStep, type SecondStepEnrolment } from '@homeroom/protocol';
import type { Actor } from '../../store/actor.ts';
import { record } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import type { Account } from '../authenticator.ts';
import { createSecret, hashSecret } from '../secret-hash.ts';
import type { SignInPlace } from '../sign-ins.ts';
import { type SignedInRow, signedInColumns, userOf } from '../signed-in.ts';
import type { SecondStepCodes } from './second-step-codes.ts';
import { SecondStepRequired } from './second-step-required.ts';
import { secondStepSetting } from './second-step-rules.ts';

const lifetime = '5 minutes';

const owedSql = `
select u.totp_confirmed_at is not null as "isSet",
  coalesce((select s.value ? u.role from settings s where s.key = '${secondStepSetting}'), false) as "isRequired"
from users u where u.id = $1`;

/** The expired ones of this person go with the next. */
const issueSql = `
with gone as (delete from second_steps where user_id = $2 and expires_at < now())
insert into second_steps (id_hash, user_id, device_id, expires_at)
values ($1, $2, $3, now() + interval '${lifetime}') returning expires_at`;

const good = `s.expires_at > now() and s.tries_left > 0 and s.device_id is not distinct from $2`;

const findSql = `
select ${signedInColumns}, u.totp_confirmed_at is not null as "isSet"
from second_steps s join users u on u.id = s.user_id
where s.id_hash = $1 and ${good} and u.disabled_at is null`;

const takeTrySql = `
update second_steps s set tries_left = tries_left - 1 where s.id_hash = $1 and ${good} returning s.user_id`;

const removeSql = 'delete from second_steps where id_hash = $1 returning user_id';

/** Who came through, and the recovery codes when the second step was set up just now. */
export interface Passed {
  readonly account: Account;
  readonly recoveryCodes: readonly string[] | undefined;
}

/** See the head of the file. */
export class SecondSteps {
  readonly #db: Database;
  readonly #codes: Pick<SecondStepCodes, 'begin' | 'confirm' | 'accept'>;

  constructor({ db, codes }: { db: Database; codes: Pick<SecondStepCodes, 'begin' | 'confirm' | 'accept'> }) {
    this.#db = db;
    this.#codes = codes;
  }

  /**
   * Let through who owes nothing after the password. Students are never asked.
   *
   * @throws SecondStepRequired with a new ticket
   */
  async demand(account: Account, place: SignInPlace): Promise<void> {
    if (account.role === 'student') return;
    const [row] = await this.#db.query<{ isSet: boolean; isRequired: boolean }>(owedSql, [account.id]);
    if (row?.isSet) throw await this.#issue('code', account, place);
    if (row?.isRequired) throw await this.#issue('set-up', account, place);
  }

  /** @returns a new secret for who must set a second step up. @throws second_step_over, second_step_set */
  async begin(ticket: string, place: SignInPlace): Promise<SecondStepEnrolment> {
    const { account } = await this.#find(ticket, place);
    return await this.#codes.begin(account);
  }

  /**
   * Take a code; a right one ends the ticket.
   *
   * @throws second_step_wrong, second_step_over, sign_in_throttled
   */
  async pass(ticket: string, code: string, place: SignInPlace): Promise<Passed> {
    const { account, isSet } = await this.#find(ticket, place);
    const actor = { userId: account.id, username: account.username, address: place.address };
    const tried = await this.#db.query(takeTrySql, [hashSecret(ticket), place.deviceId]);
    if (tried.length === 0) throw new HomeroomError('second_step_over');
    const recoveryCodes = await this.#try({ account, isSet, code, actor });
    // Two right codes with one ticket at once: one of them comes in.
    const ended = await this.#db.query(removeSql, [hashSecret(ticket)]);
    if (ended.length === 0) throw new HomeroomError('second_step_over');
    return { account, recoveryCodes };
  }

  async #try(asked: {
    account: Account;
    isSet: boolean;
    code: string;
    actor: Actor;
  }): Promise<string[] | undefined> {
    const { account, isSet, code, actor } = asked;
    try {
      if (!isSet) return await this.#codes.confirm(account, code, actor);
      await this.#codes.accept(account, code, actor);
      return undefined;
    } catch (caught) {
      if (caught instanceof HomeroomError && caught.code === 'second_step_wrong') await this.#note(actor);
      throw caught;
    }
  }

  /** Whoever gets here has the password: that the code was wrong is worth a line. */
  async #note({ userId: id, username, address }: Actor): Promise<void> {
    await record(this.#db, { actor: { id, username }, action: 'second-step.wrong', subject: id, address });
  }

  async #issue(
    kind: SecondStep['kind'],
    { id }: Account,
    { deviceId }: SignInPlace,
  ): Promise<SecondStepRequired> {
    const ticket = createSecret();
    const [row] = await this.#db.query<{ expires_at: Date }>(issueSql, [hashSecret(ticket), id, deviceId]);
    if (!row) throw new HomeroomError('internal', 'the new ticket was not returned');
    return new SecondStepRequired({ ticket, kind, expiresAt: row.expires_at.toISOString() });
  }

  async #find(ticket: string, { deviceId }: SignInPlace): Promise<{ account: Account; isSet: boolean }> {
    const [row] = await this.#db.query<SignedInRow & { isSet: boolean }>(findSql, [
      hashSecret(ticket),
      deviceId,
    ]);
    if (!row) throw new HomeroomError('second_step_over');
    return { account: userOf(row), isSet: row.isSet };
  }
}

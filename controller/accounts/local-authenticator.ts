import type { Database, Prepared } from '../store/database.ts';
import type { PasswordAuthenticator, PasswordProof, Verdict } from './authenticator.ts';
import { decoyHash, isPassword } from './password-hash.ts';
import { type SignedInRow, signedInColumns, userOf } from './signed-in.ts';

/** A disabled user is told the same as a wrong password. */
const findSql: Prepared = {
  name: 'accounts.find-user',
  text: `
select ${signedInColumns}, u.password_hash, u.disabled_at is not null as disabled
from users u where u.username = $1`,
};

interface Row extends SignedInRow {
  readonly password_hash: string | null;
  readonly disabled: boolean;
}

/** The people whose passwords we keep ourselves. */
export class LocalAuthenticator implements PasswordAuthenticator {
  readonly source = 'local';
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** See the port. An unknown user takes as long as a wrong password. */
  async verify({ username, password }: PasswordProof): Promise<Verdict> {
    const [row] = await this.#db.query<Row>(findSql, [username]);
    const own = row?.source === this.source ? row : undefined;
    const isRight = await isPassword(password, own?.password_hash ?? decoyHash);
    if (!own) return { kind: 'unknown' };
    return isRight && !own.disabled ? { kind: 'proven', account: userOf(own) } : { kind: 'wrong' };
  }
}

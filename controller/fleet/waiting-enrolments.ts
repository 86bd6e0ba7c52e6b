import { type Enrolment, type EnrolRequest, HomeroomError } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';

/** A device that an admin has decided about, or is to decide about. */
export interface WaitingEnrolment {
  readonly id: string;
  readonly nonce: string;
  readonly device_id: string;
  readonly name: string | null;
  readonly info: EnrolRequest['info'];
}

interface Row extends WaitingEnrolment {
  readonly code: string;
  readonly address: string | null;
  readonly created_at: Date;
}

/** The agent asks again with a new nonce; what it asked before is answered by nobody. */
const keptFor = `interval '30 minutes'`;
const maxWaiting = 500;

const insertSql = `
with old as (delete from enrolments where decided_at is null and (device_id = $2 or created_at < now() - ${keptFor}))
insert into enrolments (nonce, device_id, name, code, info, address)
select $1, $2, $3, $4, $5, $6
where (select count(*) from enrolments where decided_at is null) < ${maxWaiting}
on conflict (nonce) do nothing
returning id`;

const listSql = `
select id, nonce, device_id, name, code, info, address, created_at from enrolments
where decided_at is null and created_at > now() - ${keptFor}`;

/** Devices that wait for an admin to compare their code. */
export class WaitingEnrolments {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /**
   * @returns the id under which it waits; undefined when it waits already
   * @throws rate_limited when too many wait, database_unavailable
   */
  async add(nonce: string, request: EnrolRequest): Promise<string | undefined> {
    const { device, name = null, code, info } = request;
    const values = [nonce, device, name, code, JSON.stringify(info), info.addresses[0] ?? null];
    const [row] = await this.#db.query<{ id: string }>(insertSql, values);
    if (row) return row.id;
    const known = await this.#db.query('select id from enrolments where nonce = $1', [nonce]);
    if (known.length === 0) throw new HomeroomError('rate_limited', 'Too many devices wait to be accepted.');
    return undefined;
  }

  /** @returns oldest first @throws database_unavailable */
  page(page: PageRequest): Promise<Page<Enrolment>> {
    return readPage(this.#db, { sql: listSql, page, toItem: toEnrolment });
  }

  /**
   * Write the decision down; the second of two who decide at once is told.
   *
   * @returns what was decided about
   * @throws not_found, conflict when it was decided before, database_unavailable
   */
  async decide(id: string, isAccepted: boolean): Promise<WaitingEnrolment> {
    if (!isUuid(id)) throw new HomeroomError('not_found');
    const [row] = await this.#db.query<WaitingEnrolment>(
      `update enrolments set decided_at = now(), accepted = $2 where id = $1 and decided_at is null
       returning id, nonce, device_id, name, info`,
      [id, isAccepted],
    );
    if (row) return row;
    const known = await this.#db.query('select id from enrolments where id = $1', [id]);
    throw new HomeroomError(known.length > 0 ? 'conflict' : 'not_found');
  }

  /** Undo a decision that could not be carried out. */
  async reopen(id: string): Promise<void> {
    await this.#db.query('update enrolments set decided_at = null, accepted = null where id = $1', [id]);
  }
}

function toEnrolment(row: Row): Enrolment {
  return {
    id: row.id,
    device: row.device_id,
    name: row.name,
    code: row.code,
    model: row.info.model,
    address: row.address,
    askedAt: row.created_at.toISOString(),
  };
}

import type { Queryable } from '../../store/database.ts';
import type { CarryFacts } from './carry-plan.ts';

/** Somebody to whom, or from whom, files are due. */
export interface DuePerson extends CarryFacts {
  readonly round: string;
  readonly user: string;
  readonly account: string;
  readonly uid: number;
  readonly folder: string;
  /** Of a hand-out. */
  readonly file: { readonly name: string; readonly sizeBytes: number; readonly sha256: string } | null;
  /** Times that it was looked at, this one included. */
  readonly attempts: number;
}

/** What became of one person's files. */
export interface Outcome {
  readonly files: number;
  readonly bytes: number;
  readonly leftCount?: number;
  /** What is worth telling though it is done. */
  readonly reason: string | null;
  readonly report: object;
}

const atOnce = 10;
/** Longer than a host may take for all that it is asked. */
const leaseS = 240;
const patienceS = 60;

const takeSql = `
with due as (
  select round_id, user_id from file_round_people
  where state = 'due' and look_again_at <= now() order by look_again_at limit ${atOnce} for update skip locked
)
update file_round_people p set look_again_at = now() + interval '${leaseS} seconds', attempts = p.attempts + 1
from due, file_rounds r, users u
where p.round_id = due.round_id and p.user_id = due.user_id and r.id = due.round_id and u.id = due.user_id
returning p.round_id as round, p.user_id as "user", p.attempts, u.account, u.posix_uid as uid, r.kind, r.folder,
  r.expires_at <= now() as "isOver",
  case when r.name is not null then json_build_object('name', r.name, 'sizeBytes', r.size_bytes, 'sha256', r.sha256)
  end as file, (
    select json_build_object('isLive', x.state <> 'ended', 'isAssigned', x.assigned_at is not null, 'host', d.host_id)
    from sessions x left join desktops d on d.id = x.desktop_id
    where x.user_id = u.id and (x.state <> 'ended' or x.assigned_at is not null)
    order by (x.state <> 'ended') desc, x.created_at desc limit 1
  ) as session`;

const resumeSql = `
update file_round_people set look_again_at = now()
where state = 'due' and host_id is not null and look_again_at > now()`;

const hastenSql = `
update file_round_people p set look_again_at = now() from sessions x
where x.id::text = any($1) and x.assigned_at is not null and p.user_id = x.user_id and p.state = 'due'
  and p.host_id is null and p.look_again_at > now()`;

const giveSql = `
update file_round_people set host_id = $3 where round_id = $1 and user_id = $2 and state = 'due'`;
const waitSql = `
update file_round_people set reason = $3, host_id = null,
  look_again_at = now() + make_interval(secs => least(${patienceS}, 2 ^ least(attempts, 6)))
where round_id = $1 and user_id = $2 and state = 'due'`;
const failSql = `
update file_round_people set state = 'failed', reason = $3 where round_id = $1 and user_id = $2 and state = 'due'`;
const finishSql = `
update file_round_people set state = 'done', done_at = now(), reason = $3, files = $4, bytes = $5, left_count = $6,
  report = coalesce(report, '{}') || $7
where round_id = $1 and user_id = $2 and state = 'due'`;

/** The rows of people whose files are due. */
export class DuePeople {
  readonly #db: Queryable;

  constructor(db: Queryable) {
    this.#db = db;
  }

  /**
   * Look again at whom a process may have died over. One that lives and is at work asks the host a second time then,
   * which changes nothing.
   */
  async resume(): Promise<void> {
    await this.#db.query(resumeSql);
  }

  /** Look again soon for whose desktop came with one of these sessions. */
  async hasten(sessions: readonly string[]): Promise<void> {
    if (sessions.length > 0) await this.#db.query(hastenSql, [sessions]);
  }

  /** @returns some people, each taken for a time; none when nothing is due */
  take(): Promise<DuePerson[]> {
    return this.#db.query<DuePerson>(takeSql);
  }

  async giveTo({ round, user }: DuePerson, host: string): Promise<void> {
    await this.#db.query(giveSql, [round, user, host]);
  }

  async wait({ round, user }: DuePerson, reason: string): Promise<void> {
    await this.#db.query(waitSql, [round, user, reason]);
  }

  async fail({ round, user }: DuePerson, reason: string): Promise<void> {
    await this.#db.query(failSql, [round, user, reason]);
  }

  async finish(
    { round, user }: DuePerson,
    { files, bytes, leftCount = 0, reason, report }: Outcome,
  ): Promise<void> {
    const values = [round, user, reason, files, bytes, leftCount, JSON.stringify({ host: report })];
    await this.#db.query(finishSql, values);
  }
}

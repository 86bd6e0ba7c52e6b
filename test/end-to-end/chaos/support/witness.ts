/** Watches the database from inside while processes die, and reads afterwards what must hold. */
import type { Database } from '@homeroom/controller/store/database.ts';

const watchSql = `
create table witness_owners (desktop_id uuid, user_id uuid, primary key (desktop_id, user_id));
create table witness_returns (desktop_id uuid, was text, became text);

create function witness_owner() returns trigger language plpgsql as $$
begin
  if new.desktop_id is not null then
    insert into witness_owners values (new.desktop_id, new.user_id) on conflict do nothing;
  end if;
  return new;
end $$;
create trigger witness_owner after insert or update of desktop_id on sessions
  for each row execute function witness_owner();

create function witness_return() returns trigger language plpgsql as $$
begin
  insert into witness_returns values (new.id, old.state, new.state);
  return new;
end $$;
create trigger witness_return after update of state on desktops for each row
  when (old.state in ('claimed', 'deleting', 'failed', 'gone') and new.state in ('creating', 'cold', 'warming', 'ready', 'cooling'))
  execute function witness_return();

-- No page opens a desktop here, and nobody's session shall end for want of one.
create function witness_patience() returns trigger language plpgsql as $$
begin
  new.deadline_at := now() + interval '1 hour';
  return new;
end $$;
create trigger witness_patience before insert or update on sessions
  for each row when (new.state = 'starting') execute function witness_patience();`;

const unsettledSql = `
select 'session ' || s.id || ' is ' || s.state || coalesce(', ' || s.reason, '') as what
from sessions s join users u on u.id = s.user_id
where u.load_test_id is not null and s.state <> 'ended' and (s.state <> 'starting' or s.assigned_at is null)
union all
select 'desktop ' || d.id || ' is ' || d.state || coalesce(', ' || d.error, '')
from desktops d where d.template_id = $1 and d.state not in ('ready', 'claimed', 'gone')
limit 20`;

const wrongSql = `
select 'two users had desktop ' || desktop_id as what from witness_owners group by desktop_id having count(*) > 1
union all
select 'desktop ' || desktop_id || ' was ' || was || ' and became ' || became from witness_returns
union all
select 'desktop ' || d.id || ' is claimed, and nobody has it' from desktops d
where d.state = 'claimed' and not exists (select from sessions s where s.desktop_id = d.id and s.state <> 'ended')
union all
select 'session ' || s.id || ' has desktop ' || d.id || ', which is ' || d.state
from sessions s join desktops d on d.id = s.desktop_id where s.state <> 'ended' and d.state <> 'claimed'
union all
select 'session ' || s.id || ' ended as ' || s.end_reason || coalesce(': ' || s.reason, '')
from sessions s where s.state = 'ended' and s.end_reason <> 'logout'`;

const wherePeopleAreSql = `
select u.id as user, s.id as session, s.seat_id as seat
from users u left join sessions s on s.user_id = u.id and s.state <> 'ended'
where u.load_test_id is not null`;

/** What the audit log tells of sessions, from the first line to the last. */
const auditSql = `
select actor_id as actor, action, subject as session, coalesce(after, details) ->> 'seat' as seat from audit_log
where action in ('session.start', 'session.move', 'session.end') order by id`;

export interface Place {
  readonly user: string;
  readonly session: string | null;
  readonly seat: string | null;
}

interface AuditLine {
  readonly actor: string;
  readonly action: 'session.start' | 'session.move' | 'session.end';
  readonly session: string;
  /** Where it began, or came to. */
  readonly seat: string | null;
}

export class Witness {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Begin to watch. */
  async watch(): Promise<void> {
    await this.#db.query(watchSql);
  }

  /** @returns what is still on its way; empty when everything has come to rest */
  async unsettled(template: string): Promise<string[]> {
    const rows = await this.#db.query<{ what: string }>(unsettledSql, [template]);
    return rows.map(({ what }) => what);
  }

  /** @returns what must never be; empty when all is well */
  async wrongs(): Promise<string[]> {
    return (await this.#db.query<{ what: string }>(wrongSql)).map(({ what }) => what);
  }

  /** @returns where the records say that everybody is, by user */
  async places(): Promise<Map<string, Place>> {
    const rows = await this.#db.query<Place>(wherePeopleAreSql);
    return new Map(rows.map((row) => [row.user, row]));
  }

  /** @returns where everybody must be by the audit log alone; whoever has no session is left out */
  async audited(): Promise<Map<string, Place>> {
    const live = new Map<string, Place>();
    for (const { actor, action, session, seat } of await this.#db.query<AuditLine>(auditSql)) {
      const known = live.get(session);
      if (action === 'session.start') live.set(session, { user: actor, session, seat });
      else if (action === 'session.end') live.delete(session);
      else if (known) live.set(session, { ...known, seat });
    }
    return new Map([...live.values()].map((place) => [place.user, place]));
  }

  /** @returns how many desktops of a template are not gone */
  async desktopsLeft(template: string): Promise<number> {
    const sql = `select count(*) as count from desktops where template_id = $1 and state <> 'gone'`;
    const [row] = await this.#db.query<{ count: number }>(sql, [template]);
    return row?.count ?? 0;
  }

  /** @returns the ids of new seats in a room of their own */
  async makeSeats(count: number): Promise<string[]> {
    const sql = `
with room as (insert into rooms (name) values ('Chaos') returning id)
insert into seats (room_id, name) select room.id, 'Seat ' || n from room, generate_series(1, $1) n returning id`;
    return (await this.#db.query<{ id: string }>(sql, [count])).map(({ id }) => id);
  }
}

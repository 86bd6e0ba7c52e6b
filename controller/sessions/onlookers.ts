import type { Onlooker } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';

/** As it stands in a column of JSON. */
export type OnlookerColumn = readonly Onlooker[] | null;

/** A page that was loaded anew may be counted twice for a moment; its person is told once. */
const onlookersOf = (session: string) => `(
  select jsonb_agg(jsonb_build_object('displayName', v.display_name, 'isInControl', v.in_control, 'since', v.created_at)
    order by v.created_at)
  from (
    select distinct on (v.user_id) o.display_name, v.purpose = 'control' as in_control, v.created_at
    from stream_views v join users o on o.id = v.user_id
    where v.session_id = ${session} and v.expires_at > now()
    order by v.user_id, v.purpose = 'control' desc, v.created_at
  ) v)`;

/** Beside the columns of a session `s`: who looks at its desktop, and where it is shown. */
export const onlookColumns = `
  ${onlookersOf('s.id')} as onlookers, (
    select r.name from live_broadcasts b join rooms r on r.id = b.room_id
    where b.session_id = s.id order by b.started_at desc limit 1
  ) as shown_in`;

export interface OnlookRow {
  readonly onlookers: OnlookerColumn;
  readonly shown_in: string | null;
}

const ofSessionsSql = `
select s.id, ${onlookersOf('s.id')} as onlookers from unnest($1::uuid[]) as s(id)
where exists (select from stream_views v where v.session_id = s.id)`;

/** Who looks at desktops beside their users. */
export class Onlookers {
  readonly #db: Queryable;

  constructor({ db }: { db: Queryable }) {
    this.#db = db;
  }

  /** @returns those of each session that has any, by its id @throws database_unavailable */
  async ofSessions(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Onlooker[]>> {
    const rows = await this.#db.query<{ id: string; onlookers: OnlookerColumn }>(ofSessionsSql, [ids]);
    return new Map(rows.map(({ id, onlookers }) => [id, toOnlookers(onlookers)]));
  }
}

/** @returns them as the API tells them */
export function toOnlookers(column: OnlookerColumn | undefined): Onlooker[] {
  return (column ?? []).map(({ since, ...who }) => ({ ...who, since: new Date(since).toISOString() }));
}

import type { Usage } from '@homeroom/protocol';
import { type QuotaScope, scopeWords } from '../sessions/refusal-words.ts';
import type { Database } from '../store/database.ts';

const weekSql = `
select w.begins_at as "from", w.ends_at as "to", seconds_used($1, null, w.begins_at) / 3600 as "hoursUsed", u.account
from school_week() w, users u where u.id = $1`;

const limitsSql = `
select u.display_name as "user", g.name as "group", t.name as "templateName", q.template_id as template,
  q.active_sessions as "activeSessions", q.hours_per_week as "hoursPerWeek", q.total_desktops as "totalDesktops",
  seconds_used($1, q.template_id, w.begins_at) / 3600 as "hoursUsed",
  quota_sessions(q, $2) as sessions, quota_desktops(q, $2) as desktops
from quotas q left join users u on u.id = q.user_id left join groups g on g.id = q.group_id
  left join templates t on t.id = q.template_id, school_week() w
where quota_applies(q, $1, coalesce(q.template_id, ''))
order by q.created_at, q.id`;

const nobody = '00000000-0000-0000-0000-000000000000';

interface WeekRow {
  readonly from: Date;
  readonly to: Date;
  readonly hoursUsed: number;
  readonly account: string;
}

type LimitRow = Omit<Usage['limits'][number], 'scope'> &
  Omit<QuotaScope, 'template'> & { readonly templateName: string | null };

/** What a person used this week, and what they may. */
export class UsageReader {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns undefined when there is no such person */
  async of(userId: string): Promise<Usage | undefined> {
    const [week] = await this.#db.query<WeekRow>(weekSql, [userId]);
    if (!week) return undefined;
    const limits = await this.#db.query<LimitRow>(limitsSql, [userId, nobody]);
    return {
      from: week.from.toISOString(),
      to: week.to.toISOString(),
      hoursUsed: week.hoursUsed,
      limits: limits.map(toLimit),
      home: `homes/${week.account}`,
    };
  }
}

function toLimit({ user, group, templateName, ...rest }: LimitRow): Usage['limits'][number] {
  return { scope: scopeWords({ user, group, template: templateName }), ...rest };
}

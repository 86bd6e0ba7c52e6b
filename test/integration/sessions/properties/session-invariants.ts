import { sessionMoves } from '@homeroom/controller/sessions/session-states.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import type { SessionState } from '@homeroom/protocol';
import { expect } from 'vitest';

interface SeenSession {
  readonly id: string;
  readonly state: SessionState;
}

/** Each gives the rows that break it. */
const rules: Readonly<Record<string, string>> = {
  'a user has one live session at most': `
    select user_id from sessions where state <> 'ended' group by user_id having count(*) > 1`,
  'a desktop serves one session, ever': `
    select desktop_id from sessions where desktop_id is not null group by desktop_id having count(*) > 1`,
  'a seat shows one live session at most': `
    select seat_id from sessions where state <> 'ended' and seat_id is not null group by seat_id having count(*) > 1`,
  'a desktop that was used is never free again': `
    select s.id from sessions s join desktops d on d.id = s.desktop_id where d.state in ('ready', 'cold', 'creating')`,
  'a claimed desktop has a live session': `
    select d.id from desktops d where d.state = 'claimed'
      and not exists (select from sessions s where s.desktop_id = d.id and s.state <> 'ended')`,
  'who waits has no desktop, and who does not has one': `
    select id from sessions where state <> 'ended' and (state = 'waiting') = (desktop_id is not null)`,
  'a rule ends no session without two warnings and half a minute after the last': `
    select id from sessions where end_reason in ('idle', 'limit', 'lesson-over')
      and (warnings <> 2 or ended_at < warned_end_at)`,
  'only what is used has open streams': `
    select id from sessions where (streams > 0) <> (state = 'active')`,
  'every live session is looked at within a minute': `
    select id from sessions where state <> 'ended' and sweep_at > now() + interval '61 seconds'`,
};

/** What must hold of the sessions after every step, whatever happened. */
export class SessionInvariants {
  readonly #db: Database;
  #before = new Map<string, SessionState>();

  constructor(db: Database) {
    this.#db = db;
  }

  async check(): Promise<void> {
    const broken: string[] = [];
    for (const [rule, sql] of Object.entries(rules))
      if ((await this.#db.query(sql)).length > 0) broken.push(rule);
    const now = await this.#db.query<SeenSession>('select id, state from sessions');
    for (const { id, state } of now) {
      const before = this.#before.get(id);
      if (before && before !== state && !isReachable(before, state)) broken.push(`${before} became ${state}`);
    }
    if (now.length < this.#before.size) broken.push('a session is lost');
    this.#before = new Map(now.map(({ id, state }) => [id, state]));
    expect(broken).toEqual([]);
  }
}

/** One look may take several steps. */
function isReachable(from: SessionState, to: SessionState): boolean {
  const seen = new Set<SessionState>([from]);
  for (const state of seen) for (const next of sessionMoves[state]) seen.add(next);
  return seen.has(to);
}

/**
 * Sessions that nobody has looked at although it was time: a process that ends and warns is missing, or hung. Whoever
 * finds them looks at them itself.
 */
import type { SessionState } from '@homeroom/protocol';
import { sweepOverdue } from '../sessions/sweeps.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared } from '../store/database.ts';
import { mendGraceMs } from './desktop-sightings.ts';
import type { DueFinding } from './finding-book.ts';
import { type FindingSweep, maxSightings } from './finding-sweep.ts';
import type { Sighting } from './sighting.ts';
import { spanInWords } from './span-in-words.ts';

/** Sessions are looked at every second where all is well. */
const isStuck = `s.state <> 'ended' and s.sweep_at < now() - interval '1 minute'`;

const stuckSql: Prepared = {
  name: 'findings.stuck-sessions',
  text: `
select s.id, s.state, extract(epoch from now() - s.sweep_at)::float8 as late_s
from sessions s where ${isStuck} order by s.sweep_at limit ${maxSightings}`,
};

const isStillStuckSql = `select from sessions s where s.id = $1 and ${isStuck}`;

/** See the head of the file. */
export class SessionSweep implements FindingSweep {
  readonly name = 'sessions';
  readonly #sweep: { readonly db: Database; readonly changes: Changes };

  constructor(sweep: { readonly db: Database; readonly changes: Changes }) {
    this.#sweep = sweep;
  }

  async find(): Promise<Sighting[]> {
    const rows = await this.#sweep.db.query<{ id: string; state: SessionState; late_s: number }>(stuckSql);
    return rows.map(({ id, state, late_s }) => ({
      kind: 'stuck',
      provider: null,
      subject: id,
      reason: `This session is ${state}, and nobody has looked at its time limits for ${spanInWords(late_s)}: no process with the role session-broker works.`,
      mend: 'Its time limits are looked at by the sweepers instead.',
      graceMs: mendGraceMs,
    }));
  }

  async mend({ subject }: DueFinding): Promise<string | undefined> {
    const isStuckNow = async () => (await this.#sweep.db.query(isStillStuckSql, [subject])).length > 0;
    // One look is at all that are due: the first finding mends the others, too.
    if (await isStuckNow()) await sweepOverdue(this.#sweep);
    return (await isStuckNow()) ? undefined : 'Its time limits were looked at.';
  }
}

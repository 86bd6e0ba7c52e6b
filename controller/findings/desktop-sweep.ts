/**
 * Desktops past their deadlines, in use without a session, in use without an answer. A desktop leaves a state by its
 * deadline even where no process has its provider, or the provider keeps the reconciler from it: only `deleting` lasts
 * until the provider says that it is done.
 */
import { errors } from '@homeroom/protocol';
import { leaseMs, moveDesktop } from '../desktops/desktop-work.ts';
import { unhealthyGraceS } from '../sessions/trouble.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared, Queryable } from '../store/database.ts';
import {
  type OverdueDesktop,
  ownerlessDesktop,
  silentDesktop,
  stuckDesktop,
  type UnhealthyDesktop,
} from './desktop-sightings.ts';
import type { DueFinding } from './finding-book.ts';
import { type FindingSweep, maxSightings } from './finding-sweep.ts';
import type { Sighting } from './sighting.ts';

/** The reconciler may still be at it, by its lease; a removal is late at its deadline. */
const isStuck = `(d.deadline_at < now()
  and (d.state = 'deleting' or d.deadline_at < now() - interval '${leaseMs} milliseconds'))`;

/** A claim and its session are written by one statement; this is for a load that is slow to be undone. */
const isOwnerless = `d.state = 'claimed' and d.claimed_at < now() - interval '1 minute'
  and not exists (select from sessions s where s.desktop_id = d.id and s.state <> 'ended')`;

const stuckSql: Prepared = {
  name: 'findings.stuck-desktops',
  text: `
select d.id, d.provider, d.state, d.error, extract(epoch from now() - d.deadline_at)::float8 as overdue_s
from desktops d where ${isStuck} order by d.deadline_at limit ${maxSightings}`,
};

const silentSql: Prepared = {
  name: 'findings.silent-desktops',
  text: `
select d.id, d.provider, d.error, extract(epoch from now() - d.unhealthy_at)::float8 as unhealthy_s
from desktops d
where d.unhealthy_at < now() - interval '${unhealthyGraceS} seconds' and d.state = 'claimed'
order by d.unhealthy_at limit ${maxSightings}`,
};

const ownerlessSql: Prepared = {
  name: 'findings.ownerless-desktops',
  text: `select d.id, d.provider from desktops d where ${isOwnerless} limit ${maxSightings}`,
};

const judgeSql = `
select d.id, d.template_id, d.state, d.error, ${isStuck} as is_stuck, ${isOwnerless} as is_ownerless
from desktops d where d.id = $1 for update of d`;

interface Judged {
  readonly id: string;
  readonly template_id: string;
  readonly state: OverdueDesktop['state'];
  readonly error: string | null;
  readonly is_stuck: boolean | null;
  readonly is_ownerless: boolean;
}

/** See the head of the file. */
export class DesktopSweep implements FindingSweep {
  readonly name = 'desktops';
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  async find(): Promise<Sighting[]> {
    const stuck = await this.#db.query<OverdueDesktop>(stuckSql);
    const silent = await this.#db.query<UnhealthyDesktop>(silentSql);
    const ownerless = await this.#db.query<{ id: string; provider: string }>(ownerlessSql);
    return [...stuck.map(stuckDesktop), ...silent.map(silentDesktop), ...ownerless.map(ownerlessDesktop)];
  }

  async mend({ subject }: DueFinding): Promise<string | undefined> {
    const moved = await this.#db.transaction((tx) => giveUp(tx, subject));
    if (!moved) return undefined;
    this.#changes.announce({ kind: 'desktop', id: subject });
    this.#changes.announce({ kind: 'pool', id: moved.template });
    return moved.deed;
  }
}

/** Judge it anew under its row's lock, and move it on by the record alone. */
async function giveUp(tx: Queryable, id: string): Promise<{ template: string; deed: string } | undefined> {
  const [row] = await tx.query<Judged>(judgeSql, [id]);
  if (!row) return undefined;
  const { state, template_id: template } = row;
  const move = { id, from: state, progress: undefined } as const;
  if (row.is_ownerless || (row.is_stuck && state === 'failed')) {
    await moveDesktop(tx, { ...move, to: 'deleting', error: null });
    return { template, deed: 'It is on its way out.' };
  }
  if (!row.is_stuck || (state !== 'creating' && state !== 'warming' && state !== 'cooling')) return undefined;
  const { title } = state === 'cooling' ? errors.desktop_stop_timeout : errors.desktop_create_timeout;
  const error = row.error === null || row.error.startsWith(title) ? title : `${title} ${row.error}`;
  await moveDesktop(tx, { ...move, to: 'failed', error });
  return { template, deed: 'It was given up, and is on its way out.' };
}

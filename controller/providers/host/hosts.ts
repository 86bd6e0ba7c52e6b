import { HomeroomError, type HostResource } from '@homeroom/protocol';
import { deletingColumns } from '../../desktops/desktop-states.ts';
import type { Actor } from '../../store/actor.ts';
import { record } from '../../store/audit.ts';
import type { Changes } from '../../store/changes.ts';
import type { Database } from '../../store/database.ts';
import { type Page, type PageRequest, readPage } from '../../store/page.ts';

const listSql = `
select h.device_id as id, h.created_at, d.name, h.kinds, h.capacity, h.load, h.healthy, h.draining,
  d.host_consent as consent, h.faults, h.seen_at as "seenAt",
  (select count(*) from desktops x where x.host_id = h.device_id and x.state <> 'gone') as used
from hosts h join devices d on d.id = h.device_id
where $1::text is null or h.device_id = $1`;

type Row = Omit<HostResource, 'seenAt'> & { readonly seenAt: Date; readonly created_at: Date };

const drainSql = `update hosts set draining = $2 where device_id = $1 and draining <> $2 returning device_id`;

/** Places that nobody uses yet are kept elsewhere. */
const giveUpSql = `
update desktops set ${deletingColumns} where host_id = $1 and state in ('cold', 'ready') returning id, template_id`;

/** Those that wait for a place are looked at at once. */
const wakeSql = `
update desktops set look_again_at = now()
where provider = 'host' and state = 'creating' and host_id is null and look_again_at > now() returning id, template_id`;

interface Touched {
  readonly id: string;
  readonly template_id: string;
}

/** The machines that run desktops, as people see them. */
export class Hosts {
  readonly #db: Database;
  readonly #changes: Changes;

  constructor({ db, changes }: { db: Database; changes: Changes }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns every host that was ever heard of, the oldest first. */
  page(page: PageRequest): Promise<Page<HostResource>> {
    return readPage<Row, HostResource>(this.#db, { sql: listSql, values: [null], page, toItem: toHost });
  }

  /** @returns undefined when there is no such host. */
  async get(id: string): Promise<HostResource | undefined> {
    const [row] = await this.#db.query<Row>(listSql, [id]);
    return row && toHost(row);
  }

  /**
   * Empty a host, or use it again. An emptied one takes no more desktops; those in use go on until their sessions end.
   *
   * @throws not_found
   */
  async drain(id: string, isDraining: boolean, actor: Actor): Promise<HostResource> {
    const touched = await this.#db.transaction(async (tx) => {
      if ((await tx.query(drainSql, [id, isDraining])).length === 0) return [];
      const { userId, username, address } = actor;
      const action = isDraining ? 'host.drain' : 'host.use';
      await record(tx, { actor: { id: userId, username }, action, subject: id, address });
      return isDraining ? await tx.query<Touched>(giveUpSql, [id]) : await tx.query<Touched>(wakeSql);
    });
    const host = await this.get(id);
    if (!host) throw new HomeroomError('not_found');
    this.#changes.announce({ kind: 'device', id });
    for (const desktop of touched) {
      this.#changes.announce({ kind: 'desktop', id: desktop.id });
      this.#changes.announce({ kind: 'pool', id: desktop.template_id });
    }
    return host;
  }
}

function toHost({ created_at: _, seenAt, ...row }: Row): HostResource {
  const { id, name, kinds, capacity, used, load, healthy, draining, consent, faults } = row;
  return {
    ...{ id, name, kinds, capacity, used, load, healthy, draining, consent, faults },
    seenAt: seenAt.toISOString(),
  };
}

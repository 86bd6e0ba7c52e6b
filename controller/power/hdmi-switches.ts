import { randomUUID } from 'node:crypto';
import {
  type CreateHdmiSwitchRequest,
  HomeroomError,
  type PatchHdmiSwitchRequest,
  type HdmiSwitch as Told,
} from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { differenceOf } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { faultOfSwitch } from './hdmi-faults.ts';
import { completeSwitches, type HdmiSwitchRow, hdmiSwitchColumns } from './hdmi-row.ts';
import { recordPower } from './record-power.ts';

export interface HdmiSwitchesOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
}

const selectSql = `select ${hdmiSwitchColumns} from hdmi_switches h`;

const insertSql = `
insert into hdmi_switches (name, kind, room_id, device_id, port, relay_id, inputs)
values ($1, $2, $3, $4, $5, $6, $7) returning id`;

const updateSql = 'update hdmi_switches set name = $2, room_id = $3, inputs = $4 where id = $1';

const outputsSql = `
insert into hdmi_outputs (switch_id, output, name)
select $1, o.output, o.name from jsonb_to_recordset($2::jsonb) as o(output integer, name text)
on conflict (switch_id, output) do update set name = excluded.name`;

/** Who asks for another input while one is on its way gets the last one. */
const routeSql = `
update hdmi_outputs set wanted = $3, change_id = $4, expires_at = now() + interval '30 seconds', sends = 0, fault = null,
  look_again_at = now()
where switch_id = $1 and output = $2 returning output`;

const ofSeatSql = `
select h.id, o.output, (i->>'input')::int as input
from hdmi_switches h join hdmi_outputs o on o.switch_id = h.id, jsonb_array_elements(h.inputs) i
where i->>'seat' = $1 and (select count(*) from hdmi_outputs x where x.switch_id = h.id) = 1
  and case when o.change_id is null then o.input else o.wanted end is distinct from (i->>'input')::int`;

/** HDMI switches and matrices: what hangs on them, and what they are to show. */
export class HdmiSwitches {
  readonly #options: HdmiSwitchesOptions;

  constructor(options: HdmiSwitchesOptions) {
    this.#options = options;
  }

  /** @param teacher of their rooms alone; all when null @throws database_unavailable */
  async page(page: PageRequest, teacher: string | null = null): Promise<Page<Told>> {
    const { db } = this.#options;
    const sql = `${selectSql} where $1::uuid is null or exists (
      select from room_teachers t where t.room_id = h.room_id and t.user_id = $1)`;
    const toItem = (row: HdmiSwitchRow) => row;
    const rows = await readPage<HdmiSwitchRow, HdmiSwitchRow>(db, { sql, values: [teacher], page, toItem });
    return { ...rows, items: await completeSwitches(db, rows.items) };
  }

  /** @returns undefined when there is no such switch @throws database_unavailable */
  async get(id: string): Promise<Told | undefined> {
    if (!isUuid(id)) return undefined;
    const { db } = this.#options;
    return (
      await completeSwitches(db, await db.query<HdmiSwitchRow>(`${selectSql} where h.id = $1`, [id]))
    )[0];
  }

  /** @throws request_invalid when kind, device, port, relay and inputs do not go together, not_found, device_unknown */
  async create(request: CreateHdmiSwitchRequest, actor: Actor): Promise<Told> {
    refuseFaults(request);
    const { name, kind, room, device, port, relay, inputs, outputs } = request;
    const id = await this.#options.db.transaction(async (tx) => {
      const values = [name, kind, room, device, port, relay, JSON.stringify(inputs)];
      const [row] = await told(() => tx.query<{ id: string }>(insertSql, values));
      const made = row?.id ?? '';
      await tx.query(outputsSql, [made, JSON.stringify(outputs)]);
      await recordPower(tx, { action: 'hdmi-switch.create', subject: made, actor, after: { ...request } });
      return made;
    });
    return await this.#announced(id);
  }

  /** @throws not_found, request_invalid */
  async change(id: string, patch: PatchHdmiSwitchRequest, actor: Actor): Promise<Told> {
    await this.#options.db.transaction(async (tx) => {
      const row = await lockSwitch(tx, id);
      const before = { name: row.name, room: row.room_id, inputs: row.inputs };
      const { outputs, ...fields } = patch;
      const after = { ...before, ...fields };
      refuseFaults({
        ...after,
        kind: row.kind,
        device: row.device_id,
        port: row.port,
        relay: row.relay_id,
        outputs,
      });
      await told(() => tx.query(updateSql, [id, after.name, after.room, JSON.stringify(after.inputs)]));
      if (outputs) await replaceOutputs(tx, id, outputs);
      await recordPower(tx, {
        action: 'hdmi-switch.change',
        subject: id,
        actor,
        ...differenceOf(before, after),
      });
    });
    return await this.#announced(id);
  }

  /** @throws not_found */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.#options.db.transaction(async (tx) => {
      const { name, kind } = await lockSwitch(tx, id);
      await tx.query('delete from hdmi_switches where id = $1', [id]);
      await recordPower(tx, { action: 'hdmi-switch.remove', subject: id, actor, before: { name, kind } });
    });
    this.#options.changes.announce({ kind: 'hdmi-switch', id });
  }

  /** Have an output show an input. Returns as soon as that is written down. @throws not_found, request_invalid */
  async route(id: string, { output, input }: { output: number; input: number }, actor: Actor): Promise<Told> {
    await this.#options.db.transaction(async (tx) => {
      const { inputs } = await lockSwitch(tx, id);
      if (!inputs.some((each) => each.input === input))
        throw new HomeroomError('request_invalid', `input: the switch has no input ${input}`);
      const routed = await tx.query(routeSql, [id, output, input, randomUUID()]);
      if (routed.length === 0)
        throw new HomeroomError('request_invalid', `output: the switch has no output ${output}`);
      await recordPower(tx, { action: 'hdmi-switch.route', subject: id, actor, details: { output, input } });
    });
    return await this.#announced(id);
  }

  /**
   * Show a seat wherever it hangs on a switch with one output that shows, or is about to show, another input. Of a matrix
   * nobody knows which of its screens would be meant. Without a switch nothing is done.
   */
  async showSeat(seat: string, actor: Actor): Promise<void> {
    const rows = await this.#options.db.query<{ id: string; output: number; input: number }>(ofSeatSql, [
      seat,
    ]);
    for (const { id, output, input } of rows) await this.route(id, { output, input }, actor);
  }

  async #announced(id: string): Promise<Told> {
    this.#options.changes.announce({ kind: 'hdmi-switch', id });
    const found = await this.get(id);
    if (!found) throw new HomeroomError('not_found');
    return found;
  }
}

async function lockSwitch(tx: Queryable, id: string): Promise<HdmiSwitchRow> {
  const sql = `${selectSql} where h.id = $1 for update`;
  const [row] = isUuid(id) ? await tx.query<HdmiSwitchRow>(sql, [id]) : [];
  if (!row) throw new HomeroomError('not_found');
  return row;
}

async function replaceOutputs(
  tx: Queryable,
  id: string,
  outputs: readonly { output: number; name: string }[],
): Promise<void> {
  const kept = outputs.map(({ output }) => output);
  await tx.query('delete from hdmi_outputs where switch_id = $1 and output <> all($2)', [id, kept]);
  await tx.query(outputsSql, [id, JSON.stringify(outputs)]);
}

function refuseFaults(request: Parameters<typeof faultOfSwitch>[0]): void {
  const fault = faultOfSwitch(request);
  if (fault !== undefined) throw new HomeroomError('request_invalid', fault);
}

/** What the database refuses, as an answer. */
async function told<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (caught) {
    const violation = violationOf(caught);
    if (violation?.kind !== 'foreign-key') throw caught;
    const code = violation.constraint.includes('device') ? 'device_unknown' : 'not_found';
    throw new HomeroomError(code, undefined, { cause: caught });
  }
}

import type { HdmiSwitch, HdmiSwitchKind } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';

/** A row of `hdmi_switches`. */
export interface HdmiSwitchRow {
  readonly id: string;
  readonly name: string;
  readonly kind: HdmiSwitchKind;
  readonly room_id: string | null;
  readonly device_id: string | null;
  readonly port: string | null;
  readonly relay_id: string | null;
  readonly inputs: HdmiSwitch['inputs'];
  readonly created_at: Date;
}

/** The columns of {@link HdmiSwitchRow}, of `hdmi_switches h`. */
export const hdmiSwitchColumns =
  'h.id, h.name, h.kind, h.room_id, h.device_id, h.port, h.relay_id, h.inputs, h.created_at';

/** A row of `hdmi_outputs`. */
export interface HdmiOutputRow {
  readonly switch_id: string;
  readonly output: number;
  readonly name: string;
  readonly input: number | null;
  readonly wanted: number | null;
  readonly since: Date | null;
  readonly fault: string | null;
}

/** @returns the switch as the API tells it; `active` are the seats whose devices say that the screen shows them. Pure. */
export function toHdmiSwitch(
  row: HdmiSwitchRow,
  outputs: readonly HdmiOutputRow[],
  active: ReadonlySet<string>,
): HdmiSwitch {
  const { id, name, kind, inputs } = row;
  return {
    id,
    name,
    kind,
    room: row.room_id,
    device: row.device_id,
    port: row.port,
    relay: row.relay_id,
    inputs,
    outputs: outputs.map((output) => ({
      output: output.output,
      name: output.name,
      input: shownAt(output, row, active),
      wanted: output.wanted,
      since: output.since?.toISOString() ?? null,
      fault: output.fault,
    })),
  };
}

/** Whoever sits at an input of a CEC switch knows better than what was once told to it. */
function shownAt(
  { input }: HdmiOutputRow,
  { kind, inputs }: Pick<HdmiSwitchRow, 'kind' | 'inputs'>,
  active: ReadonlySet<string>,
): number | null {
  if (kind !== 'cec') return input;
  return inputs.find(({ seat }) => seat !== null && active.has(seat))?.input ?? input;
}

const outputsSql = `
select switch_id, output, name, input, wanted, since, fault from hdmi_outputs where switch_id = any($1) order by switch_id, output`;

/** A device that is away says nothing of now. */
const activeSql = `
select d.seat_id as seat from devices d
where d.seat_id is not null and d.state->>'state' = 'ready' and d.cec->'adapters' @> '[{"isActiveSource": true}]'
  and d.seat_id::text in (select i->>'seat' from hdmi_switches h, jsonb_array_elements(h.inputs) i where h.id = any($1))`;

/** @returns switches as the API tells them, in the order of their rows */
export async function completeSwitches(db: Queryable, rows: readonly HdmiSwitchRow[]): Promise<HdmiSwitch[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const outputs = await db.query<HdmiOutputRow>(outputsSql, [ids]);
  const active = await db.query<{ seat: string }>(activeSql, [ids]);
  const bySwitch = Map.groupBy(outputs, ({ switch_id }) => switch_id);
  const seats = new Set(active.map(({ seat }) => seat));
  return rows.map((row) => toHdmiSwitch(row, bySwitch.get(row.id) ?? [], seats));
}

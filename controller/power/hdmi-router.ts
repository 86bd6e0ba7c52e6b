/**
 * Carries routings of HDMI switches out. Taken by row locks and leases, as changes of power are: any number of processes
 * may run this, and one that dies is followed by the next. A routing says which input is to be shown, so it may be
 * repeated. By relay it is a change of the relay's channels, with their interlocks.
 */
import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { BoundedTasks } from '../desktops/bounded-tasks.ts';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import type { DeviceCommands } from '../fleet/ports.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { beginChange } from './change-request.ts';
import type { ChannelRow } from './channel-row.ts';
import type { HdmiSwitchRow } from './hdmi-row.ts';

export interface HdmiRouterOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly commands: Pick<DeviceCommands, 'send'>;
  readonly logger: Logger;
}

type Routing = Pick<HdmiSwitchRow, 'kind' | 'device_id' | 'port' | 'relay_id' | 'inputs'> & {
  readonly switch_id: string;
  readonly output: number;
  readonly wanted: number;
  readonly change_id: string;
  readonly sends: number;
  readonly is_late: boolean;
};

const intervalMs = 1_000;
const restMs = 20;
const maxAtOnce = 16;
const maxSends = 3;
const retryS = 2;

const takeSql = `
with due as (
  select switch_id, output from hdmi_outputs where look_again_at <= now()
  order by look_again_at limit $1 for update skip locked
), o as (
  update hdmi_outputs t set look_again_at = now() + interval '20 seconds', sends = t.sends + 1
  from due where t.switch_id = due.switch_id and t.output = due.output returning t.*
)
select o.switch_id, o.output, o.wanted, o.change_id, o.sends, o.expires_at <= now() as is_late, h.kind, h.device_id, h.port,
  h.relay_id, h.inputs
from o join hdmi_switches h on h.id = o.switch_id`;

const endSql = `
update hdmi_outputs set change_id = null, expires_at = null, look_again_at = null, fault = $4,
  input = case when $4::text is null then wanted else input end, since = case when $4::text is null then now() else since end
where switch_id = $1 and output = $2 and change_id = $3 returning output`;

const laterSql = `
update hdmi_outputs set look_again_at = now() + make_interval(secs => $4)
where switch_id = $1 and output = $2 and change_id = $3`;

export class HdmiRouter {
  readonly #options: HdmiRouterOptions;
  readonly #tasks: BoundedTasks;
  readonly #loop: ReconcileLoop;
  #leave: (() => void) | undefined;

  constructor(options: HdmiRouterOptions) {
    const { logger } = options;
    this.#options = options;
    this.#tasks = new BoundedTasks({ limit: maxAtOnce, logger });
    this.#loop = new ReconcileLoop({ name: 'hdmi', intervalMs, restMs, logger, look: () => this.#look() });
  }

  start(): void {
    this.#leave = this.#options.changes.subscribe(({ kind }) => {
      if (kind === 'hdmi-switch') this.#loop.wake();
    });
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#leave?.();
    await this.#loop.stop();
    await this.#tasks.settled();
  }

  async #look(): Promise<void> {
    if (this.#tasks.free === 0) return;
    const due = await this.#options.db.query<Routing>(takeSql, [this.#tasks.free]);
    for (const routing of due) this.#tasks.start(() => this.#step(routing));
  }

  async #step(routing: Routing): Promise<void> {
    try {
      const isByRelay = routing.kind === 'board' || routing.kind === 'pulse';
      const outcome = isByRelay ? await this.#byRelay(routing) : await this.#byDevice(routing);
      if (outcome === 'later') await this.#later(routing, 0.3);
      else await this.#end(routing, outcome);
    } catch (caught) {
      const { message } = toError(caught);
      this.#options.logger.warn({ err: toError(caught), hdmiSwitch: routing.switch_id }, 'a routing failed');
      if (routing.sends >= maxSends || routing.is_late) await this.#end(routing, message.slice(0, 200));
      else await this.#later(routing, retryS);
    }
  }

  /** @returns why it failed for good; null when it was done @throws what the device answered */
  async #byDevice({
    kind,
    device_id: device,
    port,
    inputs,
    output,
    wanted,
  }: Routing): Promise<string | null> {
    const { db, commands } = this.#options;
    if (kind === 'serial') {
      if (device === null || port === null) return 'The device that the switch hangs on was removed.';
      await commands.send(device, 'hdmi-switch', { port, output, input: wanted });
      return null;
    }
    const seat = inputs.find(({ input }) => input === wanted)?.seat ?? null;
    const sql = 'select id from devices where seat_id = $1 and revoked_at is null';
    const [there] = seat === null ? [] : await db.query<{ id: string }>(sql, [seat]);
    if (!there)
      return 'No device is placed at the seat of that input, and by CEC only it can switch to itself.';
    await commands.send(there.id, 'cec', { action: 'active-source' });
    return null;
  }

  /** @returns `later` while the relay is at it */
  async #byRelay(routing: Routing): Promise<'later' | string | null> {
    const { db, changes } = this.#options;
    const { relay_id: relay, inputs, wanted, sends } = routing;
    const channel = inputs.find(({ input }) => input === wanted)?.channel ?? null;
    if (relay === null || channel === null) return 'The relay of the switch was removed.';
    const sql =
      'select relay_id, channel, action, is_forced, fault, load from relay_channels where relay_id = $1 for update';
    const outcome = await db.transaction(async (tx) => {
      const rows = await tx.query<ChannelRow>(sql, [relay]);
      const own = rows.find((row) => row.channel === channel);
      if (!own || own.load === 'seat') return 'The channel of that input powers a seat, or is gone.';
      if (sends > 1) return own.action === null ? own.fault : 'later';
      for (const row of rows.filter(({ load }) => load === 'other')) {
        const isChooser = inputs.some((each) => each.channel === row.channel);
        if (routing.kind === 'pulse' && row === own)
          await beginChange(tx, row, { action: 'pulse', isForced: false });
        if (routing.kind === 'board' && isChooser)
          await beginChange(tx, row, { action: row === own ? 'on' : 'off', isForced: false });
      }
      return 'later';
    });
    changes.announce({ kind: 'relay', id: relay });
    return outcome;
  }

  async #later({ switch_id, output, change_id }: Routing, seconds: number): Promise<void> {
    await this.#options.db.query(laterSql, [switch_id, output, change_id, seconds]);
  }

  async #end({ switch_id, output, change_id }: Routing, fault: string | null): Promise<void> {
    const { db, changes } = this.#options;
    const ended = await db.query(endSql, [switch_id, output, change_id, fault]);
    if (ended.length > 0) changes.announce({ kind: 'hdmi-switch', id: switch_id });
  }
}

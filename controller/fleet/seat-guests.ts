import { HomeroomError, type SeatGuest } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { isUuid } from '../store/uuid.ts';

const setSql = `
with target as (
  select id, guest_template_id as template, guest_limit_s as "limitS" from seats where id = $1 for update
), changed as (
  update seats s set guest_template_id = $2, guest_limit_s = $3 from target where s.id = target.id
)
select template, "limitS" from target`;

const isTemplateSql = 'select 1 from templates where id = $1 and withdrawn_at is null';

/** For a seat that nobody sits at, and a template that is still there. */
const ofDeviceSql = `
select s.id as seat, s.guest_template_id as template, s.guest_limit_s as "limitS"
from devices d join seats s on s.id = d.seat_id join templates t on t.id = s.guest_template_id
where d.id = $1 and t.withdrawn_at is null and d.revoked_at is null`;

/** Whether somebody without an account may sit down at a seat, and what they get. */
export class SeatGuests {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * Let guests sit down at a seat, or no more.
   *
   * @param guest null for no guests; who sits there already stays
   * @throws seat_unknown, template_unknown
   */
  async set(seatId: string, guest: SeatGuest | null, actor: Actor): Promise<void> {
    if (!isUuid(seatId)) throw new HomeroomError('seat_unknown');
    await this.#db.transaction(async (tx) => {
      if (guest && (await tx.query(isTemplateSql, [guest.template])).length === 0) {
        throw new HomeroomError('template_unknown');
      }
      const values = [seatId, guest?.template ?? null, guest?.limitS ?? null];
      const [before] = await tx.query<SeatGuest | { template: null }>(setSql, values);
      if (!before) throw new HomeroomError('seat_unknown');
      await record(tx, {
        actor: { id: actor.userId, username: actor.username },
        action: 'seat.guest',
        subject: seatId,
        before: { guest: before.template === null ? null : before },
        after: { guest },
        address: actor.address,
      });
    });
    this.#changes.announce({ kind: 'seat', id: seatId });
  }

  /** @returns the seat of a kiosk and what a guest gets there; undefined where there are no guests. */
  async at(deviceId: string): Promise<(SeatGuest & { seat: string }) | undefined> {
    const [row] = await this.#db.query<SeatGuest & { seat: string }>(ofDeviceSql, [deviceId]);
    return row;
  }
}

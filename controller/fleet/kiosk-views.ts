import { HomeroomError, type KioskView, type Session } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import { isLockedColumn, messageColumn } from './attention-columns.ts';
import { broadcastColumn } from './broadcast-column.ts';
import { type KioskFacts, kioskViewOf } from './kiosk-view-of.ts';

export interface KioskViewsOptions {
  readonly db: Database;
  /** Reads a session as the API tells it. */
  readonly sessions: { get(id: string): Promise<Session | undefined> };
  readonly isIdentifying: (device: string) => boolean;
}

interface Row {
  readonly name: string;
  readonly seat_id: string | null;
  readonly seat_name: string | null;
  readonly room_name: string | null;
  readonly revoked_at: Date | null;
  readonly is_locked: boolean;
  readonly message: string | null;
  readonly room_message_id: string | null;
  readonly room_message_by: string | null;
  readonly room_message_at: Date | null;
  readonly broadcast: string | null;
  readonly session_id: string | null;
  readonly moved_to: string | null;
  readonly guest_template: string | null;
  readonly guest_limit_s: number | null;
}

/** Whoever sat here has read by then where their desktop is. */
const toldForS = 60;

const sql = `
select d.name, d.seat_id, s.name as seat_name, r.name as room_name, d.revoked_at, ${isLockedColumn} as is_locked,
  ${messageColumn} as message, m.id as room_message_id, m.created_at as room_message_at,
  (select display_name from users where id = m.sent_by) as room_message_by,
  ${broadcastColumn} as broadcast, x.id as session_id, (
    select there.name from sessions m join seats there on there.id = m.seat_id
    where m.moved_from = d.seat_id and m.moved_at > now() - interval '${toldForS} seconds' and m.seat_id <> d.seat_id
    order by m.moved_at desc limit 1
  ) as moved_to, g.name as guest_template, s.guest_limit_s
from devices d left join seats s on s.id = d.seat_id left join rooms r on r.id = s.room_id
  left join templates g on g.id = s.guest_template_id and g.withdrawn_at is null
  left join message_at(s.id) m on true
  left join sessions x on x.seat_id = s.id and x.state <> 'ended'
where d.id = $1`;

/** What the kiosk pages show. */
export class KioskViews {
  readonly #options: KioskViewsOptions;

  constructor(options: KioskViewsOptions) {
    this.#options = options;
  }

  /** @throws device_unknown, database_unavailable */
  async get(device: string): Promise<KioskView> {
    const { db, sessions, isIdentifying } = this.#options;
    const [row] = await db.query<Row>(sql, [device]);
    if (!row) throw new HomeroomError('device_unknown');
    const session = row.session_id === null ? undefined : await sessions.get(row.session_id);
    return kioskViewOf({
      device,
      deviceName: row.name,
      seat: row.seat_id,
      seatName: row.seat_name,
      roomName: row.room_name,
      isRevoked: row.revoked_at !== null,
      isLocked: row.is_locked,
      message: row.message,
      roomMessage: roomMessageOf(row),
      broadcast: row.broadcast,
      session: session ?? null,
      movedTo: row.moved_to,
      guest:
        row.guest_template === null ? null : { templateName: row.guest_template, limitS: row.guest_limit_s },
      isIdentifying: isIdentifying(device),
    });
  }
}

function roomMessageOf({
  room_message_id,
  room_message_by,
  room_message_at,
}: Row): KioskFacts['roomMessage'] {
  if (room_message_id === null || room_message_at === null) return null;
  return { id: room_message_id, sentBy: room_message_by, sentAt: room_message_at.toISOString() };
}

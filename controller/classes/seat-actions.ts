/** Carries out what a step asks for. Everything here may be done twice. */
import type { EndReason } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Queryable } from '../store/database.ts';
import type { ClassCommands, ClassPowers, ClassScreens, ClassSessions } from './ports.ts';
import type { TakenSeat } from './read-seat-facts.ts';
import type { SeatAction } from './seat-facts.ts';

export interface SeatActionsOptions {
  readonly db: Queryable;
  readonly changes: Pick<Changes, 'announce'>;
  readonly powers: ClassPowers;
  readonly sessions: ClassSessions;
  readonly commands: ClassCommands;
  /** Absent where no switch is known. */
  readonly screens?: ClassScreens;
}

/** Both commands together are over before the seat's lease is. */
const timeoutMs = 5_000;

const screenSql = `update devices set desired_screen = $2 where id = $1 and desired_screen <> $2 returning id`;

const unseatSql = `
update sessions set seat_id = null, moved_from = seat_id, moved_at = now()
where id = $1 and seat_id = $2 and state in ('detached', 'waiting') returning id`;

const tellSql = `
update sessions set class_ends_at = to_timestamp($2 / 1000.0), class_told_at = coalesce(class_told_at, now()), sweep_at = now()
where id = $1 and state <> 'ended' returning id`;

/** @returns whom the audit log names for what a run does */
export function actorOfRun({ startedBy, startedById }: TakenSeat): Actor {
  return { userId: startedById, username: startedBy ?? 'the timetable', address: null };
}

export class SeatActions {
  readonly #options: SeatActionsOptions;

  constructor(options: SeatActionsOptions) {
    this.#options = options;
  }

  /** @returns the session that was begun, if one was @throws whatever keeps it from being done */
  async carryOut(
    action: SeatAction,
    taken: TakenSeat,
    signal: AbortSignal,
  ): Promise<{ session: string } | undefined> {
    const { seat } = taken.facts;
    const actor = actorOfRun(taken);
    const { powers, sessions, screens } = this.#options;
    switch (action.do) {
      case 'want-power':
        await powers.request(seat, { action: action.power, force: false }, actor);
        break;
      case 'want-screen':
        await this.#update(screenSql, [action.device, action.power], 'device');
        break;
      case 'show-input':
        await screens?.showSeat(seat, actor);
        break;
      case 'wake-screen':
        await this.#wake(action, signal);
        break;
      case 'claim': {
        const claim = { userId: action.user, templateId: action.template, seatId: seat, actor };
        const begun = await sessions.startFresh(claim);
        return begun && { session: begun.id };
      }
      case 'move':
        await sessions.move(action.session, seat, actor);
        break;
      case 'unseat':
        await this.#update(unseatSql, [action.session, seat], 'session');
        break;
      case 'tell-end':
        await this.#update(tellSql, [action.session, action.atMs], 'session');
        break;
      case 'end-session':
        await sessions.end(action.session, endReasonOf(taken), actor, 'The class is over.');
        break;
    }
    return undefined;
  }

  async #wake(
    { device, isAsleep }: Extract<SeatAction, { do: 'wake-screen' }>,
    signal: AbortSignal,
  ): Promise<void> {
    const { commands } = this.#options;
    if (isAsleep) await commands.send(device, 'cec', { action: 'on' }, { signal, timeoutMs });
    await commands.send(device, 'cec', { action: 'active-source' }, { signal, timeoutMs });
  }

  async #update(sql: string, values: readonly unknown[], kind: 'device' | 'session'): Promise<void> {
    const rows = await this.#options.db.query<{ id: string }>(sql, values);
    for (const { id } of rows) this.#options.changes.announce({ kind, id });
  }
}

function endReasonOf({ lesson }: TakenSeat): EndReason {
  return lesson === null ? 'teacher' : 'lesson-over';
}

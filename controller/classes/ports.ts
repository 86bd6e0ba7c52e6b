/** What classes need of power, of sessions and of devices; tests bring their own. */
import type {
  CommandArgsInput,
  CommandData,
  CommandName,
  EndReason,
  SeatPower,
  Session,
} from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';

/** What a step has to know of a seat's power. */
export type PowerOfSeat = Pick<
  SeatPower,
  'state' | 'wanted' | 'relay' | 'override' | 'waitsFor' | 'fault' | 'reason'
>;

/** Power of seats. */
export interface ClassPowers {
  /** @returns the power of every seat of a room */
  ofRoom(room: string): Promise<readonly (PowerOfSeat & { readonly seat: string })[]>;
  /**
   * Have the power of a seat be so from now on. Off shuts the device down first, and cuts power when it has said so.
   * It may be repeated: what is under way goes on.
   *
   * @throws whatever keeps it from being wanted; its detail is told at the seat
   */
  request(
    seat: string,
    request: { readonly action: 'on' | 'off'; readonly force: false },
    actor: Actor,
  ): Promise<unknown>;
}

/** Sessions, as the API has them. */
export interface ClassSessions {
  /** Claim a desktop for somebody who has none. @returns undefined when they have one, wherever it is */
  startFresh(claim: {
    userId: string;
    templateId: string;
    seatId: string;
    actor: Actor;
  }): Promise<Session | undefined>;
  /** @throws seat_taken, session_ended */
  move(id: string, seatId: string, actor: Actor): Promise<unknown>;
  /** One that has ended stays as it is. */
  end(id: string, endReason: EndReason, actor: Actor, reason: string | null): Promise<unknown>;
}

/** Has a device do something once. */
export interface ClassCommands {
  send<N extends CommandName>(
    device: string,
    name: N,
    args: CommandArgsInput<N>,
    options?: { readonly signal?: AbortSignal; readonly timeoutMs?: number },
  ): Promise<CommandData<N>>;
}

/** Switches that bring a seat's picture to a screen. */
export interface ClassScreens {
  /** Show this seat's input wherever it hangs on a switch that shows another one; without a switch nothing is done. */
  showSeat(seat: string, actor: Actor): Promise<void>;
}

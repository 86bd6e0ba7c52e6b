/** What classes need of power and of devices; tests bring their own. */
import type { CommandArgsInput, CommandData, CommandName, SeatPower } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';

/** What a step has to know of a seat's power. */
export type PowerOfSeat = Pick<
  SeatPower,
  'state' | 'wanted' | 'relay' | 'override' | 'waitsFor' | 'fault' | 'reason'
>;

/** Power of seats; `power/` implements it. */
export interface SeatPowers {
  /** @returns the power of each of these seats; one that is left out cannot be switched and is not known */
  of(seats: readonly string[]): Promise<ReadonlyMap<string, PowerOfSeat>>;
  /**
   * Have the power of a seat be so from now on. Off shuts the device down first, and cuts power when it has said so.
   * It may be repeated: what is wanted already stays.
   *
   * @throws whatever keeps it from being wanted; its code and its detail are told at the seat
   */
  want(seat: string, power: 'on' | 'off', actor: Actor): Promise<void>;
}

/** Switches that bring a seat's picture to a screen; `power/` implements it. */
export interface HdmiRoutes {
  /** Show this seat's input wherever it hangs on a switch that shows another one. Without a switch nothing is done. */
  showSeat(seat: string, actor: Actor): Promise<void>;
}

/** Has a device do something once. */
export interface SeatCommands {
  send<N extends CommandName>(
    device: string,
    name: N,
    args: CommandArgsInput<N>,
    options?: { readonly signal?: AbortSignal; readonly timeoutMs?: number },
  ): Promise<CommandData<N>>;
}

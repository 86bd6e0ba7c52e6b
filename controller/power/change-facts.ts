import type { DeviceState } from '@homeroom/protocol';
import type { ChangeFacts } from './change-plan.ts';
import type { TakenChange } from './change-work.ts';
import { holdOf } from './channel-row.ts';

/** From a machine's last word to its halt: what it still writes after it. */
const marginMs = 10_000;
/** A simulated machine writes nothing. */
const simulatedMarginMs = 2_000;

/**
 * @param heard what the computer said last, as this process heard it: newer than what is written
 * @returns what the next step is decided by. Pure.
 */
export function factsOf(row: TakenChange, heard: DeviceState | undefined, nowMs: number): ChangeFacts {
  const state = heard ?? row.computer_state;
  return {
    // Only changes that are under way are taken.
    action: row.action ?? 'off',
    isForced: row.is_forced,
    askedMs: row.asked_at.getTime(),
    expiresMs: row.expires_at.getTime(),
    isOnline: row.online,
    isOn: row.is_on,
    offSinceMs: row.off_since?.getTime() ?? null,
    minimumOffMs: row.minimum_off_s * 1000,
    heldOn: holdOf(row, nowMs)?.on,
    sentMs: row.sent_at?.getTime() ?? null,
    sentOn: row.sent_on,
    sends: row.sends,
    waitsFor: row.waits_for,
    shutdownAskedMs: row.shutdown_asked_at?.getTime() ?? null,
    shutDownMs: row.shut_down_at?.getTime() ?? null,
    computer:
      row.computer === null
        ? null
        : {
            state: state?.state ?? 'never',
            hasSaidShutdown: state?.reason === 'shutdown',
            wasAwake: row.was_awake,
            marginMs: row.is_simulated ? simulatedMarginMs : marginMs,
          },
  };
}

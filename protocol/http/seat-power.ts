import * as v from 'valibot';
import { counter, label, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

/**
 * What is true of a seat's power, by the votes of its relay, its agent's heartbeat, HDMI and CEC:
 * - `on`: the agent is there, or everything that can tell says so;
 * - `starting`: power is up and the agent is still expected;
 * - `off`: the relay says off and nothing contradicts it, or the device shut down and has no relay;
 * - `unclear`: the votes contradict each other, or nobody can tell.
 * A CEC answer alone is never believed.
 */
export const powerStates = ['on', 'off', 'starting', 'unclear'] as const;
export type PowerState = (typeof powerStates)[number];

export const seatPower = v.object({
  seat: id,
  /** What was asked for last; null when nobody ever did. */
  wanted: v.nullable(v.picklist(['on', 'off'])),
  state: v.picklist(powerStates),
  /** Why it is taken for so, as a sentence. */
  reason: label,
  /** When it came to be so; a computer that answers is on since it came up. */
  since: timestamp,
  /** The relay channel that powers it; null where power cannot be switched. */
  relay: v.nullable(
    v.object({ id, channel: counter, on: v.nullable(v.boolean()), online: v.boolean(), since: nullableTime }),
  ),
  /** Somebody holds it by hand, here or at the relay itself; it wins until `until`, or until it is let go. */
  override: v.nullable(
    v.object({
      on: v.boolean(),
      by: v.picklist(['person', 'relay']),
      who: v.nullable(label),
      until: nullableTime,
    }),
  ),
  /** What a wanted change waits for (shutting down, the minimum off time, its turn), as a sentence. */
  waitsFor: v.nullable(label),
  /** Why the last change failed, as a sentence; null after one that did not. */
  fault: v.nullable(label),
});
export type SeatPower = v.InferOutput<typeof seatPower>;

/**
 * `POST /seats/<id>/power`. `off` shuts the device down first and cuts power when it has said so; `cycle` is off and then on;
 * `force` cuts power of a device that does not answer any more (admins).
 */
export const seatPowerRequest = v.strictObject({
  action: v.picklist(['on', 'off', 'cycle']),
  force: v.optional(v.boolean(), false),
});
export type SeatPowerRequest = v.InferInput<typeof seatPowerRequest>;

/** `GET /rooms/<id>/power`: every seat of the room. */
export const roomPower = v.object({ items: v.array(seatPower) });

/** `PUT /seats/<id>/power/override`: hold it by hand; null lets it go. */
export const powerOverrideRequest = v.strictObject({
  on: v.nullable(v.boolean()),
  forS: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(7 * 24 * 3600))),
    null,
  ),
});

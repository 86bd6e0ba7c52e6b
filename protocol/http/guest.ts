import * as v from 'valibot';
import { counter, label } from '../payloads/fields.ts';
import { id } from './fields.ts';
import { me } from './me.ts';
import { session } from './session.ts';

/** What somebody without an account gets at a seat. */
export const seatGuest = v.object({
  template: id,
  /** After so long it ends, in seconds; null leaves it at the template's own limit. */
  limitS: v.nullable(counter),
});
export type SeatGuest = v.InferOutput<typeof seatGuest>;

/** The same, as `PATCH /seats/<id>` takes it. */
export const seatGuestRequest = v.strictObject({
  template: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  limitS: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(24 * 3600))),
    3600,
  ),
});

/** What a kiosk's page offers beside the sign-in. */
export const kioskGuest = v.object({ templateName: label, limitS: v.nullable(counter) });
export type KioskGuest = v.InferOutput<typeof kioskGuest>;

/** `POST /kiosk/guest`: the guest who was made, signed in, and their one session. */
export const guestStart = v.object({ ...me.entries, session });
export type GuestStart = v.InferOutput<typeof guestStart>;

import * as v from 'valibot';
import { label } from '../payloads/fields.ts';
import { id } from './fields.ts';
import { user } from './user.ts';

/** `GET /me`: who is signed in, and, on a kiosk, at which seat. */
export const me = v.object({
  user: v.nullable(user),
  kiosk: v.nullable(v.object({ device: id, seat: v.nullable(id), seatName: v.nullable(label) })),
  /** To be sent back as `X-CSRF-Token` with everything that changes something. */
  csrfToken: v.string(),
});
export type Me = v.InferOutput<typeof me>;

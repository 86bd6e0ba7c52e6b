import * as v from 'valibot';
import { label } from '../payloads/fields.ts';
import { id } from './fields.ts';
import { seatGuest } from './guest.ts';

export const seat = v.object({
  id,
  name: label,
  room: id,
  device: v.nullable(id),
  /** The live session that is shown here. */
  session: v.nullable(id),
  /** What somebody without an account gets here; null where they get nothing. */
  guest: v.nullable(seatGuest),
  position: v.nullable(v.object({ x: v.number(), y: v.number() })),
});
export type Seat = v.InferOutput<typeof seat>;

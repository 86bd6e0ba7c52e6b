import * as v from 'valibot';
import { counter, label, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

export const joinToken = v.object({
  id,
  /** The whole token; only in the answer that made it. */
  token: v.optional(v.string()),
  note: v.nullable(label),
  room: v.nullable(id),
  /** Whether devices that come by it may run desktops. */
  host: v.boolean(),
  usesLeft: v.nullable(counter),
  expiresAt: nullableTime,
  withdrawnAt: nullableTime,
  createdAt: timestamp,
});
export type JoinTokenResource = v.InferOutput<typeof joinToken>;

import * as v from 'valibot';
import { label } from '../payloads/fields.ts';
import { id } from './fields.ts';

export const seat = v.object({
  id,
  name: label,
  room: id,
  device: v.nullable(id),
  /** The live session that is shown here. */
  session: v.nullable(id),
  position: v.nullable(v.object({ x: v.number(), y: v.number() })),
});
export type Seat = v.InferOutput<typeof seat>;

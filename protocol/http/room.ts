import * as v from 'valibot';
import { counter, label } from '../payloads/fields.ts';
import { id } from './fields.ts';

export const room = v.object({
  id,
  name: label,
  seats: counter,
  /** The users who see and run it beside the admins. */
  teachers: v.array(id),
});
export type Room = v.InferOutput<typeof room>;

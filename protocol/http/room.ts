import * as v from 'valibot';
import { counter, label } from '../payloads/fields.ts';
import { id } from './fields.ts';

export const room = v.object({ id, name: label, seats: counter });
export type Room = v.InferOutput<typeof room>;

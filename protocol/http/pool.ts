import * as v from 'valibot';
import { counter } from '../payloads/fields.ts';
import { id } from './fields.ts';

export const pool = v.object({
  template: id,
  minimum: counter,
  maximum: counter,
  creating: counter,
  ready: counter,
  claimed: counter,
  failed: counter,
});
export type Pool = v.InferOutput<typeof pool>;

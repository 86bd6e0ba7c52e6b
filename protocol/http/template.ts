import * as v from 'valibot';
import { counter, label } from '../payloads/fields.ts';
import { id } from './fields.ts';

export const template = v.object({
  id,
  name: label,
  description: v.string(),
  provider: v.picklist(['host', 'kubernetes', 'proxmox', 'simulated']),
  icon: v.nullable(label),
  /** Desktops that stand ready now. */
  ready: counter,
});
export type Template = v.InferOutput<typeof template>;

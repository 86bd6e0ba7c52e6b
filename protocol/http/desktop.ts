import * as v from 'valibot';
import { timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

export const desktopStates = ['creating', 'ready', 'claimed', 'deleting', 'failed', 'gone'] as const;
export type DesktopState = (typeof desktopStates)[number];

export const desktop = v.object({
  id,
  template: id,
  provider: v.string(),
  state: v.picklist(desktopStates),
  host: v.nullable(id),
  error: v.nullable(v.string()),
  createdAt: timestamp,
  deadline: nullableTime,
});
export type Desktop = v.InferOutput<typeof desktop>;

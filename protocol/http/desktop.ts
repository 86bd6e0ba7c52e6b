import * as v from 'valibot';
import { counter, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

export const desktopStates = [
  'creating',
  'cold',
  'warming',
  'ready',
  'cooling',
  'claimed',
  'deleting',
  'failed',
  'gone',
] as const;
export type DesktopState = (typeof desktopStates)[number];

/** A warm desktop runs, a cold one is stopped; both are whole. */
export const desktopLevels = ['warm', 'cold'] as const;
export type DesktopLevel = (typeof desktopLevels)[number];

export const desktop = v.object({
  id,
  template: id,
  provider: v.string(),
  state: v.picklist(desktopStates),
  /** Where it is, or is on its way to. */
  level: v.picklist(desktopLevels),
  /** Of its template, when it was begun. */
  version: counter,
  host: v.nullable(id),
  error: v.nullable(v.string()),
  createdAt: timestamp,
  deadline: nullableTime,
});
export type Desktop = v.InferOutput<typeof desktop>;

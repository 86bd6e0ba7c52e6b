import * as v from 'valibot';
import { counter, fault, timestamp } from './fields.ts';

/** `…/reported`: what the device made of `desired`; a key that failed says why beside it. */
export const reported = v.looseObject({
  revision: counter,
  kiosk: v.looseObject({
    state: v.picklist(['starting', 'showing', 'local', 'failed', 'absent']),
    url: v.nullable(v.pipe(v.string(), v.maxLength(2048))),
    loadedAt: v.nullable(timestamp),
    error: v.optional(fault),
  }),
  screen: v.looseObject({
    power: v.picklist(['on', 'off', 'unknown']),
    error: v.optional(fault),
  }),
  lock: v.boolean(),
  /** Absent from devices without sound; `muted` is null while it cannot be told. */
  audio: v.optional(v.looseObject({ muted: v.nullable(v.boolean()), error: v.optional(fault) })),
});
export type Reported = v.InferOutput<typeof reported>;

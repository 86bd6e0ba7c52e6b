import * as v from 'valibot';
import { counter, fault, label, timestamp } from './fields.ts';

/** `…/relays`: the device's own relay channels. */
export const relays = v.looseObject({
  channels: v.pipe(
    v.array(
      v.looseObject({
        channel: counter,
        name: label,
        on: v.nullable(v.boolean()),
        since: timestamp,
        error: v.optional(fault),
      }),
    ),
    v.maxLength(64),
  ),
});
export type Relays = v.InferOutput<typeof relays>;

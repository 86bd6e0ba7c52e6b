import * as v from 'valibot';
import { fault, label } from './fields.ts';

/** `…/cec`: each adapter and the television behind it. A monitor without CEC is `no-peer`, no fault. */
export const cec = v.looseObject({
  adapters: v.pipe(
    v.array(
      v.looseObject({
        name: v.pipe(v.string(), v.maxLength(64)),
        connector: v.nullable(v.pipe(v.string(), v.maxLength(32))),
        power: v.picklist(['on', 'standby', 'transitioning', 'no-peer', 'no-link', 'unknown', 'error']),
        /** `1.0.0.0`; null where there is no link. */
        physicalAddress: v.nullable(v.pipe(v.string(), v.maxLength(16))),
        isActiveSource: v.nullable(v.boolean()),
        television: v.nullable(v.looseObject({ vendor: v.nullable(label), name: v.nullable(label) })),
        error: v.optional(fault),
      }),
    ),
    v.maxLength(8),
  ),
});
export type Cec = v.InferOutput<typeof cec>;

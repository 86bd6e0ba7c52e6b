import * as v from 'valibot';
import { counter, timestamp } from './fields.ts';

/** `…/state`: is the device there? `lost` is published by the will alone. */
export const deviceState = v.looseObject({
  state: v.picklist(['ready', 'disconnected', 'lost']),
  since: timestamp,
  bootId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** Grows with each connection of one boot; a will from an older connection is ignored. */
  connection: v.optional(counter),
  /** Of `disconnected`: the machine was told to switch itself off and does so now; absent when only the agent ended. */
  reason: v.optional(v.picklist(['shutdown'])),
});
export type DeviceState = v.InferOutput<typeof deviceState>;

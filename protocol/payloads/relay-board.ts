import * as v from 'valibot';
import { counter, messageId, timestamp } from './fields.ts';
import { pulseMs } from './pulse-ms.ts';

/** `relay/<relay>/command`: for relay boards and for relays that a flow bridges. Never retained. */
export const relayCommand = v.looseObject({
  id: messageId,
  issuedAt: timestamp,
  ttlMs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60_000)),
  channel: counter,
  on: v.boolean(),
  pulseMs: v.optional(pulseMs),
});
export type RelayCommand = v.InferOutput<typeof relayCommand>;

/** `relay/<relay>/state`: retained; the will publishes `online: false`. */
export const relayState = v.looseObject({
  online: v.boolean(),
  channels: v.pipe(
    v.array(
      v.looseObject({
        on: v.boolean(),
        since: timestamp,
        /** Switched by the board's own button, which wins until it is let go there. */
        byHand: v.optional(v.boolean()),
      }),
    ),
    v.maxLength(64),
  ),
});
export type RelayState = v.InferOutput<typeof relayState>;

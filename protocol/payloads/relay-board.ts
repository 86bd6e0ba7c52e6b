import * as v from 'valibot';
import { counter, messageId, timestamp } from './fields.ts';

/** `relay/<relay>/command`: for relay boards and for relays that a flow bridges. Never retained. */
export const relayCommand = v.looseObject({
  id: messageId,
  issuedAt: timestamp,
  ttlMs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60_000)),
  channel: counter,
  on: v.boolean(),
});
export type RelayCommand = v.InferOutput<typeof relayCommand>;

/** `relay/<relay>/state`: retained; the will publishes `online: false`. */
export const relayState = v.looseObject({
  online: v.boolean(),
  channels: v.pipe(v.array(v.looseObject({ on: v.boolean(), since: timestamp })), v.maxLength(64)),
});
export type RelayState = v.InferOutput<typeof relayState>;

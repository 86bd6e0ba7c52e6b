import * as v from 'valibot';
import { label, messageId, timestamp } from './fields.ts';

/** Events say that something happened; the state that lasts is in the device's retained topics. */
export const eventNames = [
  'hdmi.connected',
  'hdmi.disconnected',
  'cec.power-changed',
  'input.added',
  'input.removed',
  'relay.changed',
  'kiosk.crashed',
  'kiosk.recovered',
  'desktop.ended',
  'disk.full',
] as const;
export type EventName = (typeof eventNames)[number];

export const event = v.looseObject({
  id: messageId,
  at: timestamp,
  message: label,
  details: v.optional(v.record(v.string(), v.unknown())),
});
export type Event = v.InferOutput<typeof event>;

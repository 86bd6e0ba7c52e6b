import * as v from 'valibot';
import { cec } from '../payloads/cec.ts';
import { deviceInfo } from '../payloads/device-info.ts';
import { deviceState } from '../payloads/device-state.ts';
import { counter, label, timestamp } from '../payloads/fields.ts';
import { hdmi } from '../payloads/hdmi.ts';
import { health } from '../payloads/health.ts';
import { host } from '../payloads/host.ts';
import { input } from '../payloads/input.ts';
import { relays } from '../payloads/relays.ts';
import { reported } from '../payloads/reported.ts';
import { id, nullableTime } from './fields.ts';

export const deviceAlert = v.object({ code: id, message: label, since: timestamp });

/** What an admin decided about a device that would run desktops. */
export const hostConsent = v.picklist(['allowed', 'refused']);
export type HostConsent = v.InferOutput<typeof hostConsent>;

export const device = v.object({
  id,
  name: label,
  seat: v.nullable(id),
  room: v.nullable(id),
  /** By the device's `state`; `revoked` when its credential was withdrawn. */
  connection: v.picklist(['ready', 'disconnected', 'lost', 'never', 'revoked']),
  since: nullableTime,
  desired: v.object({
    revision: counter,
    /** A page that was pushed; null when the seat shows what its session needs. */
    page: v.nullable(v.string()),
    screen: v.picklist(['on', 'off']),
    lock: v.boolean(),
    /** When the lock ends by itself; absent or null for one that does not. */
    lockedUntil: v.optional(nullableTime),
    muted: v.optional(v.boolean()),
    message: v.nullable(v.string()),
    /** What the two above come to: what the agent was told to show. */
    url: v.string(),
  }),
  state: v.nullable(deviceState),
  info: v.nullable(deviceInfo),
  reported: v.nullable(reported),
  hdmi: v.nullable(hdmi),
  cec: v.nullable(cec),
  input: v.nullable(input),
  relays: v.nullable(relays),
  health: v.nullable(health),
  host: v.nullable(host),
  /** Whether it may run desktops; null while no admin has decided, and then none is placed on it. */
  hostConsent: v.nullable(hostConsent),
  alerts: v.array(deviceAlert),
});
export type Device = v.InferOutput<typeof device>;

import * as v from 'valibot';
import { counter, label } from '../payloads/fields.ts';
import { deviceIdPattern } from '../topics.ts';
import { id, nullableTime } from './fields.ts';

/**
 * How a relay is reached: `device` by the GPIO lines of a Pi's agent, `board` as Homeroom's own topics say (the Ethernet board of
 * `hardware/firmware`, or what a flow bridges), `tasmota` and `shelly` by those makers' topics.
 */
export const relayKinds = ['device', 'board', 'tasmota', 'shelly'] as const;
export type RelayKind = (typeof relayKinds)[number];

export const relayLoads = ['seat', 'screen', 'other'] as const;

export const relayChannel = v.object({
  channel: counter,
  name: label,
  /** What hangs on it: the seat's computer, its screen, or something else. */
  load: v.picklist(relayLoads),
  seat: v.nullable(id),
  /** As it last said; null when it did not, or is away. */
  on: v.nullable(v.boolean()),
  since: nullableTime,
  wanted: v.nullable(v.boolean()),
  /** Switched by hand at the relay, against what is wanted: that wins until it is let go. */
  isOverridden: v.boolean(),
  /** Once off it stays off so long. */
  minimumOffS: counter,
  fault: v.nullable(label),
});
export type RelayChannel = v.InferOutput<typeof relayChannel>;

export const relay = v.object({
  id,
  name: label,
  kind: v.picklist(relayKinds),
  room: v.nullable(id),
  /** Kind `device`: whose lines they are. */
  device: v.nullable(id),
  /** Kinds `tasmota` (its topic) and `shelly` (its id): the part of its topics that is its own. */
  topic: v.nullable(label),
  online: v.boolean(),
  lastSeenAt: nullableTime,
  /** At most so many loads are switched on in one second. */
  maxStartsPerS: counter,
  channels: v.array(relayChannel),
  /** With which it comes to the broker; told once, when it is made or renewed. */
  credential: v.optional(v.object({ username: v.string(), password: v.string() })),
});
export type Relay = v.InferOutput<typeof relay>;

const name = v.pipe(label, v.trim(), v.minLength(1));
const maxStartsPerS = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20));
const ownTopic = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/));

/** `POST /relays`. */
export const createRelayRequest = v.strictObject({
  id: v.pipe(v.string(), v.regex(deviceIdPattern)),
  name: v.optional(name),
  kind: v.picklist(relayKinds),
  room: v.optional(v.nullable(id), null),
  device: v.optional(v.nullable(id), null),
  topic: v.optional(v.nullable(ownTopic), null),
  channels: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)),
  maxStartsPerS: v.optional(maxStartsPerS, 2),
});
export type CreateRelayRequest = v.InferOutput<typeof createRelayRequest>;

/** `PATCH /relays/<id>`. */
export const patchRelayRequest = v.strictObject({
  name: v.exactOptional(name),
  room: v.exactOptional(v.nullable(id)),
  maxStartsPerS: v.exactOptional(maxStartsPerS),
  /** Another password for the broker; the old one is worth nothing from then on. */
  renewCredential: v.exactOptional(v.literal(true)),
});
export type PatchRelayRequest = v.InferOutput<typeof patchRelayRequest>;

/** `PUT /relays/<id>/channels/<channel>`: what hangs on it. */
export const relayChannelRequest = v.strictObject({
  name: v.exactOptional(name),
  load: v.exactOptional(v.picklist(relayLoads)),
  seat: v.exactOptional(v.nullable(id)),
  minimumOffS: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600))),
});
export type RelayChannelRequest = v.InferOutput<typeof relayChannelRequest>;

/** `POST /relays/<id>/channels/<channel>/switch`: a channel that powers no seat's computer. */
export const switchRelayRequest = v.strictObject({ on: v.boolean() });

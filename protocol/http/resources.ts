import * as v from 'valibot';
import {
  cec,
  deviceInfo,
  deviceState,
  hdmi,
  health,
  host,
  input,
  relays,
  reported,
} from '../payloads/device-state.ts';
import { counter, label, timestamp } from '../payloads/fields.ts';

/** What `/api/v1` answers with. Ids are UUIDs, but a device's (its serial) and a template's (a slug). */

const id = v.pipe(v.string(), v.maxLength(64));
const nullableTime = v.nullable(timestamp);

export const roles = ['student', 'teacher', 'admin'] as const;
export type Role = (typeof roles)[number];

export const user = v.object({
  id,
  username: label,
  displayName: label,
  role: v.picklist(roles),
});
export type User = v.InferOutput<typeof user>;

/** `GET /me`: who is signed in, and, on a kiosk, at which seat. */
export const me = v.object({
  user: v.nullable(user),
  kiosk: v.nullable(v.object({ device: id, seat: v.nullable(id), seatName: v.nullable(label) })),
  /** To be sent back as `X-CSRF-Token` with everything that changes something. */
  csrfToken: v.string(),
});
export type Me = v.InferOutput<typeof me>;

export const template = v.object({
  id,
  name: label,
  description: v.string(),
  provider: v.picklist(['host', 'kubernetes', 'proxmox', 'simulated']),
  icon: v.nullable(label),
  /** Desktops that stand ready now. */
  ready: counter,
});
export type Template = v.InferOutput<typeof template>;

export const room = v.object({ id, name: label, seats: counter });
export type Room = v.InferOutput<typeof room>;

export const seat = v.object({
  id,
  name: label,
  room: id,
  device: v.nullable(id),
  /** The live session that is shown here. */
  session: v.nullable(id),
  position: v.nullable(v.object({ x: v.number(), y: v.number() })),
});
export type Seat = v.InferOutput<typeof seat>;

export const deviceAlert = v.object({ code: id, message: label, since: timestamp });

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
  alerts: v.array(deviceAlert),
});
export type Device = v.InferOutput<typeof device>;

export const desktopStates = ['creating', 'ready', 'claimed', 'deleting', 'failed', 'gone'] as const;
export type DesktopState = (typeof desktopStates)[number];

export const desktop = v.object({
  id,
  template: id,
  provider: v.string(),
  state: v.picklist(desktopStates),
  host: v.nullable(id),
  error: v.nullable(v.string()),
  createdAt: timestamp,
  deadline: nullableTime,
});
export type Desktop = v.InferOutput<typeof desktop>;

export const sessionStates = ['waiting', 'starting', 'active', 'detached', 'ended'] as const;
export type SessionState = (typeof sessionStates)[number];

export const endReasons = [
  'logout',
  'teacher',
  'idle',
  'limit',
  'lesson-over',
  'desktop-lost',
  'failed',
] as const;
export type EndReason = (typeof endReasons)[number];

export const session = v.object({
  id,
  user: id,
  username: label,
  template: id,
  state: v.picklist(sessionStates),
  desktop: v.nullable(id),
  seat: v.nullable(id),
  /** Where the desktop is seen: `/desktop/<session>`. */
  url: v.string(),
  /** Place in the queue, from 1, while `waiting`. */
  place: v.nullable(counter),
  /** Why it ended, or what it waits for, as a sentence. */
  reason: v.nullable(v.string()),
  endReason: v.nullable(v.picklist(endReasons)),
  startedAt: timestamp,
  endedAt: nullableTime,
});
export type Session = v.InferOutput<typeof session>;

export const pool = v.object({
  template: id,
  minimum: counter,
  maximum: counter,
  creating: counter,
  ready: counter,
  claimed: counter,
  failed: counter,
});
export type Pool = v.InferOutput<typeof pool>;

export const enrolmentPolicy = v.object({
  policy: v.picklist(['token', 'open', 'approve']),
  /** When `open` falls back to `token`. */
  openUntil: nullableTime,
});
export type EnrolmentPolicy = v.InferOutput<typeof enrolmentPolicy>;

/** A device that waits for an admin to compare its code. */
export const enrolment = v.object({
  id,
  device: id,
  name: v.nullable(label),
  code: v.string(),
  model: label,
  address: v.nullable(label),
  askedAt: timestamp,
});
export type Enrolment = v.InferOutput<typeof enrolment>;

export const joinToken = v.object({
  id,
  /** The whole token; only in the answer that made it. */
  token: v.optional(v.string()),
  note: v.nullable(label),
  room: v.nullable(id),
  usesLeft: v.nullable(counter),
  expiresAt: nullableTime,
  withdrawnAt: nullableTime,
  createdAt: timestamp,
});
export type JoinTokenResource = v.InferOutput<typeof joinToken>;

export const auditEntry = v.object({
  id: v.number(),
  at: timestamp,
  actor: v.nullable(label),
  action: label,
  subject: v.nullable(label),
  details: v.nullable(v.record(v.string(), v.unknown())),
  address: v.nullable(label),
});
export type AuditEntry = v.InferOutput<typeof auditEntry>;

/** What the kiosk page of a seat shows now. */
export const kioskView = v.object({
  device: id,
  deviceName: label,
  seat: v.nullable(id),
  seatName: v.nullable(label),
  roomName: v.nullable(label),
  view: v.picklist(['sign-in', 'waiting', 'desktop', 'locked', 'message', 'unassigned', 'revoked']),
  message: v.nullable(v.string()),
  session: v.nullable(session),
  identify: v.boolean(),
});
export type KioskView = v.InferOutput<typeof kioskView>;

/** `POST /sessions/<id>/tickets`: a ticket for one connection to the stream, and where it leads. */
export const streamTicket = v.object({ ticket: v.string(), url: v.string(), expiresAt: timestamp });
export type StreamTicket = v.InferOutput<typeof streamTicket>;

/** A list is always wrapped, so that paging can be added beside it. */
export const listOf = <S extends v.GenericSchema>(item: S) => v.object({ items: v.array(item) });

/** RFC 9457. `code` is one of the catalogue; `errors` names each wrong field. */
export const problem = v.looseObject({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.string(),
  detail: v.optional(v.string()),
  remedy: v.optional(v.string()),
  instance: v.optional(v.string()),
  errors: v.optional(v.array(v.object({ field: v.string(), message: v.string() }))),
});
export type Problem = v.InferOutput<typeof problem>;

/** One server-sent event: what changed. The page fetches what it shows of it. */
export const changeKinds = [
  'device',
  'seat',
  'room',
  'session',
  'desktop',
  'pool',
  'template',
  'enrolment',
  'join-token',
  'user',
] as const;
export type ChangeKind = (typeof changeKinds)[number];
export const change = v.object({ kind: v.picklist(changeKinds), id });
export type Change = v.InferOutput<typeof change>;

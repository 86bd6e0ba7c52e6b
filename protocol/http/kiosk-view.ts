import * as v from 'valibot';
import { label, timestamp } from '../payloads/fields.ts';
import { id } from './fields.ts';
import { kioskGuest } from './guest.ts';
import { session } from './session.ts';

/** What the kiosk page of a seat shows now. */
export const kioskView = v.object({
  device: id,
  deviceName: label,
  seat: v.nullable(id),
  seatName: v.nullable(label),
  roomName: v.nullable(label),
  view: v.picklist([
    'sign-in',
    'waiting',
    'desktop',
    'locked',
    'message',
    'broadcast',
    'unassigned',
    'revoked',
  ]),
  message: v.nullable(v.string()),
  /** Set when the message was sent to the room: it goes when somebody has read it. */
  roomMessage: v.optional(v.nullable(v.object({ id, sentBy: v.nullable(label), sentAt: timestamp }))),
  session: v.nullable(session),
  /** The broadcast that is shown at this seat; absent or null for none. */
  broadcast: v.exactOptional(v.nullable(id)),
  /** The seat where the desktop that was here is now, for a minute after it left. */
  movedTo: v.nullable(label),
  /** What whoever has no account may start here; null where they may not. */
  guest: v.nullable(kioskGuest),
  identify: v.boolean(),
});
export type KioskView = v.InferOutput<typeof kioskView>;

/** `POST /kiosk/sign-in`: the cookie that an agent sets in its kiosk's browser. */
export const kioskCookie = v.object({
  cookie: v.object({ name: v.string(), value: v.string(), expiresAt: timestamp }),
});

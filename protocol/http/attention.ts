import * as v from 'valibot';
import { counter, fileName, folderName, label, pageUrl, timestamp } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

/** Some seats of a room; absent: all of it. */
const seats = v.optional(v.pipe(v.array(id), v.minLength(1), v.maxLength(500)));

/** What became of it at each seat: it is wanted there, and done at once where the device is connected. */
export const seatOutcomes = v.object({
  seats: v.array(v.object({ seat: id, isReached: v.boolean(), reason: v.nullable(label) })),
});
export type SeatOutcomes = v.InferOutput<typeof seatOutcomes>;
export type SeatOutcome = SeatOutcomes['seats'][number];

/** `POST /rooms/<id>/lock`. A lock ends by itself, so that a lost "unlock" cannot leave a room stuck. */
export const lockRoomRequest = v.strictObject({
  on: v.boolean(),
  seats,
  forS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(4 * 3600)), 3600),
});
export type LockRoomRequest = v.InferOutput<typeof lockRoomRequest>;
/** `POST /rooms/<id>/open`: a page everywhere; null ends it. */
export const openPageRequest = v.strictObject({ url: v.nullable(pageUrl), seats });
export type OpenPageRequest = v.InferOutput<typeof openPageRequest>;
/** `POST /rooms/<id>/mute`: the sound of the seats' screens. */
export const muteRoomRequest = v.strictObject({ on: v.boolean(), seats });
export type MuteRoomRequest = v.InferOutput<typeof muteRoomRequest>;

/** `POST /rooms/<id>/message`. */
export const roomMessageRequest = v.strictObject({
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)),
  seats,
  forS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(4 * 3600)), 600),
});
export type RoomMessageRequest = v.InferOutput<typeof roomMessageRequest>;
export const roomMessage = v.object({
  id,
  room: id,
  text: v.string(),
  sentBy: v.nullable(label),
  sentAt: timestamp,
  expiresAt: timestamp,
  withdrawnAt: nullableTime,
  /** `shownAt` is when the kiosk showed it, `readAt` when somebody pressed "Read". */
  receipts: v.array(v.object({ seat: id, seatName: label, shownAt: nullableTime, readAt: nullableTime })),
});
export type RoomMessage = v.InferOutput<typeof roomMessage>;

/** `POST /rooms/<id>/broadcast`: a session's desktop, view-only, on every seat but its own. */
export const broadcastRequest = v.strictObject({
  /** Whose desktop; the caller's own when absent. */
  session: v.optional(id),
  seats,
  forS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(30), v.maxValue(4 * 3600)), 3600),
});
export const broadcastEndReasons = ['stopped', 'expired', 'source-ended', 'replaced'] as const;
export const broadcast = v.object({
  id,
  room: id,
  session: id,
  /** Whose desktop it is. */
  username: label,
  displayName: label,
  startedBy: v.nullable(label),
  startedAt: timestamp,
  expiresAt: timestamp,
  endedAt: nullableTime,
  endReason: v.nullable(v.picklist(broadcastEndReasons)),
  seats: v.array(v.object({ seat: id, isWatching: v.boolean() })),
});
export type Broadcast = v.InferOutput<typeof broadcast>;

const forS = (fallback: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(30 * 24 * 3600)), fallback);

/**
 * `POST /rooms/<id>/handouts?…`, with the file itself as the body. Whom it is for: who sits at `seats` (separated by
 * commas), else the members of `group`, else whoever sits in the room and the group whose lesson it is there.
 */
export const handOutQuery = v.strictObject({
  name: fileName,
  folder: v.optional(folderName, 'Handouts'),
  seats: v.optional(v.pipe(v.string(), v.maxLength(20_000))),
  group: v.optional(id),
  /** Who has no desktop by then does not get it any more. */
  forS: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,7}$/), v.transform(Number), v.minValue(60), v.maxValue(30 * 24 * 3600)),
    String(7 * 24 * 3600),
  ),
});
/** `POST /rooms/<id>/collections`: what stands in a folder of the homes; who is meant is chosen as for a hand-out. */
export const collectRequest = v.strictObject({
  folder: v.optional(folderName, 'Hand in'),
  seats,
  group: v.optional(id),
  forS: forS(24 * 3600),
});
export type CollectRequest = v.InferOutput<typeof collectRequest>;

/** Files for the students of a room, or from them. */
export const fileRound = v.object({
  id,
  room: id,
  kind: v.picklist(['hand-out', 'collect']),
  /** Below each home: where files are put, or taken from. */
  folder: label,
  name: v.nullable(label),
  startedBy: v.nullable(label),
  startedAt: timestamp,
  /** Who is still due then has failed. */
  expiresAt: timestamp,
  people: v.array(
    v.object({
      user: id,
      username: label,
      displayName: label,
      state: v.picklist(['due', 'done', 'failed']),
      reason: v.nullable(label),
      files: counter,
      bytes: counter,
      /** What stood in the folder and was not taken: links, others' files, what was too much. */
      leftCount: counter,
    }),
  ),
});
export type FileRound = v.InferOutput<typeof fileRound>;

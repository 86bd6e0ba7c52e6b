import * as v from 'valibot';
import { fault, label, timestamp } from '../payloads/fields.ts';
import { broadcast } from './attention.ts';
import { classRun } from './class-run.ts';
import { id, nullableTime } from './fields.ts';
import { room } from './room.ts';
import { seatPower } from './seat-power.ts';
import { sessionStates } from './session.ts';

/** A seat as a teacher sees it on the wall: everything told by a word, so that no colour has to. */
export const wallSeat = v.object({
  seat: id,
  name: label,
  /** 0 to 1 from the left and the top of the plan; null where it was never placed. */
  position: v.nullable(v.object({ x: v.number(), y: v.number() })),
  device: v.nullable(id),
  connection: v.picklist(['ready', 'disconnected', 'lost', 'never', 'revoked', 'none']),
  session: v.nullable(
    v.object({
      id,
      user: id,
      username: label,
      displayName: label,
      template: id,
      templateName: label,
      state: v.picklist(sessionStates),
      startedAt: timestamp,
      endsAt: nullableTime,
    }),
  ),
  power: v.nullable(seatPower),
  hdmi: v.picklist(['connected', 'disconnected', 'unknown']),
  tv: v.picklist(['on', 'standby', 'unknown', 'none']),
  input: v.object({ keyboard: v.boolean(), mouse: v.boolean() }),
  health: v.object({ level: v.picklist(['good', 'warning', 'bad', 'unknown']), reason: v.nullable(label) }),
  screen: v.picklist(['on', 'off']),
  isLocked: v.boolean(),
  isMuted: v.boolean(),
  isShowingBroadcast: v.boolean(),
  /** A page that was opened there. */
  page: v.nullable(v.string()),
  /** Why the device does not show that page; null while it shows it, or has not said yet. */
  pageFault: v.nullable(fault),
  message: v.nullable(v.string()),
  /** Somebody looks at it, or holds its keyboard and mouse. */
  onlookers: v.array(v.object({ displayName: label, isInControl: v.boolean() })),
});
export type WallSeat = v.InferOutput<typeof wallSeat>;

/** `GET /rooms/<id>/wall`. */
export const roomWall = v.object({
  room,
  seats: v.array(wallSeat),
  /** The class that starts or ends there now, or did so last. */
  run: v.nullable(classRun),
  broadcast: v.nullable(broadcast),
});
export type RoomWall = v.InferOutput<typeof roomWall>;

/** `PUT /rooms/<id>/plan`: where seats stand. */
export const roomPlanRequest = v.strictObject({
  seats: v.pipe(
    v.array(
      v.strictObject({
        seat: id,
        position: v.nullable(
          v.strictObject({
            x: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
            y: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
          }),
        ),
      }),
    ),
    v.maxLength(500),
  ),
});
export type RoomPlanRequest = v.InferOutput<typeof roomPlanRequest>;

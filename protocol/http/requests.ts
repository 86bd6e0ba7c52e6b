import * as v from 'valibot';
import { label, pageUrl } from '../payloads/fields.ts';
import { seatGuestRequest } from './guest.ts';
import { roles } from './user.ts';

/** Bodies that `/api/v1` takes. Strict: an unknown field is a typing mistake and is told. */

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

export const signInRequest = v.strictObject({
  username: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
});

/** `POST /sign-in/oidc/finish`: the query with which the provider sent the browser back, as it came. */
export const oidcFinishRequest = v.strictObject({ answer: v.pipe(v.string(), v.maxLength(8192)) });

const newPassword = v.pipe(v.string(), v.minLength(8), v.maxLength(1024));
export const setPasswordRequest = v.strictObject({ password: newPassword });
export const changePasswordRequest = v.strictObject({
  current: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
  password: newPassword,
});

const displayName = v.pipe(label, v.trim(), v.minLength(1));
export const createUserRequest = v.strictObject({
  username: v.pipe(
    v.string(),
    v.trim(),
    v.toLowerCase(),
    v.regex(
      /^[a-z0-9][a-z0-9._@-]{0,63}$/,
      'A user name has 1 to 64 letters, digits and . _ @ -, and begins with a letter or a digit.',
    ),
  ),
  /** Without one it is the user name. */
  displayName: v.optional(displayName),
  role: v.picklist(roles),
  /** Without one Homeroom makes one and tells it in the answer. */
  password: v.optional(newPassword),
});
export type CreateUserRequest = v.InferInput<typeof createUserRequest>;

export const patchUserRequest = v.strictObject({
  displayName: v.optional(displayName),
  role: v.optional(v.picklist(roles)),
  disabled: v.optional(v.boolean()),
});
export type PatchUserRequest = v.InferOutput<typeof patchUserRequest>;

export const createSessionRequest = v.strictObject({ template: id, seat: v.optional(id) });
/** Another template while it waits; the place in the queue is by the time of the first asking. */
export const patchSessionRequest = v.strictObject({ template: id });
export const moveSessionRequest = v.strictObject({ seat: id });

const teachers = v.pipe(v.array(id), v.maxLength(1_000));
export const createRoomRequest = v.strictObject({
  name: v.pipe(label, v.minLength(1)),
  /** Whose room it is; when absent, every teacher's that there is. */
  teachers: v.optional(teachers),
});
/** `PUT /rooms/<id>/teachers`: these and nobody else. */
export const roomTeachersRequest = v.strictObject({ teachers });
export const createSeatRequest = v.strictObject({ name: v.pipe(label, v.minLength(1)) });

/** Its teachers have a route of their own. */
export const patchRoomRequest = v.strictObject({ name: v.pipe(label, v.minLength(1)) });
export const patchSeatRequest = v.strictObject({
  name: v.optional(v.pipe(label, v.minLength(1))),
  /** Null for no guests. */
  guest: v.optional(v.nullable(seatGuestRequest)),
});

export const patchDeviceRequest = v.strictObject({
  name: v.optional(v.pipe(label, v.minLength(1))),
  seat: v.optional(v.nullable(id)),
  /** Null ends a pushed page. */
  page: v.optional(v.nullable(pageUrl)),
  screen: v.optional(v.picklist(['on', 'off'])),
  lock: v.optional(v.boolean()),
  message: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(500)))),
  revoked: v.optional(v.literal(true)),
  /** Whether it may run desktops; false leaves those that run. */
  host: v.optional(v.boolean()),
});
export type PatchDeviceRequest = v.InferOutput<typeof patchDeviceRequest>;

export const commandRequest = v.strictObject({
  name: id,
  args: v.optional(v.record(v.string(), v.unknown()), {}),
});
/** What the device answered; its fields are the command's own. */
export const commandAnswer = v.object({ data: v.record(v.string(), v.unknown()) });

export const createJoinTokenRequest = v.strictObject({
  note: v.optional(label),
  room: v.optional(id),
  /** Devices that come by it may run desktops. */
  host: v.optional(v.boolean()),
  uses: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
  expiresInS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(365 * 24 * 3600))),
});
export type CreateJoinTokenRequest = v.InferOutput<typeof createJoinTokenRequest>;

export const setEnrolmentPolicyRequest = v.strictObject({
  policy: v.picklist(['token', 'open', 'approve']),
  /** For `open`: after so many minutes it is `token` again. */
  minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(240)), 10),
});

export const decideEnrolmentRequest = v.strictObject({
  accept: v.boolean(),
  name: v.optional(label),
  seat: v.optional(id),
});

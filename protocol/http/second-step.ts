import * as v from 'valibot';
import { counter, timestamp } from '../payloads/fields.ts';
import { nullableTime } from './fields.ts';
import { me } from './me.ts';

/** Stands as `secondStep` in the problem `second_step_required`: the password was right, a code is owed. */
export const secondStep = v.object({
  /** For `POST /sign-in/second-step`; it opens nothing by itself. */
  ticket: v.string(),
  /** `code`: of the authenticator app; `set-up`: the role needs a second step, and there is none yet. */
  kind: v.picklist(['code', 'set-up']),
  expiresAt: timestamp,
});
export type SecondStep = v.InferOutput<typeof secondStep>;

/** What an authenticator app takes over, told once. */
export const secondStepEnrolment = v.object({
  /** Base32, to be typed where no camera is at hand. */
  secret: v.string(),
  /** `otpauth://…`, to be drawn as a QR code. */
  uri: v.string(),
});
export type SecondStepEnrolment = v.InferOutput<typeof secondStepEnrolment>;

/** `GET /me/second-step`. */
export const secondStepState = v.object({
  isSet: v.boolean(),
  setAt: nullableTime,
  /** Whether one’s role must have it. */
  isRequired: v.boolean(),
  recoveryCodesLeft: counter,
});
export type SecondStepState = v.InferOutput<typeof secondStepState>;

/** Told once. Each is good once, in place of a code. */
export const recoveryCodes = v.object({ recoveryCodes: v.array(v.string()) });
export type RecoveryCodes = v.InferOutput<typeof recoveryCodes>;

/** `POST /sign-in/second-step` answers as a sign-in does; with recovery codes when the second step was set up by it. */
export const secondStepAnswer = v.object({
  ...me.entries,
  recoveryCodes: v.optional(v.array(v.string())),
});
export type SecondStepAnswer = v.InferOutput<typeof secondStepAnswer>;

/** Which roles must have a second step. */
export const secondStepRules = v.strictObject({
  roles: v.pipe(v.array(v.picklist(['teacher', 'admin'])), v.maxLength(2)),
});
export type SecondStepRules = v.InferOutput<typeof secondStepRules>;

const ticket = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** Six digits, or a recovery code. */
const code = v.pipe(v.string(), v.trim(), v.minLength(6), v.maxLength(40));

export const secondStepTicketRequest = v.strictObject({ ticket });
export const secondStepRequest = v.strictObject({ ticket, code });
export const secondStepCodeRequest = v.strictObject({ code });
export const currentPasswordRequest = v.strictObject({
  current: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
});

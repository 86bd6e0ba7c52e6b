import * as v from 'valibot';
import { isDeviceId } from '../topics.ts';
import { deviceInfo } from './device-info.ts';
import { fault, label, port } from './fields.ts';

export const deviceId = v.pipe(v.string(), v.check(isDeviceId, 'must be 3 to 63 of a-z, 0-9 and -'));

/** `enrol/<nonce>/request`: a device that has no credential of its own asks for one. */
export const enrolRequest = v.looseObject({
  device: deviceId,
  /** What the device would like to be called; the admin may change it. */
  name: v.optional(label),
  /** Shown on the device's own screen; an admin compares it before accepting. */
  code: v.pipe(v.string(), v.regex(/^[0-9]{6}$/)),
  info: deviceInfo,
  /** Which join token the device holds, proven by `joinTokenProof`; absent when it has none. */
  token: v.optional(
    v.looseObject({
      id: v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/)),
      proof: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
});
export type EnrolRequest = v.InferOutput<typeof enrolRequest>;

/** `enrol/<nonce>/reply`: `pending` may come first; `accepted` or `refused` ends it. */
export const enrolReply = v.variant('status', [
  v.looseObject({ status: v.literal('pending'), code: v.string() }),
  v.looseObject({
    status: v.literal('accepted'),
    device: deviceId,
    name: label,
    /** The device's own MQTT and HTTP password; its user name is the device id. */
    password: v.pipe(v.string(), v.minLength(20), v.maxLength(200)),
    httpPort: port,
    mqttPort: port,
  }),
  v.looseObject({ status: v.literal('refused'), error: fault }),
]);
export type EnrolReply = v.InferOutput<typeof enrolReply>;

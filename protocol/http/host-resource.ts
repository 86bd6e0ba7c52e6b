import * as v from 'valibot';
import { counter, desktopKind, fault, label, share, timestamp } from '../payloads/fields.ts';
import { id } from './fields.ts';

/** A machine that runs desktops, many users at once. */
export const hostResource = v.object({
  /** Of its device. */
  id,
  name: label,
  /** The desktop environments that it offers. */
  kinds: v.array(desktopKind),
  capacity: counter,
  /** Places that are taken or kept. */
  used: counter,
  load: share,
  healthy: v.boolean(),
  /** It takes no more desktops; those in use go on until their sessions end. */
  draining: v.boolean(),
  /** Whether an admin allows it to run desktops; null while nobody has decided. */
  consent: v.nullable(v.picklist(['allowed', 'refused'])),
  faults: v.array(fault),
  seenAt: timestamp,
});
export type HostResource = v.InferOutput<typeof hostResource>;

export const patchHostRequest = v.strictObject({ draining: v.boolean() });
export type PatchHostRequest = v.InferOutput<typeof patchHostRequest>;

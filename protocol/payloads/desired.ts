import * as v from 'valibot';
import { counter, pageUrl } from './fields.ts';

/** `…/desired`: the whole document that the controller wants; `revision` grows with each change. */
export const desired = v.looseObject({
  revision: counter,
  kiosk: v.looseObject({ url: pageUrl }),
  screen: v.looseObject({ power: v.picklist(['on', 'off']) }),
  lock: v.boolean(),
  /** Absent: the sound is left as it is. */
  audio: v.optional(v.looseObject({ muted: v.boolean() })),
});
export type Desired = v.InferOutput<typeof desired>;

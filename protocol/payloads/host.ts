import * as v from 'valibot';
import { counter, desktopKind, fault, messageId, share, timestamp } from './fields.ts';

/** `…/host`: a host's capacity and the desktops that run there; published on change and with health. */
export const host = v.looseObject({
  capacity: counter,
  /** The desktop environments that are installed there; absent from agents that do not know. */
  kinds: v.optional(v.pipe(v.array(desktopKind), v.maxLength(32))),
  /** Sessions run under an unprivileged uid each (`own`) or all as the agent's user (`shared`). */
  isolation: v.picklist(['own', 'shared']),
  load: share,
  /** What keeps this host from taking desktops, in words that say what to do; empty when it can. */
  faults: v.array(fault),
  desktops: v.pipe(
    v.array(
      v.looseObject({
        desktop: messageId,
        user: v.pipe(v.string(), v.maxLength(64)),
        state: v.picklist(['starting', 'running', 'ended']),
        startedAt: timestamp,
        error: v.optional(fault),
      }),
    ),
    v.maxLength(512),
  ),
});
export type Host = v.InferOutput<typeof host>;

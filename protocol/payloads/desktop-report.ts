import * as v from 'valibot';
import { desktopId, fault } from './fields.ts';

/** What a host knows of one X session. `socket` is null when the stream is reached by a tunnel. */
export const desktopReport = v.looseObject({
  desktop: desktopId,
  state: v.picklist(['starting', 'running', 'ended']),
  /** A Unix socket on the host, for a controller on the same machine. */
  socket: v.nullable(v.pipe(v.string(), v.maxLength(108))),
  error: v.optional(fault),
});
export type DesktopReport = v.InferOutput<typeof desktopReport>;

import * as v from 'valibot';

const processIdentity = v.object({ pid: v.number(), startTicks: v.number() });

/**
 * What a host remembers of one desktop, in `<data>/desktops/<id>.json`: enough to find its processes again
 * after the agent's restart, and to know that none of them can be left after the machine's.
 */
export const desktopRecord = v.object({
  desktop: v.pipe(v.string(), v.uuid()),
  account: v.string(),
  uid: v.number(),
  state: v.picklist(['starting', 'running', 'ended']),
  /** Whose home goes with the desktop. */
  temporary: v.optional(v.boolean(), false),
  startedAt: v.string(),
  bootId: v.string(),
  xServer: v.nullable(processIdentity),
  session: v.nullable(processIdentity),
  error: v.optional(v.object({ code: v.string(), message: v.string() })),
});
export type DesktopRecord = v.InferOutput<typeof desktopRecord>;

/** With udev's events a full look is only a safety net; without them it is all there is. */
const rescanMs = { withEvents: 30_000, withoutEvents: 2_000 } as const;
/** A Pi 5 tells of a plug before it has read the monitor's modes. */
const settleMs = 2_000;

/** @returns how often to look at the kernel's files, which cost nothing to read. */
export function rescanOf(hasEvents: boolean): { rescanMs: number; settleMs: number } {
  return { rescanMs: hasEvents ? rescanMs.withEvents : rescanMs.withoutEvents, settleMs };
}

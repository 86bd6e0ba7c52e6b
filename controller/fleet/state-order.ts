import type { DeviceState } from '@homeroom/protocol';

/**
 * A device that comes back quickly may be here before the will of its old connection is said. Pure.
 *
 * @param known the last state that was taken, if any
 * @param isReplay whether the broker replayed it as its retained one: then it is the last word
 * @returns whether `next` is older than `known` and is to be passed over
 */
export function isStale(next: DeviceState, known: DeviceState | undefined, isReplay: boolean): boolean {
  if (!known || isReplay) return false;
  if (next.bootId !== known.bootId) {
    // Only a live device says `ready`; a will from another boot is that of the machine before it restarted.
    return next.state === 'lost' && known.state === 'ready';
  }
  if (next.connection === undefined || known.connection === undefined) return false;
  return next.connection < known.connection;
}

import type { Change } from '@homeroom/protocol';

/**
 * "Look again": says which record changed, never what it became. A change may be missed (a restart, an
 * outage, a full buffer), so whoever acts on changes also looks by a timer.
 */
export interface Changes {
  /** Tell listeners in this process at once, those of other processes within some tens of milliseconds. */
  announce(change: Change): void;
  /**
   * Hear every change, of this process and of the others. The listener must be quick and must not throw.
   *
   * @returns a function that ends the subscription; calling it again does nothing
   */
  subscribe(listener: (change: Change) => void): () => void;
}

import type { Relays } from '@homeroom/protocol/wire';
import type { StatePort } from '../state-port.ts';

/** The board's own relay channels, numbered from 0 in the order of their wiring. */
export interface RelayPort extends StatePort<Relays> {
  /**
   * Switch one channel. Repeating it changes nothing. Changes of one channel happen in the order asked.
   *
   * @returns when the line has the level
   * @throws hardware_absent when there is no such channel
   * @throws hardware_failed when the line cannot be driven
   */
  set(channel: number, on: boolean): Promise<void>;
}

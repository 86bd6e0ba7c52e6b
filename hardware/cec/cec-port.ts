import type { Cec } from '@homeroom/protocol/wire';
import type { StatePort } from '../state-port.ts';

/** What a television can be asked for. */
export type CecAction = 'on' | 'standby' | 'active-source';

/** The CEC adapters and the televisions behind them. */
export interface CecPort extends StatePort<Cec> {
  /**
   * Ask the television for something. Repeating it does no harm.
   *
   * @param action wake it, send it to standby, or make this machine its active source
   * @param options.adapter the adapter's name; without it every adapter that has a link
   * @returns when the television has taken the message; it may still be warming up
   * @throws hardware_absent when there is no such adapter, or no adapter has a link
   * @throws hardware_failed when no television took the message
   */
  command(action: CecAction, options?: { adapter?: string; signal?: AbortSignal }): Promise<void>;
}

import type { Cec } from '@homeroom/protocol/wire';
import type { CecAction } from './cec-port.ts';

export type CecAdapterState = Cec['adapters'][number];

/** One way onto a CEC bus: a kernel device, or a USB adapter behind `cec-client`. */
export interface CecAdapter {
  /** As `…/cec` tells it: `cec0`, `ttyACM0`. */
  readonly name: string;
  /** Ask the television how it is. A fault is told inside the state, never thrown. */
  look(): Promise<CecAdapterState>;
  /**
   * @throws hardware_absent when the adapter has no link
   * @throws hardware_failed when the television did not take the message
   */
  command(action: CecAction, signal?: AbortSignal): Promise<void>;
  /** Begin to listen on the bus; `poke` when something there asks for a new look. */
  start(poke: () => void): void;
  stop(): Promise<void>;
}

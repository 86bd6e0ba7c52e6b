import type { Board } from './board.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { LinuxBoardOptions } from './linux-board-options.ts';
import type { SimulatedBoardOptions } from './simulated/simulated-board.ts';

export type OpenBoardOptions =
  | ({ readonly kind: 'simulated'; readonly clock?: Clock } & Omit<SimulatedBoardOptions, 'clock'>)
  | ({ readonly kind: 'linux' } & LinuxBoardOptions);

/**
 * Open the machine's own board, or a made-up one. Only the drivers of the chosen kind are loaded.
 *
 * @returns a board that does not watch yet: call `start`
 * @throws config_invalid when a simulated board's name cannot be a device id
 */
export async function openBoard(options: OpenBoardOptions): Promise<Board> {
  if (options.kind === 'simulated') {
    const { createSimulatedBoard } = await import('./simulated/simulated-board.ts');
    return createSimulatedBoard({ ...options, clock: options.clock ?? systemClock });
  }
  const { openLinuxBoard } = await import('./linux-board.ts');
  return openLinuxBoard(options);
}

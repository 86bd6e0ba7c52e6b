import type { Board } from './board.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { LinuxBoardOptions } from './linux-board-options.ts';

export type OpenBoardOptions =
  | { readonly kind: 'simulated'; readonly name: string; readonly clock?: Clock }
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
    return createSimulatedBoard({ name: options.name, clock: options.clock ?? systemClock });
  }
  const { openLinuxBoard } = await import('./linux-board.ts');
  return openLinuxBoard(options);
}

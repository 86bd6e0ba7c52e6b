import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { toError } from '@homeroom/protocol';
import { CliFault } from './cli-fault.ts';
import { exitCodes } from './exit-codes.ts';

/**
 * Read a command's own arguments, strictly.
 *
 * @param positionals how many there must be
 * @throws CliFault with exit code 2
 */
export function parseArguments<T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
  positionals = 0,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: positionals > 0 });
    if (parsed.positionals.length === positionals) return parsed;
  } catch (caught) {
    throw new CliFault(exitCodes.usage, toError(caught).message, { cause: caught });
  }
  throw new CliFault(
    exitCodes.usage,
    `this command takes ${positionals} argument${positionals === 1 ? '' : 's'}`,
  );
}
